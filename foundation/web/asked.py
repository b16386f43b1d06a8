"""Numbers in addresses and forms, as anybody may have written them."""

from typing import Any

from werkzeug.routing import IntegerConverter, Map

LARGEST_ID = 2**31 - 1


def row_number(text: str) -> int:
    """For `request.args.get(name, type=row_number)`: a number that a row can have.

    Raises ValueError for anything else, which counts as not given; databases refuse numbers that fit no column.
    """
    found = int(text)
    if abs(found) > LARGEST_ID:
        raise ValueError(text[:20])
    return found


class RowId(IntegerConverter):
    """The number of a row in an address; one that no row can have leads nowhere."""

    def __init__(self, url_map: Map, **options: Any) -> None:
        super().__init__(url_map, **{"min": 0, "max": LARGEST_ID, **options})
