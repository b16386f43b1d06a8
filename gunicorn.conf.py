"""How Reciproca is served by default: one gevent process for pages, sockets and the job worker.

`make run` uses it with RECIPROCA_ENV=development, and then the process first brings the database up to date and loads
the demo community into an empty one: in the same process, since reading the code is most of what a start costs.
Larger installations run one role per process (RECIPROCA_ROLE), each with settings of its own.
"""

import gc
import os
import resource
import signal
import sys
from pathlib import Path

gc.disable()  # until all code is read: looking for garbage among what stays is a fifth of the start
sys.path.insert(0, str(Path(__file__).parent))  # gunicorn does so only later

from foundation.settings import BadSettings, Settings  # noqa: E402 - reads the environment, and nothing of Flask

try:
    Settings.from_environment()
    port = os.environ.get("PORT", "8000")
    if not (port.isdecimal() and 0 < int(port) < 65536):
        raise BadSettings(f"PORT must be a number from 1 to 65535, not {port}")
except BadSettings as error:
    error.show()
    sys.exit(error.exit_code)

wsgi_app = "app:create_app()"
bind = f"127.0.0.1:{port}"
workers = 1
worker_class = "gevent"
worker_connections = 4000  # the sockets let in half as many: see foundation/web/listeners.py

# Each live page keeps a file open; often a process may have no more than 1024 unless it asks.
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
if soft < 8192:
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(8192, hard) if hard > 0 else 8192, hard))
graceful_timeout = 15
keepalive = 5
loglevel = "warning"
proc_name = "reciproca"

# Loading the demo takes longer than a silent worker is normally given.
in_development = os.environ.get("RECIPROCA_ENV") == "development"
timeout = 0 if in_development else 60

# By default gunicorn would leave a control socket under the home folder.
control_socket_disable = True


def post_worker_init(worker):
    """Start what runs beside the pages, now that gevent has patched the process, and say where it all is."""
    gc.freeze()
    gc.enable()
    if in_development:
        make_ready(worker.wsgi)
    hang_up_when_it_stops(worker)
    try:
        worker.wsgi.extensions["reciproca"].start()
    except BadSettings as error:
        error.show()
        sys.exit(3)  # what gunicorn takes for "do not try again"
    print(f"\nReciproca is at http://{bind}   (Ctrl-C stops it)\n", flush=True)  # noqa: T201


def hang_up_when_it_stops(worker):
    """Live pages are let go at once: otherwise gunicorn would wait for them until the end of its patience."""
    from gevent import sleep, spawn

    from foundation.web.sockets import hang_up_all

    def watch():
        while worker.alive:
            sleep(0.3)
        hang_up_all()

    spawn(watch)


def make_ready(app):
    """Run the commands a newcomer would. Ctrl-C stops them at once: a transaction is whole or not there."""
    import click
    from flask.cli import ScriptInfo  # not before gevent has patched what Flask imports

    stops = (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)

    def stop_now(_number, _frame):
        for stop in stops:
            signal.signal(stop, lambda _number, _frame: None)  # once is enough
        raise KeyboardInterrupt

    handlers = {stop: signal.signal(stop, stop_now) for stop in stops}
    try:
        for command in ("database migrate", "demo load --if-empty", "demo sign-ins"):
            with app.app_context():
                app.cli.main(command.split(), "flask", standalone_mode=False, obj=ScriptInfo(create_app=lambda: app))
    except click.Abort:
        raise SystemExit from None
    for stop, handler in handlers.items():
        signal.signal(stop, handler)


def worker_exit(server, worker):
    """Finish the job in hand; what could not be finished is taken up again at the next start."""
    app = getattr(worker, "wsgi", None)  # there is none when the code could not be read
    if app is None:
        return
    for stop in (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
        signal.signal(stop, signal.SIG_IGN)
    from gevent import spawn

    stopping = spawn(app.extensions["reciproca"].stop)
    while not stopping.ready():
        try:
            stopping.join()
        except SystemExit:
            continue  # Ctrl-C reaches this process twice, from the terminal and from gunicorn: once is enough
