"""What keepers say of suppliers, products and prices."""

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Email, InputRequired, Length, Optional

from civic_centers.suppliers.actions import AboutSupplier
from civic_centers.suppliers.rules import PriceSaid, Said, ten_thousandths, thousandths, usual_step, with_vat
from civic_centers.suppliers.rules.cells import vat_cell
from exchanges.agreements.forms import whole_number
from foundation.errors import N_, Invalid
from foundation.importing.figures import figure
from foundation.web.fields import DayField, EuroField, choices
from foundation.web.formats import explain
from foundation.web.forms import BaseForm


class _FigureField(StringField):
    """A number with decimals, kept as a whole number of small parts."""

    parts: int
    read: Callable[[str], int]

    def process_data(self, value: int | None) -> None:
        self.data = value

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not typed:
            return
        try:
            self.data = type(self).read(typed)
        except Invalid as error:
            raise ValidationError(explain(error)) from error

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return shown(self.data, self.parts) if self.data is not None else ""


def shown(value: int, parts: int) -> str:
    """A whole number of parts as somebody would type it: 34650 ten-thousandths are `3,465`."""
    digits = len(str(parts)) - 1
    whole, rest = divmod(value, parts)
    decimals = f"{rest:0{digits}d}".rstrip("0")
    if parts == 10_000:
        decimals = decimals.ljust(2, "0")
    return f"{whole},{decimals}" if decimals else str(whole)


class QuantityField(_FigureField):
    """A quantity, such as `0,25`; `.data` is in thousandths."""

    parts = 1000
    read = staticmethod(lambda typed: thousandths(figure(typed)))


class PriceField(_FigureField):
    """A price, such as `3,465`; `.data` is in ten-thousandths of a euro."""

    parts = 10_000
    read = staticmethod(lambda typed: ten_thousandths(figure(typed.replace("€", ""))))


class RateField(_FigureField):
    """A rate of VAT, such as `4`; `.data` is in hundredths of a percent."""

    parts = 100
    read = staticmethod(vat_cell)


class SupplierForm(BaseForm):
    version = HiddenField(default="1")
    name = StringField(_l("Name"), [InputRequired(_l("Write what it is called.")), Length(max=120)])
    zone_id = SelectField(
        _l("Zone"), [InputRequired(_l("Choose the zone."))], coerce=whole_number, choices=[], validate_choice=False
    )
    goods = StringField(_l("What does it sell?"), [Length(max=200)])
    party_id = SelectField(
        _l("Is it an organisation of the community?"), coerce=whole_number, choices=[], validate_choice=False
    )
    contact_name = StringField(_l("Whom to ask for"), [Length(max=120)])
    contact_phone = StringField(_l("Telephone"), [Length(max=40)])
    contact_email = StringField(
        _l("E-mail"), [Optional(), Length(max=254), Email(_l("This is not an e-mail address."))]
    )
    contact_address = StringField(_l("Address"), [Length(max=300)])
    order_minimum = EuroField(_l("The least it delivers for, in euro"))
    delivery_days = StringField(_l("On which days does it deliver?"), [Length(max=200)])
    delivery_notes = TextAreaField(_l("What should one know of the delivery?"), [Length(max=1000)])

    def said(self) -> AboutSupplier:
        return AboutSupplier(
            name=self.name.data or "",
            zone_id=self.zone_id.data or 0,
            goods=self.goods.data or "",
            party_id=self.party_id.data,
            contact_name=self.contact_name.data or "",
            contact_phone=self.contact_phone.data or "",
            contact_email=self.contact_email.data or "",
            contact_address=self.contact_address.data or "",
            order_minimum=self.order_minimum.data or 0,
            delivery_notes=self.delivery_notes.data or "",
            delivery_days=self.delivery_days.data or "",
        )

    @property
    def opened_with(self) -> int:
        """The version that was looked at."""
        return whole_number(self.version.data) or 0


class StateForm(BaseForm):
    state = RadioField(
        _l("How does it stand?"),
        choices=choices(
            {
                "open": _l("Open: one can order from it"),
                "paused": _l("Paused: nothing is ordered for now"),
                "closed": _l("Closed: nothing is ordered any more"),
            }
        ),
    )
    words = StringField(_l("Why, or until when?"), [Length(max=300)])


class InterestForm(BaseForm):
    words = StringField(_l("How are you related to it?"), [Length(max=300)])


class PurchaserForm(BaseForm):
    zone_id = SelectField(_l("Zone"), [InputRequired(_l("Choose the zone."))], coerce=whole_number, choices=[],
                          validate_choice=False)  # fmt: skip
    person_id = SelectField(_l("Who?"), [InputRequired(_l("Choose one of the members."))], coerce=whole_number,
                            choices=[], validate_choice=False)  # fmt: skip
    last_day = DayField(_l("Until when?"), [Optional()])


class PriceForm(BaseForm):
    price = PriceField(_l("Price for one unit, in euro"))
    vat = RateField(_l("VAT, in percent"), [Optional()])
    without_vat = BooleanField(_l("The VAT is still to be added to this price"))
    from_day = DayField(_l("From which day?"), [InputRequired(_l("Write the day from which it holds."))])

    def price_said(self) -> PriceSaid:
        """The price. Raises Invalid where the VAT is to be added and is not there."""
        typed = self.price.data
        if typed is None:
            raise Invalid(N_("Write a price above zero, such as 3,50."), field="price")
        if not self.without_vat.data:
            return PriceSaid(typed, None, self.vat.data)
        if self.vat.data is None:
            raise Invalid(N_("Write how much VAT is to be added."), field="vat")
        return PriceSaid(with_vat(typed, self.vat.data), typed, self.vat.data)


class ProductForm(BaseForm):
    version = HiddenField(default="1")
    name = StringField(_l("Name"), [InputRequired(_l("Write what it is called.")), Length(max=160)])
    code = StringField(_l("Code of the supplier"), [Length(max=40)])
    unit = SelectField(_l("What is the price for?"), choices=[])
    category = StringField(_l("Kind of goods"), [Length(max=80)])
    producer = StringField(_l("Producer"), [Length(max=120)])
    label = StringField(_l("Quality"), [Length(max=80)])
    description = TextAreaField(_l("What should one know of it?"), [Length(max=1000)])
    step = QuantityField(_l("Smallest quantity"))
    least = QuantityField(_l("Least one may order"))
    pack = QuantityField(_l("How much is in a case"))
    is_weighed = BooleanField(_l("Ordered by the piece, paid by its weight"))
    piece_weight = QuantityField(_l("About how much a piece weighs"))
    season_from = SelectField(_l("From which month"), coerce=whole_number, choices=[], validate_choice=False)
    season_to = SelectField(_l("Until which month"), coerce=whole_number, choices=[], validate_choice=False)

    def said(self, *, available: bool = True, most: int | None = None) -> Said:
        """The product; whether there is any of it is said elsewhere."""
        unit = self.unit.data or ""
        weighed = bool(self.is_weighed.data)
        step = self.piece_weight.data if weighed and self.piece_weight.data else self.step.data or usual_step(unit)
        return Said(
            name=" ".join((self.name.data or "").split()),
            code=self.code.data or "",
            description=self.description.data or "",
            producer=self.producer.data or "",
            label=self.label.data or "",
            category=self.category.data or "",
            unit=unit,
            step=step,
            least=self.least.data or step,
            pack=self.pack.data or None,
            is_weighed=weighed,
            piece_weight=self.piece_weight.data if weighed else None,
            available=available,
            most_available=most,
            season_from=self.season_from.data,
            season_to=self.season_to.data,
        )

    @property
    def opened_with(self) -> int:
        """The version that was looked at."""
        return whole_number(self.version.data) or 0


class NewProductForm(ProductForm, PriceForm):
    """A product with its first price."""


class StockForm(BaseForm):
    available = RadioField(_l("Is there any?"), choices=choices({"yes": _l("Yes"), "no": _l("No, it is sold out")}))
    most_available = QuantityField(_l("How much at most?"))


class ListForm(BaseForm):
    file = FileField(_l("The file"))
    from_day = DayField(
        _l("From which day do these prices hold?"), [InputRequired(_l("Write the day from which it holds."))]
    )
    ends_missing = BooleanField(_l("What does not stand on it is sold out"))


def form_of(form_class: type[Any], row: Any, fields: tuple[str, ...]) -> Any:
    """A form filled with what a row says."""
    return form_class(formdata=None, data={name: getattr(row, name) for name in fields})
