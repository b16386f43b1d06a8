"""Messages: my agreements and what was said beside them, the last written first."""

from flask import request, url_for

from exchanges.agreements.forms import whole_number
from exchanges.agreements.pages.blueprint import agreements
from exchanges.agreements.policies import SEE
from exchanges.agreements.queries import PAGE, conversations
from foundation.web import Answer, actor, page, reading, requires


@agreements.get("/messages")
@requires(SEE)
def messages() -> Answer:
    before = whole_number(request.args.get("before", ""))
    found = conversations(reading(), actor(), before=before, limit=PAGE + 1)
    shown = found[:PAGE]
    more = url_for(".messages", before=shown[-1].last_id) if len(found) > PAGE else ""
    return page("exchanges/agreements/messages.html", rows=shown, next_url=more, first=before is None)
