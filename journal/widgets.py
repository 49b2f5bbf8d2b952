"""The editor: django-markdownx's, with a toolbar of ours and scripts that stand before its own.

The template is templates/markdownx/widget.html. markdownx answers Tab and some Ctrl keys by replacing the whole text,
which traps the keyboard and forgets undo, and sends pictures with no word about failure; static/js/editor.js hears
those events first, in the capture phase.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.admin.widgets import AdminTextareaWidget
from markdownx.widgets import MarkdownxWidget

_MINIFIED = "" if settings.DEBUG else ".min"
_SCRIPTS = ["js/editor.js", "js/editor-pictures.js", f"markdownx/js/markdownx{_MINIFIED}.js"]


class EditorWidget(MarkdownxWidget):
    """Markdown with toolbar, pictures and preview; a plain text box where scripts do not run."""

    class Media:
        extend = False
        css = {"all": ["css/editor.css"]}
        js = _SCRIPTS

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        """Growing with the text is left to the style sheet and editor.js: markdownx only ever makes the box higher."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-markdownx-editor-resizable"] = "False"
        return context


class AdminEditorWidget(EditorWidget, AdminTextareaWidget):
    """The same on the data desk: `formfield_overrides = {TextField: {"widget": AdminEditorWidget}}`."""

    class Media:
        extend = False
        css = {"all": ["css/editor.css"]}
        js = _SCRIPTS
