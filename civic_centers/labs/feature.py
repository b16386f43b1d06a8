"""Community labs: a group working on one common need, from the first idea to what came of it.

Features beside them add to their pages, and hear of their end, by these hooks:
`lab_sections(session, actor, lab)` gives what stands on the page of a lab: a dict with its `template` and what that
needs, or None; `actor` may be a visitor without an account, so that nobody's name may stand there unasked;
`lab_ends(session, actor, lab)` is called in the transaction in which a lab ends; who holds something for it tells its
people. `queries.lab_called`, `queries.lab_visible_to` and `policies.may_run` fetch a lab and say who runs it.
"""

from foundation.feature import Feature

feature = Feature(name="labs")
