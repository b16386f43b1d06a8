"""Tables as files that a spreadsheet opens with a double click."""

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response


def csv_answer(rows: Iterable[Sequence[object]], name: str) -> Response:
    """A CSV file that spreadsheets open with a double click, and in which nothing is a formula."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";")
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    answer = Response("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def harmless(cell: object) -> object:
    """The cell, with an apostrophe before a text that a spreadsheet would take for a formula."""
    if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@", "\t", "\r", "\n"}:
        return "'" + cell
    return cell
