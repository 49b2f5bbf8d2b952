"""docs/operations.md and the files beside it, held against what there is: commands, variables, links, units."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from config import settings as real
from journal.photos import MAX_BYTES
from journal.serving import SERVED

ROOT = Path(real.__file__).parent.parent
DEPLOY = ROOT / "docs" / "deploy"
PAGE = (ROOT / "docs" / "operations.md").read_text()
SOURCES = "".join((ROOT / "config" / name).read_text() for name in ("settings.py", "environment.py", "media.py"))
VARIABLES = r"\b(LANYARD_\w+|DATABASE_URL|AWS_\w+)\b"
READ = set(re.findall(rf'"{VARIABLES}"', SOURCES))
# The proxy's own, of which the page speaks in words.
OF_PROXY = {"LANYARD_HOST", "LANYARD_BACKEND"}


def anchors(text: str) -> set[str]:
    """The names by which headings are linked."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", sorted(set(re.findall(r"lanyard manage (\w+)|manage\.py (\w+)", PAGE))))
def test_commands_of_the_page_exist(name: tuple[str, str]) -> None:
    assert "".join(name) in get_commands()


@pytest.mark.parametrize(
    ("command", "option"), sorted(set(re.findall(r"\./lanyard (?:manage )?(\w+) [^\n`]*?(--\w+)", PAGE)))
)
def test_options_of_the_page_exist(command: str, option: str) -> None:
    command = {"run": "serve"}.get(command, command)
    parser = load_command_class(get_commands()[command], command).create_parser("manage.py", command)
    assert option in parser.format_help()


@pytest.mark.parametrize("name", sorted(READ))
def test_variables_that_are_read_stand_on_the_page(name: str) -> None:
    assert f"`{name}`" in PAGE.split("## A start")[0]
    assert name in real.__doc__


def test_variables_of_the_page_and_its_files_are_read() -> None:
    files = "".join(path.read_text() for path in DEPLOY.iterdir())
    assert set(re.findall(VARIABLES, PAGE + files)) <= READ | OF_PROXY


def test_links_of_the_page_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)]+)\)", PAGE):
        path, _, anchor = target.partition("#")
        assert (ROOT / "docs" / path).exists(), target
        assert not anchor or anchor in anchors(PAGE), target


@pytest.mark.parametrize("path", sorted(DEPLOY.iterdir()), ids=lambda path: path.name)
def test_files_beside_the_page_are_spoken_of(path: Path) -> None:
    assert path.name in PAGE


def test_shell_of_the_page_is_well_formed() -> None:
    for block in re.findall(r"```\n(.*?)```", PAGE, re.DOTALL):
        if not re.match(r"\d{4}-", block):
            script = block.replace("<the repository>", "repository")
            done = subprocess.run(["sh", "-n"], input=script, capture_output=True, text=True, check=False)
            assert not done.returncode, (block, done.stderr)


def test_function_of_the_page_hands_commands_on(tmp_path: Path) -> None:
    """The one for root's profile, with stand-ins for what asks for rights."""
    (function,) = re.findall(r"^lanyard\(\) .*$", PAGE, re.MULTILINE)
    (tmp_path / "env").write_text("LANYARD_DATA=/data\nLANYARD_MAIL_FROM='Lanyard <a@example.org>'\n")
    (tmp_path / "lanyard").write_text('#!/bin/sh\necho "$LANYARD_DATA|$LANYARD_MAIL_FROM|$*"\n')
    (tmp_path / "runuser").write_text('#!/bin/sh\nshift 3\nexec "$@"\n')
    for name in ("lanyard", "runuser"):
        (tmp_path / name).chmod(0o755)
    function = function.replace("/etc/lanyard.env", f"{tmp_path}/env").replace("/opt/lanyard", str(tmp_path))
    done = subprocess.run(
        ["sh", "-c", f"{function}\nlanyard manage health"],
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "/data|Lanyard <a@example.org>|manage health\n"


# The files


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd on this machine")
@pytest.mark.parametrize("name", ["lanyard.service", "lanyard-backup.service", "lanyard-backup.timer"])
def test_units_are_understood_by_systemd(tmp_path: Path, name: str) -> None:
    """With the launcher of this checkout in the place of the one in /opt."""
    for unit in DEPLOY.glob("lanyard*.*"):
        (tmp_path / unit.name).write_text(unit.read_text().replace("/opt/lanyard", str(ROOT)))
    done = subprocess.run(
        ["systemd-analyze", "verify", tmp_path / name], capture_output=True, text=True, check=False, timeout=60
    )
    complaints = [line for line in done.stderr.splitlines() if name in line]
    assert not complaints


def test_services_run_as_nobody_who_could_change_the_code() -> None:
    for name in ("lanyard.service", "lanyard-backup.service"):
        unit = (DEPLOY / name).read_text()
        assert "User=lanyard" in unit
        assert "ProtectSystem=strict" in unit
        assert "NoNewPrivileges=true" in unit
        assert not re.search(r"^(?!Environment).*(PASSWORD|SECRET)", unit, re.MULTILINE)


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_proxies_accept_the_largest_picture(name: str) -> None:
    (size,) = re.findall(r"(?:client_max_body_size|max_size) (\d+)(?:m|MB)", (DEPLOY / name).read_text())
    assert int(size) * 10**6 > MAX_BYTES + real.DATA_UPLOAD_MAX_MEMORY_SIZE


def test_nginx_overwrites_what_a_client_could_forge() -> None:
    text = (DEPLOY / "nginx.conf").read_text()
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in text
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in text
    assert 'proxy_set_header Forwarded "";' in text
    assert re.search(r"location /protected/ {\s+internal;", text)


def test_nginx_sets_the_headers_that_it_drops() -> None:
    block = (DEPLOY / "nginx.conf").read_text().partition("location /protected/")[2]
    for name, value in SERVED.items():
        assert re.search(rf'add_header {name} "?{re.escape(value)}"? always;', block), name
