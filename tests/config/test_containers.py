"""What can be said of Dockerfile and docker-compose.yml where no engine runs."""

import re
from pathlib import Path

import pytest

from config import settings as real
from config.health import is_healthy

ROOT = Path(real.__file__).parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE = (ROOT / "docker-compose.yml").read_text()
IGNORED = (ROOT / ".dockerignore").read_text().splitlines()
# Read by the image of PostgreSQL, not by us.
OF_POSTGRES = {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD"}


def service(name: str) -> str:
    """The lines of one service."""
    found = re.search(rf"^  {name}:\n((?:    .*\n|\n)+)", COMPOSE, re.MULTILINE)
    assert found
    return found.group(1)


def test_every_variable_is_one_that_the_settings_explain() -> None:
    named = set(re.findall(r"\$\{(\w+)", COMPOSE)) | set(re.findall(r"^      ([A-Z_]+):", COMPOSE, re.MULTILINE))
    named |= set(re.findall(r"\b(LANYARD_\w+)=", DOCKERFILE))
    assert named - OF_POSTGRES <= set(re.findall(r"^(LANYARD_\w+|DATABASE_URL)\b", real.__doc__, re.MULTILINE))


def test_no_secret_stands_in_the_files() -> None:
    for line in (DOCKERFILE + COMPOSE).splitlines():
        if "PASSWORD" in line and not line.lstrip().startswith("#"):
            assert "${POSTGRES_PASSWORD:?" in line


@pytest.mark.parametrize("name", ["web", "db"])
def test_services_are_shut(name: str) -> None:
    lines = service(name)
    assert "read_only: true" in lines
    assert "no-new-privileges:true" in lines
    assert not re.search(r'- "(?!127\.0\.0\.1:)[\d.:]*\d+:\d+"', lines)


def test_both_services_tell_their_health() -> None:
    assert "HEALTHCHECK" in DOCKERFILE
    assert "healthcheck:" in service("db")
    assert "service_healthy" in service("web")


def test_image_holds_only_code() -> None:
    """What is not named is kept out, and what is named exists and holds no data."""
    assert IGNORED[1] == "*"
    wanted = {line[1:] for line in IGNORED if line.startswith("!")}
    copied = {
        name for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE) for name in line.split()
    }
    assert copied == wanted
    assert all((ROOT / name).exists() for name in wanted)


def test_image_runs_a_command_that_exists() -> None:
    (command,) = re.findall(r'^CMD \["python", "manage.py", "(\w+)"', DOCKERFILE, re.MULTILINE)
    assert (ROOT / "journal" / "management" / "commands" / f"{command}.py").exists()


def test_client_of_postgresql_is_as_new_as_the_server() -> None:
    (client,) = re.findall(r"postgresql-client-(\d+)", DOCKERFILE)
    (server,) = re.findall(r"image: postgres:(\d+)", COMPOSE)
    assert int(client) >= int(server)


def test_health_of_nothing_is_no_health() -> None:
    assert not is_healthy(port=9)
