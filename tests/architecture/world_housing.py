"""What a world of one of everything holds of housing help."""

from sqlmodel import select

from care.housing import actions as housing
from care.housing.queries.matches import questions_of
from care.housing.tables import HousingPaper
from foundation.database import Session
from tests.cast import Cast


def housing_of_two(session: Session, cast: Cast) -> dict[str, int | str]:
    """Anna looks for a place, Bashir has one; both know each other's names, and Anna asks for papers besides."""
    anna, bashir, maker = cast.anna.actor, cast.bashir.actor, cast.maker.actor
    cases = []
    for actor, side in ((anna, "need"), (bashir, "offer"), (anna, "need"), (bashir, "offer")):
        case = housing.begin(session, actor, side, "stay" if len(cases) < 2 else "moving")
        housing.save_step(session, actor, case.id, "what", {"words": "Una stanza"}, version=case.version)
        cases.append(housing.send(session, actor, case.id).id)
    need, offer, moving, van = cases
    match = housing.propose(session, maker, need, offer, first_side="need", words="Una stanza in centro.")
    for step in ("hear", "names", "contacts"):
        if step == "hear":
            housing.answer(session, anna, questions_of(session, match.id)[0].id, "yes")
            housing.ask_second(session, maker, match.id, "Una famiglia di tre.")
        for one in questions_of(session, match.id):
            if one.answer == "":
                housing.answer(session, anna if one.side == "need" else bashir, one.id, "yes")
    terms = {"conditions": "Bollette a metà"}
    housing.write_sheet(session, anna, match.id, terms, from_on=None, to_on=None, seen=0)
    housing.add_paper(session, anna, moving, "Carta d’identità", None)
    paper = session.exec(select(HousingPaper)).one()
    return {
        "housing_id": moving,
        "across_id": van,
        "introduction_id": match.id,
        "asked_id": questions_of(session, match.id)[0].id,
        "money_id": housing.promise(session, maker, match.id, 10000, None).id,
        "paper_id": paper.id,
        "housing_side": "need",
        "section": "what",
        "sheet_number": 1,
    }
