"""The server of the journeys: as it is started by default, but what others write is counted at once.

Journeys fill the board beside the server; people would wait half a minute for numbers to follow.
"""

import runpy
from pathlib import Path

served = runpy.run_path(str(Path(__file__).parents[2] / "gunicorn.conf.py"))
globals().update({name: value for name, value in served.items() if not name.startswith("_")})


def post_worker_init(worker):
    """The usual, and then the one difference."""
    from foundation.search import counting  # not before gevent has patched what it imports

    served["post_worker_init"](worker)
    counting.READ_AGAIN_SECONDS = 0.0
