"""`./lanyard` and `.ci/run`, as far as they can be tried without a second environment."""

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LANYARD = ROOT / "lanyard"


def call(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], "HOME": str(cwd), **environment}
    return subprocess.run([LANYARD, *arguments], cwd=cwd, env=env, capture_output=True, text=True, check=False)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the launcher in a folder with spaces, with a stand-in for Python that tells what it is asked to do."""
    folder = tmp_path / "a check out"
    python = folder / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(
        '#!/bin/sh\n[ "$1" != -V ] || { echo Python 3.11.2; exit; }\nprintf "<%s>" "$@"\necho " debug=$LANYARD_DEBUG"\n'
    )
    python.chmod(0o755)
    shutil.copy(LANYARD, folder)
    for name in ("requirements.txt", "requirements-dev.txt"):
        (folder / name).write_text("nothing==1.0\n")
    return folder


def answers(checkout: Path, *arguments: str) -> list[str]:
    done = subprocess.run(
        [checkout / "lanyard", *arguments],
        cwd="/",
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.replace(str(checkout), "…").splitlines()


@pytest.mark.parametrize("script", [LANYARD, ROOT / ".ci" / "run"])
def test_scripts_are_well_formed_and_executable(script: Path) -> None:
    assert os.access(script, os.X_OK)
    shell = "sh" if script == LANYARD else "bash"
    subprocess.run([shell, "-n", script], check=True)
    if shellcheck := shutil.which("shellcheck"):
        subprocess.run([shellcheck, script], check=True)


def test_no_command_explains_itself() -> None:
    assert "./lanyard run" in call().stdout
    unknown = call("fly")
    assert unknown.returncode == 2
    assert "./lanyard run" in unknown.stderr


def test_requirements_are_installed_with_hashes_once(checkout: Path) -> None:
    first = answers(checkout, "manage", "check")
    assert any("<--require-hashes><-r><…/requirements.txt>" in line for line in first)
    assert answers(checkout, "manage", "check") == ["<…/manage.py><check> debug="]
    (checkout / "requirements.txt").write_text("nothing==2.0\n")
    assert len(answers(checkout, "manage", "check")) > 1


def test_pictures_elsewhere_install_what_they_need(checkout: Path) -> None:
    (checkout / "requirements-s3.txt").write_text("nothing==1.0\n")
    environment = {"PATH": os.environ["PATH"], "LANYARD_MEDIA": "s3://bucket"}
    done = subprocess.run([checkout / "lanyard", "run"], env=environment, capture_output=True, text=True, check=True)
    assert "requirements-s3.txt>" in done.stdout
    assert "requirements.txt>" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["run", "--port", "9"], "<…/manage.py><serve><--port><9> debug="),
        (["dev"], "<…/manage.py><runserver><127.0.0.1:8000> debug=on"),
        (["manage", "shell", "-c", "a b"], "<…/manage.py><shell><-c><a b> debug="),
        (["backup", "my file"], "<…/manage.py><backup><my file> debug="),
        (["restore", "f", "--yes"], "<…/manage.py><restore><f><--yes> debug="),
        (["test", "--long", "-k", "a or b"], "<-m><pytest><-n><auto><--long><-k><a or b> debug="),
    ],
)
def test_commands_reach_python_as_typed(checkout: Path, arguments: list[str], expected: str) -> None:
    assert answers(checkout, *arguments)[-1] == expected


def test_launcher_works_through_a_link(checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "lanyard").symlink_to(checkout / "lanyard")
    done = subprocess.run([tmp_path / "lanyard", "manage", "check"], capture_output=True, text=True, check=True)
    assert "manage.py" in done.stdout


def test_missing_python_is_said_in_a_sentence(checkout: Path, tmp_path: Path) -> None:
    shutil.rmtree(checkout / ".venv")
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "dirname", "readlink", "cat", "cksum"):
        (tools / name).symlink_to(shutil.which(name))
    done = subprocess.run(
        [checkout / "lanyard", "run"], env={"PATH": str(tools)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Python 3.11 or newer is needed" in done.stderr
    assert "apt install" in done.stderr


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_answer(port: int, server: subprocess.Popen[str]) -> float:
    """Seconds until the site says anything at all."""
    started = time.monotonic()
    while time.monotonic() - started < 60:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/static/no.css", timeout=5)
        except urllib.error.HTTPError:
            return time.monotonic() - started
        except OSError:
            assert server.poll() is None, server.communicate()
            time.sleep(0.02)
    pytest.fail("no answer within a minute")


def test_run_serves_and_says_where(tmp_path: Path) -> None:
    """The real server, twice over one data folder: what a person who types `./lanyard run` waits for."""
    port = free_port()
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANYARD_DATA": str(tmp_path / "my data")}
    if "DATABASE_URL" in os.environ:
        pytest.skip("needs a database of its own")
    for start in ("first", "second"):
        server = subprocess.Popen(
            [LANYARD, "run", "--port", str(port)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            seconds = wait_for_answer(port, server)
            print(f"{start} start: {seconds:.2f} s until the site answers")  # noqa: T201 -- a figure to be read
            second_server = call("run", "--port", str(port), LANYARD_DATA=str(tmp_path / "other"))
            assert "Cannot listen on 127.0.0.1" in second_server.stderr
        finally:
            server.send_signal(signal.SIGINT)
            output, _ = server.communicate(timeout=30)
        assert server.returncode == 0, output
        assert f"http://localhost:{port}" in output
        assert str(tmp_path / "my data") in output
