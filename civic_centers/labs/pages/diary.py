"""The diary of a lab, its photographs, what is written below, and the conversation."""

from flask import request, url_for
from flask_babel import gettext as _

from civic_centers.labs import actions
from civic_centers.labs.forms import CommentForm, EntryForm, PhotoForm
from civic_centers.labs.pages.asking import ask, attempt, attempt_checked, done
from civic_centers.labs.pages.blueprint import labs
from civic_centers.labs.pages.finding import entered, shown
from civic_centers.labs.pages.words import saying
from civic_centers.labs.policies import TAKE_PART, may_run
from civic_centers.labs.queries import must_be_member
from civic_centers.labs.queries.diary import comments_of, entry_visible_to, is_inside, pages_from, pages_of
from civic_centers.labs.rules import MOST_PHOTOS
from civic_centers.labs.tables import Lab, LabEntry
from community.conversations.pages import talk_in
from exchanges.agreements.forms import whole_number
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import DomainError, Missing
from foundation.files import StoredImage
from foundation.web import Answer, actor, page, person_id, public, reading, redirect_to, requires, say, time_zone
from foundation.web.pictures import take_in


@labs.get("/<lab_slug>/diary")
@public
def diary(lab_slug: str) -> Answer:
    lab = shown(lab_slug)
    inside = is_inside(reading(), actor(), lab)
    before = whole_number(request.args.get("before", "")) or 0
    found, more = pages_of(reading(), actor(), lab.id or 0, inside=inside, before=before)
    next_url = url_for(".diary", lab_slug=lab_slug, before=more) if more else None
    return page("civic_centers/labs/diary.html", lab=lab, pages=found, inside=inside, next_url=next_url, **saying())


@labs.get("/<lab_slug>/diary/new")
@requires(TAKE_PART)
def ask_entry(lab_slug: str) -> Answer:
    return _entry_page(entered(lab_slug), EntryForm(formdata=None, on_day=clock.today(time_zone())))


@labs.post("/<lab_slug>/diary/new")
@requires(TAKE_PART)
def write_entry(lab_slug: str) -> Answer:
    lab = entered(lab_slug)
    form = EntryForm()
    made: list[LabEntry] = []

    def write(session: Session, who: Actor) -> None:
        words, public = form.words.data or "", bool(form.public.data)
        made.append(actions.write_entry(session, who, lab.id or 0, words, form.on_day.data, public=public))

    wrong = attempt(form, write)
    if wrong:
        return _entry_page(lab, form, wrong)
    say(_("Written. Photographs can be added here.") if made else _("Written already."))
    if not made:
        return redirect_to(".diary", lab_slug=lab_slug)
    return redirect_to(".show_entry", entry_id=made[0].id)


@labs.get("/diary/<int:entry_id>")
@public
def show_entry(entry_id: int) -> Answer:
    return _show_page(entry_id, CommentForm(formdata=None))


@labs.post("/diary/<int:entry_id>/comments")
@requires(TAKE_PART)
def comment(entry_id: int) -> Answer:
    _lab, _entry, inside = entry_visible_to(reading(), actor(), entry_id)
    if not inside:
        raise Missing()
    form = CommentForm()
    words = form.words.data or ""
    wrong = attempt(form, actions.write_comment, entry_id, words)
    if wrong:
        return _show_page(entry_id, form, wrong)
    return redirect_to(".show_entry", entry_id=entry_id, anchor="comments")


@labs.post("/comments/<int:comment_id>/withdraw")
@requires(TAKE_PART)
def withdraw_comment(comment_id: int) -> Answer:
    entry_id = done(_("The comment is gone."), actions.withdraw_comment, comment_id)
    return redirect_to(".show_entry", entry_id=entry_id) if entry_id is not None else redirect_to(".listing")


@labs.post("/diary/<int:entry_id>/visibility")
@requires(TAKE_PART)
def show_to(entry_id: int) -> Answer:
    everybody = request.form.get("public") == "yes"
    words = _("Everybody reads it now.") if everybody else _("Only who is in the lab reads it now.")
    done(words, actions.show_to, entry_id, public=everybody)
    return redirect_to(".show_entry", entry_id=entry_id)


@labs.post("/diary/<int:entry_id>/withdraw")
@requires(TAKE_PART)
def withdraw_entry(entry_id: int) -> Answer:
    lab, _entry, _within = entry_visible_to(reading(), actor(), entry_id)
    done(_("Taken out of the diary, with its photographs."), actions.withdraw_entry, entry_id)
    return redirect_to(".diary", lab_slug=lab.slug)


@labs.get("/diary/<int:entry_id>/photo")
@requires(TAKE_PART)
def ask_photo(entry_id: int) -> Answer:
    return _photo_page(*_own(entry_id), PhotoForm(formdata=None))


@labs.post("/diary/<int:entry_id>/photo")
@requires(TAKE_PART)
def add_photo(entry_id: int) -> Answer:
    lab, entry = _own(entry_id)
    form = PhotoForm()
    if not form.validate_on_submit():
        return _photo_page(lab, entry, form, 422)
    if not form.brings_photo:
        form.photo.errors = [_("Choose a picture first.")]
        return _photo_page(lab, entry, form, 422)
    stored = taken_in(form)
    if stored is None:
        return _photo_page(lab, entry, form, 422)
    wrong = attempt_checked(form, actions.add_photo, entry_id, stored, form.answer())
    if wrong:
        return _photo_page(lab, entry, form, wrong)
    say(_("The photograph is on the page."))
    return redirect_to(".show_entry", entry_id=entry_id)


@labs.post("/photos/<int:file_id>/remove")
@requires(TAKE_PART)
def remove_photo(file_id: int) -> Answer:
    found = done(_("The photograph is gone."), actions.remove_photo, file_id)
    if found is None:
        return redirect_to(".listing")
    lab, entry_id = found
    if entry_id is not None:
        return redirect_to(".show_entry", entry_id=entry_id)
    return redirect_to(".show", lab_slug=lab.slug, anchor="goals")


@labs.get("/<lab_slug>/talk")
@requires(TAKE_PART)
def talk(lab_slug: str) -> Answer:
    """The conversation of who is in it."""
    lab = shown(lab_slug)
    must_be_member(reading(), actor(), lab)
    standing = actions.standing(reading(), actor(), lab.thread_id)
    if standing is None:
        raise Missing()
    return page("civic_centers/labs/talk.html", lab=lab, talk=talk_in(lab.thread_id, standing=standing))


def taken_in(form: PhotoForm) -> StoredImage | None:
    """The picture a form brings, made clean and on disk; None where it is no picture, and the form says so."""
    try:
        return take_in(form.photo.data, field="photo")
    except DomainError as error:
        form.refuse(error)
        return None


def answered_fields() -> list[tuple[str, str]]:
    """The fields of a photograph with their hints."""
    return [
        ("photo", _("Things and places rather than faces.")),
        ("seen", _("For who cannot see it, such as: tables under the trees.")),
        ("child", _("Every photograph is answered for. Without a release no child may be recognised.")),
        ("released", _("Only if you have seen it yourself.")),
    ]


def _own(entry_id: int) -> tuple[Lab, LabEntry]:
    lab, entry, inside = entry_visible_to(reading(), actor(), entry_id)
    own = inside and entry.author_id == person_id()
    if lab.state != "open" or not (own or may_run(reading(), actor(), lab)):
        raise Missing()
    return lab, entry


def _entry_page(lab: Lab, form: EntryForm, status: int = 200) -> Answer:
    fields = [("on_day", ""), ("words", _("What was done, what comes next. No names of children."))]
    if may_run(reading(), actor(), lab):
        fields.append(("public", _("Then no person’s name, no child, no address, nothing of one family’s worries.")))
    return ask(
        form,
        lab=lab,
        title=_("A page of the diary"),
        url=url_for(".write_entry", lab_slug=lab.slug),
        button=_("Write it"),
        fields=fields,
        status=status,
        back=(url_for(".diary", lab_slug=lab.slug), _("The diary")),
    )


def _photo_page(lab: Lab, entry: LabEntry, form: PhotoForm, status: int = 200) -> Answer:
    return ask(
        form,
        lab=lab,
        title=_("A photograph"),
        url=url_for(".add_photo", entry_id=entry.id),
        button=_("Put it up"),
        fields=answered_fields(),
        status=status,
        files=True,
        back=(url_for(".show_entry", entry_id=entry.id), _("The page of the diary")),
    )


def _show_page(entry_id: int, form: CommentForm, status: int = 200) -> Answer:
    lab, entry, inside = entry_visible_to(reading(), actor(), entry_id)
    one = pages_from(reading(), [entry], named=inside)[0]
    runs = may_run(reading(), actor(), lab)
    own = inside and entry.author_id is not None and entry.author_id == person_id()
    return page(
        "civic_centers/labs/entry.html",
        lab=lab,
        one=one,
        inside=inside,
        runs=runs,
        own=own,
        may_add=(own or runs) and lab.state == "open" and len(one.photos) < MOST_PHOTOS,
        comments=comments_of(reading(), entry_id) if inside else [],
        form=form,
        status=status,
        **saying(),
    )
