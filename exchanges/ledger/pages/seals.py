"""The seals, for anybody to read and keep."""

import json
from dataclasses import asdict
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from exchanges.ledger.pages.blueprint import ledger
from exchanges.ledger.queries.canonical import moment
from exchanges.ledger.queries.seals import (
    OF_RECORD,
    PublishedRecordSeal,
    PublishedSeal,
    all_record_seals,
    all_seals,
    latest_record_seal,
    latest_seal,
    newest_seals,
    sealed_transfers,
)
from foundation.web import Answer, community, page, public, reading
from foundation.web.asked import row_number

PAGE = 30


@ledger.get("/c/<community>/time/seals")
@public
def seals() -> Answer:
    community_id = community().id
    before = request.args.get("before", type=row_number)
    found = newest_seals(reading(), community_id, PAGE, before)
    older = url_for(".seals", before=found[PAGE - 1].number) if len(found) > PAGE else None
    return page(
        "exchanges/ledger/seals.html",
        part="exchanges/ledger/_seals.html",
        latest=shown(latest_seal(reading(), community_id)),
        record=_of_record(latest_record_seal(reading())),
        sealed=sealed_transfers(reading(), community_id),
        seals=[shown(each) for each in found[:PAGE]],
        older_url=older,
    )


@ledger.get("/c/<community>/time/seals.txt")
@public
def seals_text() -> Answer:
    """A line for each seal; `flask ledger verify --against` reads it back."""
    here = community()
    lines = [
        f"# community {here.slug}",
        "# " + _("Seals of %(name)s: whoever keeps them can check later that no movement was changed.", name=here.name),
        "# " + _("number, moment (UTC), movements closed, seal"),
        *(
            f"{each.number}\t{moment(each.made_at)}\t{each.transfers}\t{each.hash}"
            for each in all_seals(reading(), here.id)
        ),
    ]
    deeds = [
        f"{each.number}\t{moment(each.made_at)}\t{each.lines}\t{each.hash}" for each in all_record_seals(reading())
    ]
    if deeds:
        lines += [OF_RECORD, "# " + _("number, moment (UTC), lines closed, seal"), *deeds]
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@ledger.get("/c/<community>/time/seals.json")
@public
def seals_json() -> Answer:
    """Everything that makes the chain, so that its hashes can be made again without the ledger."""
    here = community()
    found = [{**asdict(each), "made_at": moment(each.made_at)} for each in all_seals(reading(), here.id)]
    deeds = [{**asdict(each), "made_at": moment(each.made_at)} for each in all_record_seals(reading())]
    answer = {"community": here.slug, "name": here.name, "seals": found, "record": deeds}
    return Response(json.dumps(answer, ensure_ascii=False, indent=1), content_type="application/json; charset=utf-8")


def shown(seal: PublishedSeal | None) -> dict[str, Any] | None:
    """A seal as pages show it: the hash in groups, which wrap on narrow screens and can be read aloud."""
    if seal is None:
        return None
    return {"number": seal.number, "made_at": seal.made_at, "transfers": seal.transfers, "digits": _grouped(seal.hash)}


def _of_record(seal: PublishedRecordSeal | None) -> dict[str, Any] | None:
    if seal is None:
        return None
    return {"number": seal.number, "made_at": seal.made_at, "lines": seal.lines, "digits": _grouped(seal.hash)}


def _grouped(hashed: str) -> str:
    return " ".join(hashed[at : at + 8] for at in range(0, len(hashed), 8))
