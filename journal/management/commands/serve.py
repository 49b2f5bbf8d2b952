"""`manage.py serve`: prepare, then gunicorn in the same process, so that a start pays for Python and Django once."""

import gc
import os
import socket
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.urls import get_resolver
from gunicorn.app.base import BaseApplication

from journal import people
from journal.database_copy import CopyError
from journal.running import announce_server

LOCAL = {"127.0.0.1", "localhost", "0.0.0.0"}  # noqa: S104 -- compared, not bound


def port(value: str) -> int:
    """A TCP port number, 1 to 65535."""
    if value.isascii() and value.isdigit() and 0 < int(value) < 65536:
        return int(value)
    raise ArgumentTypeError("a port is a number from 1 to 65535")


class Command(BaseCommand):
    help = "Serve the journal with gunicorn."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
        parser.add_argument("--port", default=8000, type=port, help="port to listen on (default: 8000)")

    def handle(self, *_args: Any, host: str, port: int, **_options: Any) -> None:
        os.umask(0o077)
        refuse_taken_port(host, port)
        try:
            lock = announce_server()
        except CopyError as error:
            raise CommandError(str(error)) from error
        call_command("prepare")
        code = people.code_to_print()
        connections.close_all()  # a connection must not be shared by the workers that are forked from here
        with lock:
            Server(host, port, greeting=lambda _arbiter: self.greet(host, port, code)).run()

    def greet(self, host: str, port: int, code: str = "") -> None:
        name = "localhost" if host in LOCAL else host
        self.stdout.write(f"Lanyard:      http://{name}:{port}  (Ctrl+C stops it)")
        if settings.SITE_HOST:
            self.stdout.write(f"Reached at:   {settings.SITE_SCHEME}://{settings.SITE_HOST}")
        elif host not in LOCAL or host == "0.0.0.0":  # noqa: S104 -- compared, not bound
            self.stdout.write("Other machines are answered once LANYARD_URL says how they reach this one.")
        self.stdout.write(f"Data folder:  {settings.DATA_DIR}")
        if code:
            self.stdout.write(f"Setup code:   {code}  (the first account asks for it)")
        self.stdout.flush()


def refuse_taken_port(host: str, port: int) -> None:
    """gunicorn would try for five seconds, and then say it in a traceback's words."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise CommandError(f"Cannot listen on {host}, port {port}: {error.strerror}. Try --port {port + 1}.") from error


def relax_collector(_arbiter: Any, _worker: Any) -> None:
    """What was loaded before the fork lives as long as the process, and a long page makes tens of thousands of objects:
    Python's default looks through all of them every few hundred."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


class Server(BaseApplication):
    """Two processes, so that one can answer while the other shrinks a picture, of eight threads, so that a slow upload
    over a hall's Wi-Fi holds up nobody. WEB_CONCURRENCY, gunicorn's own variable, changes the number of processes.
    """

    def __init__(self, host: str, port: int, *, greeting: Any) -> None:
        self.options = {
            "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
            "workers": int(os.environ.get("WEB_CONCURRENCY", "2")),
            "worker_class": "gthread",
            "threads": 8,
            "preload_app": True,
            "loglevel": "warning",
            "logconfig_dict": settings.LOGGING,
            # Nobody is trusted to say where a request came from: LANYARD_URL decides that, in the settings.
            "forwarded_allow_ips": "",
            "control_socket_disable": True,
            "when_ready": greeting,
            "post_fork": relax_collector,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Views are imported before the workers are forked: once, and a mistake in them stops the start."""
        application = get_wsgi_application()
        _all_views = get_resolver().url_patterns
        return application
