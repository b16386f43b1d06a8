"""Two-step sign-in: set up on one's telephone, printed codes, turned off."""

from flask import request
from flask_babel import gettext as _
from flask_login import current_user

from community.members.queries import person_of, roles_asking_second_factor
from community.signing_in import actions
from community.signing_in.forms import CodeForm, PresentForm, SureForm
from community.signing_in.pages import signing_in
from community.signing_in.pages.coming_in import first_page, subjects_for
from community.signing_in.pages.passwords import knows_password
from community.signing_in.queries import second_factor_begun, second_factor_of
from community.signing_in.rules import TooManyAttempts, advice_on_codes, setup_address
from foundation import clock
from foundation.errors import DomainError
from foundation.web import Answer, page, reading, redirect_to, safe_next, say, signed_in, writing
from foundation.web.qr import qr_drawing

NO_KEEPING = "no-store"


@signing_in.get("/second-step")
@signed_in
def second_step() -> Answer:
    return _standing(PresentForm())


@signing_in.post("/second-step/begin")
@signed_in
def begin_second_step() -> Answer:
    form = PresentForm()
    if not form.validate_on_submit():
        return _standing(form, status=422)
    status = _check_password(form)
    if status:
        return _standing(form, status=status)
    with writing() as session:
        actions.begin_second_factor(session, current_user.person_id)
    return redirect_to(".set_up_second_step", next=safe_next("") or None)


@signing_in.get("/second-step/set-up")
@signed_in
def set_up_second_step() -> Answer:
    return _set_up(CodeForm())


@signing_in.post("/second-step/set-up")
@signed_in
def keep_second_step() -> Answer:
    form = CodeForm()
    if not form.validate_on_submit():
        return _set_up(form, status=422)
    if second_factor_begun(reading(), current_user.person_id) is None:
        return redirect_to(".second_step")
    try:
        with writing() as session:
            codes = actions.set_up_second_factor(
                session, current_user.person_id, form.code.data, current_user.session_id
            )
    except DomainError as error:
        form.refuse(error)
        return _set_up(form, status=422)
    return _show_codes(codes, is_new=True)


@signing_in.get("/second-step/sure")
@signed_in
def ask_if_sure() -> Answer:
    """The password and a code, before new printed codes are made or the second step is turned off."""
    return _sure(SureForm())


@signing_in.post("/second-step/codes")
@signed_in
def new_recovery_codes() -> Answer:
    form = SureForm()
    status = _check_both(form)
    if status:
        return _sure(form, status=status)
    with writing() as session:
        codes = actions.make_recovery_codes(session, current_user.person_id)
    return _show_codes(codes, is_new=False)


@signing_in.post("/second-step/end")
@signed_in
def end_second_step() -> Answer:
    form = SureForm()
    status = _check_both(form)
    if status:
        return _sure(form, status=status)
    with writing() as session:
        actions.end_second_factor(session, current_user.person_id)
    say(_("Two-step sign-in is off. You can set it up again, on another telephone too."))
    return redirect_to(".second_step")


def _standing(form: PresentForm, status: int = 200) -> Answer:
    """What holds for this person: on or off, for whom it is asked, until when without."""
    who = current_user.person_id
    found = second_factor_of(reading(), who)
    by = roles_asking_second_factor(reading(), who)
    return page(
        "community/signing_in/second_step.html",
        form=form,
        on_since=found.confirmed_at if found else None,
        left=actions.recovery_codes_left(reading(), who) if found else 0,
        by=by,
        sleeps=by is not None and by <= clock.now(),
        after=safe_next(""),
        home=first_page(who),
        status=status,
    )


def _set_up(form: CodeForm, status: int = 200) -> Answer:
    begun = second_factor_begun(reading(), current_user.person_id)
    if begun is None:
        return redirect_to(".second_step")
    person = person_of(reading(), current_user.person_id)
    address = setup_address(begun.secret, person.email or person.name)
    return page(
        "community/signing_in/set_up_second_step.html",
        form=form,
        qr=qr_drawing(address, _("The code for your telephone")),
        address=address,
        secret=" ".join(begun.secret[start : start + 4] for start in range(0, len(begun.secret), 4)),
        after=safe_next(""),
        status=status,
    )


def _show_codes(codes: list[str], *, is_new: bool) -> Answer:
    """The only time that they can be read: what is kept are hashes."""
    answer = page(
        "community/signing_in/recovery_codes.html",
        codes=codes,
        is_new=is_new,
        person=person_of(reading(), current_user.person_id),
        after=safe_next(first_page(current_user.person_id)),
    )
    answer.headers["Cache-Control"] = NO_KEEPING
    return answer


def _sure(form: SureForm, status: int = 200) -> Answer:
    if second_factor_of(reading(), current_user.person_id) is None:
        return redirect_to(".second_step")
    purpose = "end" if "end" in (request.args.get("for"), request.path.rpartition("/")[2]) else "codes"
    return page("community/signing_in/sure.html", form=form, purpose=purpose, status=status)


def _check_password(form: PresentForm) -> int:
    """0 when it is the present password, else the status of the page that says what is wrong."""
    try:
        if knows_password(person_of(reading(), current_user.person_id), form.present.data or ""):
            return 0
    except TooManyAttempts as error:
        form.refuse(error)
        return 429
    form.present.errors = [*form.present.errors, _("This is not your password.")]
    return 422


def _check_both(form: SureForm) -> int:
    """The same for password and code; the code is used up only where the password was right."""
    if not form.validate_on_submit():
        return 422
    status = _check_password(form)
    if status:
        return status
    who = current_user.person_id
    subjects = subjects_for(str(who), code=True)
    try:
        with writing() as session:
            actions.count_attempt(session, subjects)
            is_right = actions.use_code(session, who, form.code.data)
            if is_right:
                actions.forget_attempts(session, subjects)
    except TooManyAttempts as error:
        form.refuse(advice_on_codes(error))
        return 429
    if is_right:
        return 0
    form.code.errors = [_("This is not the code of now. Wait for the next one and try again.")]
    return 422
