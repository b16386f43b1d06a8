"""Files taken in from the browser: choose, say what stands where, look, take in, and undo."""

from community.importing.pages import beginning, running
from community.importing.pages.beginning import me_links
from community.importing.pages.blueprint import imports
from community.importing.pages.files import BROKEN, SHOWN_FAULTS, file_in, peeked
from community.importing.pages.standing import columns_asked, faults_sent_back, state_of, stepped

__all__ = [
    "BROKEN", "SHOWN_FAULTS", "beginning", "columns_asked", "faults_sent_back", "file_in", "imports", "me_links",
    "peeked", "running", "state_of", "stepped",
]  # fmt: skip
