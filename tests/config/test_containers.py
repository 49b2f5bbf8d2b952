"""What can be said of Dockerfile, docker-compose.yml and the proxy's file where no engine runs."""

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

from config import settings as real
from config.health import is_healthy

ROOT = Path(real.__file__).parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text()
TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
CADDYFILE = (ROOT / "docs" / "deploy" / "Caddyfile").read_text()
IGNORED = (ROOT / ".dockerignore").read_text().splitlines()
READ_BY_US = "".join((ROOT / "config" / name).read_text() for name in ("settings.py", "environment.py", "media.py"))
# Read by the image of PostgreSQL, not by us.
OF_POSTGRES = {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD"}
SWITCHES = {"read_only": True, "cap_drop": ["ALL"], "security_opt": ["no-new-privileges:true"]}
KNOWN = {
    *("image", "build", "restart", "depends_on", "environment", "command", "ports", "volumes", "read_only", "tmpfs"),
    *("cap_drop", "cap_add", "security_opt", "healthcheck", "user", "shm_size"),
}


# The compose file


def test_services_use_only_words_of_the_compose_specification() -> None:
    assert set(COMPOSE) == {"services", "volumes"}
    for service in SERVICES.values():
        assert set(service) <= KNOWN
        assert ("image" in service) != ("build" in service)


@pytest.mark.parametrize("name", SERVICES)
def test_services_are_shut(name: str) -> None:
    service = SERVICES[name]
    assert {switch: service[switch] for switch in SWITCHES} == SWITCHES
    assert set(service.get("cap_add", [])) <= {"NET_BIND_SERVICE"}
    assert "privileged" not in service
    assert not any("docker.sock" in volume for volume in service["volumes"])


@pytest.mark.parametrize("name", SERVICES)
def test_services_tell_their_health(name: str) -> None:
    health = SERVICES[name]["healthcheck"]
    assert health["test"][0] == "CMD"
    assert {"interval", "timeout", "retries"} <= set(health)


def test_services_wait_for_the_health_of_what_they_need() -> None:
    for name, needed in (("proxy", "web"), ("web", "db")):
        assert SERVICES[name]["depends_on"] == {needed: {"condition": "service_healthy"}}


def test_only_the_proxy_can_be_reached() -> None:
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"proxy"}
    assert SERVICES["proxy"]["ports"] == ["80:80", "443:443"]


def test_volumes_are_named_or_lie_in_the_checkout() -> None:
    named = set()
    for service in SERVICES.values():
        for volume in service["volumes"]:
            source = volume.split(":")[0]
            named |= set() if source.startswith(".") else {source}
            assert not source.startswith(".") or (volume.endswith(":ro") and (ROOT / source).is_file())
    assert named == set(COMPOSE["volumes"])


def test_images_name_their_version() -> None:
    images = [service["image"] for service in SERVICES.values() if "image" in service]
    images += re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert all(re.fullmatch(r"[a-z]+:\d+(\.\d+)*-[a-z-]+", image) for image in images), images


def test_every_variable_is_read_by_us_or_by_the_proxy() -> None:
    ours = set(SERVICES["web"]["environment"]) | set(re.findall(r"\b(LANYARD_\w+)=", DOCKERFILE))
    assert all(f'"{name}"' in READ_BY_US and name in real.__doc__ for name in ours)
    of_proxy = set(re.findall(r"{\$(\w+)", CADDYFILE))
    assert of_proxy == {*SERVICES["proxy"]["environment"], "LANYARD_HOST"}
    assert set(SERVICES["db"]["environment"]) == OF_POSTGRES
    asked = set(re.findall(r"(?<!\$)\$\{(\w+)", TEXT))
    assert asked <= {*ours, "POSTGRES_PASSWORD"}


def test_both_are_told_the_same_address() -> None:
    assert SERVICES["proxy"]["environment"]["LANYARD_URL"] == SERVICES["web"]["environment"]["LANYARD_URL"]


def test_no_secret_stands_in_the_files() -> None:
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search("PASSWORD|SECRET|KEY|MAIL$", name):
                assert re.fullmatch(r"\$\{\w+:(-|\?[^}]+)\}", value), name
    assert "${POSTGRES_PASSWORD:?" in SERVICES["web"]["environment"]["DATABASE_URL"]
    assert "PASSWORD" not in DOCKERFILE


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://localhost", "localhost"),
        ("https://lanyard.local", "lanyard.local"),
        ("https://192.168.0.7:443", "192.168.0.7"),
    ],
)
def test_proxy_is_told_the_host_by_its_shell(tmp_path: Path, address: str, host: str) -> None:
    """The command of the proxy with a stand-in for Caddy that says what it is given."""
    (tmp_path / "caddy").write_text('#!/bin/sh\necho "$LANYARD_HOST" "$@"\n')
    (tmp_path / "caddy").chmod(0o755)
    command = [part.replace("$$", "$") for part in SERVICES["proxy"]["command"]]
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "LANYARD_URL": address}
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    assert said == f"{host} run --config /etc/caddy/Caddyfile --adapter caddyfile\n"


@pytest.mark.skipif(shutil.which("docker") is None, reason="no client of Docker on this machine")
def test_client_of_docker_reads_the_file() -> None:
    probe = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
    if probe.returncode:
        pytest.skip("this client of Docker has no compose")
    environment = {"PATH": os.environ["PATH"], "POSTGRES_PASSWORD": "word"}
    subprocess.run(["docker", "compose", "config", "--quiet"], cwd=ROOT, env=environment, check=True)


# The image


def test_image_holds_only_code() -> None:
    """What is not named is kept out, and what is named exists and holds no data."""
    assert IGNORED[1] == "*"
    wanted = {line[1:] for line in IGNORED if line.startswith("!")}
    copied = {
        name for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE) for name in line.split()
    }
    assert copied == wanted
    assert all((ROOT / name).exists() for name in wanted)


def test_image_runs_commands_that_exist() -> None:
    (command,) = re.findall(r'^CMD \["python", "manage.py", "(\w+)"', DOCKERFILE, re.MULTILINE)
    assert command in get_commands()
    (health,) = re.findall(r'^HEALTHCHECK .* CMD \["python", "(\S+)"\]', DOCKERFILE, re.MULTILINE)
    assert (ROOT / health).exists()
    assert SERVICES["web"]["healthcheck"]["test"] == ["CMD", "python", health]


def test_image_ends_as_a_person_without_rights() -> None:
    users = re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE)
    assert users == ["lanyard"]
    assert DOCKERFILE.index("USER lanyard") > DOCKERFILE.rindex("RUN ")


def test_image_installs_what_is_pinned_with_hashes() -> None:
    installs = [line for line in re.split(r"&&|\n(?! )", DOCKERFILE) if "pip install" in line]
    assert len(installs) == 1
    words = shlex.split(installs[0].replace("\\\n", " "))
    assert "--require-hashes" in words
    pinned = {name: set(re.findall(r"^([a-z0-9_-]+)==", (ROOT / name).read_text(), re.MULTILINE)) for name in _FILES}
    assert pinned["requirements.txt"] < pinned["requirements-s3.txt"]


_FILES = ("requirements.txt", "requirements-s3.txt")


def test_client_of_postgresql_is_as_new_as_the_server() -> None:
    (client,) = re.findall(r"postgresql-client-(\d+)", DOCKERFILE)
    (server,) = re.findall(r"^postgres:(\d+)", SERVICES["db"]["image"])
    assert int(client) >= int(server)


def test_health_of_nothing_is_no_health() -> None:
    assert not is_healthy(port=9)
