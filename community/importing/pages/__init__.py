"""Files taken in from the browser: choose, say what stands where, look, take in, and undo."""

from community.importing.pages import beginning, running
from community.importing.pages.beginning import me_links
from community.importing.pages.blueprint import imports
from community.importing.pages.files import BROKEN, SHOWN_FAULTS, fault_words, file_in

__all__ = ["BROKEN", "SHOWN_FAULTS", "beginning", "fault_words", "file_in", "imports", "me_links", "running"]
