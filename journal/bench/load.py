"""The programme of a large conference, read by many at once: wrk asks, since a client of ours would eat the machine."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable

from journal.bench.house import House, HouseError
from journal.bench.pages import ALL_DAYS

READERS = 8


def run(house: House, seconds: int, say: Callable[[str], object]) -> None:
    """Serves the house and prints what wrk says of the programme of all days, with the person's own marks."""
    wrk = shutil.which("wrk")
    if wrk is None:
        raise HouseError("wrk is missing. On Debian or Ubuntu: apt install wrk")
    with house.served() as port:
        plan = house.plan("pages", only=ALL_DAYS)
        (page,) = plan["pages"]
        cookies = "; ".join(f"{name}={value}" for name, value in plan["cookies"].items())
        command = [wrk, "-t2", f"-c{READERS}", f"-d{seconds}s", "--latency"]
        headers = ["-H", f"Cookie: {cookies}", "-H", "Accept-Encoding: gzip"]
        say(f"wrk -t2 -c{READERS} -d{seconds}s --latency -H 'Cookie: …' -H 'Accept-Encoding: gzip' …{page['path']}")
        done = subprocess.run(  # noqa: S603 -- as printed
            [*command, *headers, f"http://localhost:{port}{page['path']}"], capture_output=True, text=True, check=False
        )
    say(done.stdout + done.stderr)
