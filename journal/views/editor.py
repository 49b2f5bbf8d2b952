"""What the editor's scripts ask for: a preview of the text, and a place for a picture. Every answer is for a script."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from journal import actions, gallery
from journal.forms.editor import UploadForm
from journal.http import Request
from journal.markdown import render
from journal.photos import PictureRefused

# Above this a preview takes longer than a pause in typing; the text itself may be longer.
MOST_CHARACTERS = 200_000


@require_POST
def markdown_preview(request: Request) -> HttpResponse:
    """The text as its owner will read it, pictures included; the script knows it by its wrapper."""
    text = request.POST.get("content", "")
    if len(text) > MOST_CHARACTERS:
        return JsonResponse(
            {"error": _("The text is too long for a preview. It can be saved all the same.")}, status=413
        )
    shown = render(text, doc_id="preview", pictures=gallery.pictures_for(request.user, [text]))
    return HttpResponse(f'<div class="prose" data-preview>{shown}</div>')


@require_POST
def markdown_upload(request: Request) -> HttpResponse:
    """One picture, kept; answers with what to write into the text, or with a sentence."""
    form = UploadForm(request.user, request.POST, request.FILES)
    if not form.is_valid():
        return _refused(str(next(iter(form.errors.values()))[0]))
    upload = form.cleaned_data["image"]
    try:
        photo = actions.file_photo(
            owner=request.user,
            file=upload,
            name=upload.name or "",
            entry=form.cleaned_data["entry"],
            subject=form.subject(),
        )
    except PictureRefused as refused:
        return _refused(refused.message)
    except ValidationError as error:
        return _refused(error.messages[0])
    answer = {
        "image_code": f"![{photo.alt_text}](photo:{photo.uid})",
        "uid": str(photo.uid),
        "alt_url": reverse("journal:photo-edit", args=[photo.uid]),
    }
    return JsonResponse(answer)


def _refused(sentence: str) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=422)
