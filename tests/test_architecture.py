"""The house holds its shape: directions of imports, who reads what, no file that grew too large."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
APPS = ("config", "events", "journal")
# Inside an app a layer imports only from those before it. What is in none of them is of its own.
LAYERS = ["validators", "querysets", "models", "services", "actions", "forms", "views", "urls"]
LONGEST_FILE = 400


def _sources(folder: str) -> list[Path]:
    return [path for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts]


def _imports(path: Path) -> set[str]:
    """Every module that the file imports when it runs, written out in full."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: imports are written out in full"
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def _type_only(path: Path) -> set[str]:
    """Modules imported for types alone."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            for inner in node.body:
                if isinstance(inner, ast.ImportFrom) and inner.module:
                    found |= {inner.module, *(f"{inner.module}.{alias.name}" for alias in inner.names)}
    return found


def _relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", _sources("events"), ids=_relative)
def test_events_has_never_heard_of_journal(path: Path) -> None:
    assert not [name for name in _imports(path) if name.split(".")[0] in {"journal", "config"}]


@pytest.mark.parametrize("path", _sources("journal"), ids=_relative)
def test_journal_does_not_import_config(path: Path) -> None:
    assert not [name for name in _imports(path) if name.split(".")[0] == "config"]


@pytest.mark.parametrize("path", sorted((ROOT / "templates" / "events").rglob("*.html")), ids=_relative)
def test_templates_of_events_name_no_route_of_journal(path: Path) -> None:
    text = path.read_text()
    assert "journal:" not in text
    assert not re.search(r"{%\s*(?:include|extends)\s+[\"']journal/", text)


def _layer(path: Path) -> tuple[str, str]:
    parts = path.relative_to(ROOT).parts
    return parts[0], parts[1].removesuffix(".py")


LAYERED = [path for app in ("events", "journal") for path in _sources(app) if _layer(path)[1] in LAYERS]


@pytest.mark.parametrize("path", LAYERED, ids=_relative)
def test_layers_import_only_from_below(path: Path) -> None:
    app, layer = _layer(path)
    above = {f"{app}.{name}" for name in LAYERS[LAYERS.index(layer) + 1 :]}
    imported = {".".join(name.split(".")[:2]) for name in _imports(path) - _type_only(path)}
    assert not imported & above


@pytest.mark.parametrize("path", _sources("journal/views"), ids=_relative)
def test_views_of_journal_fetch_only_through_access(path: Path) -> None:
    """A private row is obtained from `journal.access`; the world through `visible_to`."""
    raw = re.findall(r"\.objects\.(?!visible_to\()\w+", path.read_text())
    assert not raw


@pytest.mark.parametrize("path", _sources("events/views"), ids=_relative)
def test_views_of_events_read_what_is_visible(path: Path) -> None:
    raw = re.findall(r"\.objects\.(?!visible_to\()\w+", path.read_text())
    assert not raw


@pytest.mark.parametrize("path", [path for app in APPS for path in _sources(app)], ids=_relative)
def test_files_stay_readable(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", [path for app in APPS for path in _sources(app)], ids=_relative)
def test_files_are_named_for_an_idea(path: Path) -> None:
    assert path.stem not in {"utils", "helpers", "common", "misc", "manager2"}


@pytest.mark.django_db
def test_no_migration_is_pending() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_no_foreign_key_of_the_book_can_be_read_from_the_world_or_deletes_with_it() -> None:
    """journal → events: related_name="+" and PROTECT (design, section 2)."""
    from django.apps import apps
    from django.db.models import PROTECT

    for model in apps.get_app_config("journal").get_models():
        for field in model._meta.concrete_fields:
            remote = field.remote_field
            if remote is None or remote.model._meta.app_label != "events":
                continue
            assert remote.on_delete is PROTECT, f"{model.__name__}.{field.name}"
            assert remote.hidden, f"{model.__name__}.{field.name}"
