"""How the bare Flask-SocketIO of the bench of sockets is served: as the product is, and nothing more."""

import os

wsgi_app = "bench.live_app:bare()"
bind = f"127.0.0.1:{os.environ['PORT']}"
workers = 1
worker_class = "gevent"
worker_connections = 4000
loglevel = "warning"
control_socket_disable = True
