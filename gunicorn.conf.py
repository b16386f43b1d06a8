"""How `make run` serves Reciproca: one gevent process for pages, sockets and the job worker.

Larger installations run one role per process (RECIPROCA_ROLE), each with settings of its own.
"""

import os

wsgi_app = "app:create_app()"
bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = 1
worker_class = "gevent"
worker_connections = 1000
timeout = 60
graceful_timeout = 15
keepalive = 5
loglevel = "warning"
proc_name = "reciproca"

# By default gunicorn would leave a control socket under the home folder.
control_socket_disable = True


def post_worker_init(worker):
    """Start what runs beside the pages, now that gevent has patched the process, and say where it all is."""
    worker.wsgi.extensions["reciproca"].start()
    print(f"\nReciproca is at http://{bind}   (Ctrl-C stops it)\n", flush=True)  # noqa: T201


def worker_exit(server, worker):
    """Finish the job in hand; what could not be finished is taken up again at the next start."""
    if worker.wsgi is not None:
        worker.wsgi.extensions["reciproca"].stop()
