"""Runs a server for a test run, and stops it when told, or when pytest has gone without telling.

python keeper.py OWNER FOLDER NAME USER COMMAND...     (USER is - for the same user)
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path


def main(owner: int, folder: Path, name: str, user: str, command: list[str]) -> None:
    told: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, frame: told.append(number))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    server = subprocess.Popen(command, start_new_session=True, cwd="/", **_as(user))
    while server.poll() is None and not told and _lives(owner):
        time.sleep(0.05)
    if server.poll() is None:
        server.send_signal(signal.SIGINT)  # PostgreSQL: a fast shutdown; Valkey: a shutdown
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
    if _lives(owner):
        (folder / f"{name}.keeper").unlink(missing_ok=True)
    else:
        shutil.rmtree(folder, ignore_errors=True)


def _as(user: str) -> dict[str, object]:
    if user == "-":
        return {}
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4], sys.argv[5:])
