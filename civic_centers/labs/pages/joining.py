"""Coming into a lab and going, and who is in it."""

from flask import request, url_for
from flask_babel import gettext as _

from civic_centers.labs import actions
from civic_centers.labs.forms import InviteForm, JoinForm, PartForm, ReasonForm
from civic_centers.labs.pages.asking import ask, attempt, done
from civic_centers.labs.pages.blueprint import labs
from civic_centers.labs.pages.finding import running, shown
from civic_centers.labs.pages.words import saying
from civic_centers.labs.policies import OPEN, TAKE_PART, may_run
from civic_centers.labs.queries import members_of, membership_in, must_be_inside, must_be_member
from civic_centers.labs.queries.inside import people_to_invite
from civic_centers.labs.tables import Lab, LabMember
from community.parties.tables import Party
from foundation.errors import Missing
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say
from foundation.web.fields import choices


@labs.get("/<lab_slug>/join")
@requires(TAKE_PART)
def ask_to_join(lab_slug: str) -> Answer:
    return _join_page(_to_join(lab_slug), JoinForm(formdata=None))


@labs.post("/<lab_slug>/join")
@requires(TAKE_PART)
def join(lab_slug: str) -> Answer:
    lab = _to_join(lab_slug)
    form = JoinForm()
    part, words = form.part.data or "", form.words.data or ""
    wrong = attempt(form, actions.join_lab, lab.id or 0, part=part, words=words)
    if wrong:
        return _join_page(lab, form, wrong)
    mine = membership_in(reading(), actor(), lab.id or 0)
    if mine is not None and mine.state == "in":
        say(_("You are in: welcome. Say hello in the conversation."))
    else:
        say(_("Asked. The people who run it answer, and you are told."))
    return redirect_to(".show", lab_slug=lab_slug)


@labs.post("/<lab_slug>/decline-invitation")
@requires(TAKE_PART)
def say_no(lab_slug: str) -> Answer:
    lab = shown(lab_slug)
    done(_("Declined. Nobody invites you to this lab again for three months."), actions.say_no, lab.id or 0)
    return redirect_to(".show", lab_slug=lab_slug)


@labs.post("/<lab_slug>/leave")
@requires(TAKE_PART)
def leave(lab_slug: str) -> Answer:
    lab = shown(lab_slug)
    done(_("You are no longer in it. Thank you for what you did."), actions.leave_lab, lab.id or 0)
    return redirect_to(".listing")


@labs.get("/<lab_slug>/people")
@requires(TAKE_PART)
def people(lab_slug: str) -> Answer:
    lab = shown(lab_slug)
    mine = must_be_inside(reading(), actor(), lab)
    runs = may_run(reading(), actor(), lab)
    found = members_of(reading(), lab.id or 0, "in", *(("asked", "invited") if runs else ()))
    return page(
        "civic_centers/labs/people.html",
        lab=lab,
        mine=mine,
        runs=runs,
        makes=not actor().is_on_behalf and actor().may(OPEN, lab.zone_id),
        inside=[one for one in found if one.row.state == "in"],
        asking=[one for one in found if one.row.state == "asked"],
        invited=[one for one in found if one.row.state == "invited"],
        **saying(),
    )


@labs.get("/<lab_slug>/part")
@requires(TAKE_PART)
def ask_part(lab_slug: str) -> Answer:
    lab = shown(lab_slug)
    mine = must_be_member(reading(), actor(), lab)
    return _part_page(lab, mine, PartForm(formdata=None, part=mine.part, named=mine.named))


@labs.post("/<lab_slug>/part")
@requires(TAKE_PART)
def keep_part(lab_slug: str) -> Answer:
    lab = shown(lab_slug)
    mine = must_be_member(reading(), actor(), lab)
    form = PartForm()
    part, named = form.part.data or "", bool(form.named.data)
    wrong = attempt(form, actions.set_part, lab.id or 0, part, named=named)
    if wrong:
        return _part_page(lab, mine, form, wrong)
    say(_("Saved: the others read it.") if mine.part_hidden_at is None
        else _("Saved. A maker has taken your words out of sight: the others do not read them."))  # fmt: skip
    return redirect_to(".people", lab_slug=lab_slug)


@labs.get("/<lab_slug>/invite")
@requires(TAKE_PART)
def ask_whom(lab_slug: str) -> Answer:
    return _invite_page(running(lab_slug), InviteForm(formdata=None))


@labs.post("/<lab_slug>/invite")
@requires(TAKE_PART)
def invite(lab_slug: str) -> Answer:
    lab = running(lab_slug)
    form = InviteForm()
    whom = form.person_id.data or 0
    wrong = attempt(form, actions.invite_person, lab.id or 0, whom)
    if wrong:
        return _invite_page(lab, form, wrong)
    say(_("Invited: they have been told, and say yes or no."))
    return redirect_to(".people", lab_slug=lab_slug)


@labs.post("/<lab_slug>/people/<int:member_id>/let-in")
@requires(TAKE_PART)
def let_in(lab_slug: str, member_id: int) -> Answer:
    lab = running(lab_slug)
    done(_("They are in, and have been told."), actions.decide, lab.id or 0, member_id, yes=True)
    return redirect_to(".people", lab_slug=lab_slug)


@labs.get("/<lab_slug>/people/<int:member_id>/refuse")
@requires(TAKE_PART)
def ask_to_refuse(lab_slug: str, member_id: int) -> Answer:
    lab = running(lab_slug)
    return _reason_page(lab, _row(lab, member_id, "asked"), ReasonForm(formdata=None), "refuse")


@labs.post("/<lab_slug>/people/<int:member_id>/refuse")
@requires(TAKE_PART)
def refuse(lab_slug: str, member_id: int) -> Answer:
    lab = running(lab_slug)
    if _is_answered(lab, member_id, "asked"):
        return redirect_to(".people", lab_slug=lab_slug)
    row = _row(lab, member_id, "asked")
    form = ReasonForm()
    reason = form.reason.data or ""
    wrong = attempt(form, actions.decide, lab.id or 0, member_id, yes=False, reason=reason)
    if wrong:
        return _reason_page(lab, row, form, "refuse", wrong)
    say(_("Answered: they read why."))
    return redirect_to(".people", lab_slug=lab_slug)


@labs.get("/<lab_slug>/people/<int:member_id>/remove")
@requires(TAKE_PART)
def ask_to_remove(lab_slug: str, member_id: int) -> Answer:
    lab = running(lab_slug)
    return _reason_page(lab, _row(lab, member_id, "in", "invited"), ReasonForm(formdata=None), "remove")


@labs.post("/<lab_slug>/people/<int:member_id>/remove")
@requires(TAKE_PART)
def remove(lab_slug: str, member_id: int) -> Answer:
    lab = running(lab_slug)
    if _is_answered(lab, member_id, "in", "invited"):
        return redirect_to(".people", lab_slug=lab_slug)
    row = _row(lab, member_id, "in", "invited")
    form = ReasonForm()
    reason = form.reason.data or ""
    wrong = attempt(form, actions.remove_member, lab.id or 0, member_id, reason)
    if wrong:
        return _reason_page(lab, row, form, "remove", wrong)
    say(_("The invitation is taken back.") if row.state == "invited"
        else _("They are no longer in it, and read why."))  # fmt: skip
    return redirect_to(".people", lab_slug=lab_slug)


@labs.post("/<lab_slug>/people/<int:member_id>/keeper")
@requires(TAKE_PART)
def set_keeper(lab_slug: str, member_id: int) -> Answer:
    lab = running(lab_slug)
    keeper = request.form.get("keeper") == "yes"
    words = _("From now on they run it too.") if keeper else _("They run it no more.")
    done(words, actions.set_keeper, lab.id or 0, member_id, keeper=keeper)
    return redirect_to(".people" if may_run(reading(), actor(), lab) else ".show", lab_slug=lab_slug)


def _to_join(slug: str) -> Lab:
    """A lab one may come into. Raises Missing where it is by invitation and one has none, or is in it already."""
    lab = shown(slug)
    mine = membership_in(reading(), actor(), lab.id or 0)
    invited = mine is not None and mine.state == "invited"
    if lab.state != "open" or not actor().is_member or (lab.entry == "invitation" and not invited):
        raise Missing()
    return lab


def _is_answered(lab: Lab, member_id: int, *states: str) -> bool:
    """Whether a button was pressed again, or somebody was faster: a row of the lab that stands otherwise by now."""
    row = reading().get(LabMember, member_id)
    return row is not None and row.lab_id == lab.id and row.person_id is not None and row.state not in states


def _row(lab: Lab, member_id: int, *states: str) -> LabMember:
    row = reading().get(LabMember, member_id)
    if row is None or row.lab_id != lab.id or row.state not in states or row.person_id is None:
        raise Missing()
    return row


def _join_page(lab: Lab, form: JoinForm, status: int = 200) -> Answer:
    mine = membership_in(reading(), actor(), lab.id or 0)
    at_once = lab.entry == "open" or (mine is not None and mine.state == "invited")
    return ask(
        form,
        lab=lab,
        title=_("Come into the lab"),
        url=url_for(".join", lab_slug=lab.slug),
        button=_("Come in") if at_once else _("Ask to come in"),
        fields=[("part", _("Such as: I drive, I know the shops, I just listen at first.")),
                ("words", _("Only the people who run it read them."))],
        status=status,
        lead=_("You are in at once. Who is in it sees your name, and you see theirs.") if at_once
        else _("The people who run it read your name and your words, and answer."),
    )  # fmt: skip


def _part_page(lab: Lab, mine: LabMember, form: PartForm, status: int = 200) -> Answer:
    party = reading().get(Party, mine.party_id) if mine.party_id is not None else None
    organisation = party is not None and party.kind == "organisation"
    fields = [("part", _("Only who is in the lab reads it."))]
    if organisation:
        fields.append(("named", _("Its name only, nobody’s of yours. You can take it back at any time.")))
    return ask(
        form,
        lab=lab,
        title=_("What you do in it"),
        url=url_for(".keep_part", lab_slug=lab.slug),
        button=_("Save"),
        fields=fields,
        status=status,
        lead=_("A maker has taken your words out of sight: the others do not read them.")
        if mine.part_hidden_at
        else "",
        back=(url_for(".people", lab_slug=lab.slug), _("Who is in it")),
    )


def _invite_page(lab: Lab, form: InviteForm, status: int = 200) -> Answer:
    found = people_to_invite(reading(), lab)
    form.person_id.choices = choices([("", _("Choose")), *((str(one.id), one.name) for one in found)])
    return ask(
        form,
        lab=lab,
        title=_("Invite somebody"),
        url=url_for(".invite", lab_slug=lab.slug),
        button=_("Invite them"),
        fields=[("person_id", _("A member of the community. They say yes or no; after a no they are left in peace."))],
        status=status,
        back=(url_for(".people", lab_slug=lab.slug), _("Who is in it")),
    )


def _reason_page(lab: Lab, row: LabMember, form: ReasonForm, verb: str, status: int = 200) -> Answer:
    found = next((one for one in members_of(reading(), lab.id or 0, row.state) if one.row.id == row.id), None)
    name = found.name if found is not None else ""
    titles = {
        ("refuse", "asked"): _("Not for now: %(name)s", name=name),
        ("remove", "in"): _("%(name)s is no longer to be in it", name=name),
        ("remove", "invited"): _("Take back the invitation of %(name)s", name=name),
    }
    hint = (
        _("For the record: they are not told.")
        if row.state == "invited"
        else _("They read your words: be kind and clear.")
    )
    return ask(
        form,
        lab=lab,
        title=titles[verb, row.state],
        url=url_for(f".{verb}", lab_slug=lab.slug, member_id=row.id),
        button=_("Answer with a no") if verb == "refuse" else _("Do it"),
        fields=[("reason", hint)],
        status=status,
        back=(url_for(".people", lab_slug=lab.slug), _("Who is in it")),
        danger=True,
    )
