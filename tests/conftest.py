"""What the suite needs of the machine, and its two lengths."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from tests.people import (  # noqa: F401 -- fixtures of the whole suite
    person,
    persons_browser,
    staff,
    staff_browser,
    stranger,
    strangers_browser,
    visitor,
)

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
NO_CHROMIUM = "no Chromium on this machine; on Debian or Ubuntu: apt install chromium"
IN_CI = os.environ.get("CI", "").lower() in {"true", "1"}

hypothesis_settings.register_profile("short", deadline=None, max_examples=50)
hypothesis_settings.register_profile("long", deadline=None, max_examples=2000)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the long versions of generated tests")
    parser.addoption("--database-only", action="store_true", help="leave out tests that ask no database")


def pytest_configure(config: pytest.Config) -> None:
    hypothesis_settings.load_profile("long" if config.getoption("--long") else "short")
    if IN_CI:
        _refuse_half_a_machine()


def _refuse_half_a_machine() -> None:
    """Where every commit is checked, a test left out is a failure."""
    if CHROMIUM is None:
        raise pytest.UsageError(f"CI=true: {NO_CHROMIUM}")
    if not (
        os.environ.get("DATABASE_URL") or shutil.which("pg_dump") or any(Path("/usr/lib/postgresql").glob("*/bin"))
    ):
        raise pytest.UsageError("CI=true: no PostgreSQL on this machine; on Debian or Ubuntu: apt install postgresql")


def pytest_report_header() -> str:
    return f"browser tests: {CHROMIUM or 'skipped, ' + NO_CHROMIUM}"


ASKS_A_DATABASE = {"db", "transactional_db", "live_server", "person", "stranger", "staff"}


def asks_a_database(item: pytest.Item) -> bool:
    """By its mark, or by a fixture of it or of another fixture."""
    return item.get_closest_marker("django_db") is not None or not ASKS_A_DATABASE.isdisjoint(
        getattr(item, "fixturenames", ())
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--database-only"):
        left_out = [item for item in items if not asks_a_database(item)]
        items[:] = [item for item in items if asks_a_database(item)]
        config.hook.pytest_deselected(items=left_out)
    for item in items:
        if CHROMIUM is None and item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))
        if item.get_closest_marker("long") and not config.getoption("--long"):
            item.add_marker(pytest.mark.skip(reason="runs with --long"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if CHROMIUM is None:
        terminalreporter.write_line(f"The browser tests were skipped: {NO_CHROMIUM}")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """The machine's own Chromium. Its sandbox needs a user other than root."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": arguments}
