"""Pictures: adding, reading, describing, binning, and their bytes, which pass through here and nowhere else."""

from __future__ import annotations

from datetime import UTC, timedelta, tzinfo
from datetime import timezone as fixed_zone
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.views.saving import form_methods, next_page, posted
from journal import access, actions
from journal.forms.photos import PhotoAddForm, PhotoForm, WordsFields
from journal.http import Request
from journal.models import Entry, Photo
from journal.photos import PictureRefused, content_type
from journal.serving import picture_bytes
from journal.storage import original, rendition
from journal.subjects import Subject
from journal.views.about import subject_named
from journal.views.posting import status_of
from journal.zones import zone_of_reader, zone_shown

# The bytes of an address never change: a picture is filed once and its sizes are made once.
FOR_EVER = "private, max-age=31536000, immutable"


@form_methods
def photo_add(request: Request) -> HttpResponse:
    """One picture; its subject or its entry stands in the address."""
    entry = _entry_named(request)
    given = None if entry else subject_named(request.user, request.GET)
    if "again" in request.POST:
        form = PhotoAddForm(request.user, initial=_typed(request), entry=entry, given=given)
        return _add_page(request, form, status=200)
    form = PhotoAddForm(request.user, posted(request), request.FILES or None, entry=entry, given=given)
    if form.is_valid():
        filed = _file(request, form)
        if filed is not None:
            return HttpResponseRedirect(next_page(request) or reverse("journal:photo", args=[filed.uid]))
    return _add_page(request, form, status=status_of(request))


@require_safe
def photo(request: Request, uid: UUID) -> HttpResponse:
    """The picture, large, with its words."""
    found = access.photo(request.user, uid)
    subject = _subject_of(found)
    zone = zone_shown(request, subject.conference) if subject.conference else _zone_of(request, found)
    context = {"photo": found, "zone": zone, "subject": subject}
    return render(request, "journal/photo.html", context)


@form_methods
def photo_edit(request: Request, uid: UUID) -> HttpResponse:
    """Caption, alt text, who may see it, time, what it is about."""
    found = access.photo(request.user, uid)
    zone = _zone_of(request, found)
    if "again" in request.POST:
        form = PhotoForm(request.user, photo=found, zone=zone, typed=_typed(request))
        return _edit_page(request, form, status=200)
    form = PhotoForm(request.user, posted(request), photo=found, zone=zone)
    if form.is_valid():
        actions.describe_photo(photo=found, **form.changes())
        messages.success(request, _("Saved."))
        return redirect("journal:photo", found.uid)
    return _edit_page(request, form, status=status_of(request))


@require_safe
def photo_file(request: Request, uid: UUID, width: int) -> HttpResponseBase:
    """One stored size as WebP, kept or in the bin, for its owner."""
    found = access.photo_file(request.user, uid)
    if width not in found.widths:
        raise Http404
    name = f"{found.uid}-{width}.webp"
    return picture_bytes(rendition(found, width), name, "image/webp", attachment=False, caching=FOR_EVER)


@require_safe
def photo_original(request: Request, uid: UUID) -> HttpResponseBase:
    """The file as it came, to take away: it may say where it was taken, so it is never shown in a page."""
    found = access.photo_file(request.user, uid)
    if not found.has_original:
        raise Http404
    name = found.name or f"{found.uid}.{found.format}"
    return picture_bytes(
        original(found), name, content_type(found.format), attachment=True, caching="private, no-store"
    )


@require_POST
def photo_bin(request: Request, uid: UUID) -> HttpResponse:
    """Into the bin, with undo."""
    found = access.photo(request.user, uid)
    actions.bin_photo(photo=found)
    address = reverse("journal:photo-restore", args=[found.uid])
    messages.success(request, _("The picture is in the bin."), extra_tags=f"undo:{address}")
    return redirect(_home_of(found))


@require_POST
def photo_restore(request: Request, uid: UUID) -> HttpResponse:
    """Out of the bin. Pressed twice, it is still there."""
    found = access.photo_file(request.user, uid)
    if found.deleted_at is not None:
        actions.restore_photo(photo=found)
        messages.success(request, _("The picture is back."))
    return redirect("journal:photo", found.uid)


@form_methods
def photo_delete(request: Request, uid: UUID) -> HttpResponse:
    """For good, and only from the bin; asks first."""
    found = access.binned_photo(request.user, uid)
    if request.method == "POST":
        actions.delete_photo_for_good(photo=found)
        messages.success(request, _("The picture and its files are deleted for good."))
        return redirect("journal:bin")
    return render(request, "journal/photo_delete.html", {"photo": found})


def _entry_named(request: Request) -> Entry | None:
    """The person's own entry that `?entry=` names."""
    uid = request.GET.get("entry", "")
    try:
        return access.entry(request.user, UUID(uid)) if uid else None
    except ValueError:
        raise Http404 from None


def _file(request: Request, form: PhotoAddForm) -> Photo | None:
    """The picture, filed; None where it was refused and the form says why."""
    began = timezone.now()
    upload = form.cleaned_data["picture"]
    subject = None if form.entry else form.subject
    try:
        filed = actions.file_photo(
            owner=request.user, file=upload, name=upload.name, entry=form.entry, subject=subject, **form.words()
        )
    except PictureRefused as refused:
        form.add_error("picture", refused.message)
        return None
    if filed.created < began:
        _say_it_was_here(request, filed, form.words())
    else:
        messages.success(request, _("The picture is kept."))
    return filed


def _say_it_was_here(request: Request, known: Photo, typed: dict[str, Any]) -> None:
    """The same picture once more: words that it lacked are taken over, words that it has stay."""
    fresh = {name: typed[name] for name in ("caption", "alt_text") if typed[name] and not getattr(known, name)}
    if fresh:
        actions.describe_photo(photo=known, **fresh)
    if typed["caption"] and known.caption != typed["caption"]:
        sentence = _("This picture was here already and keeps its caption. You typed: %(caption)s")
        messages.warning(request, sentence % {"caption": typed["caption"]})
    else:
        messages.info(request, _("This picture was here already."))


def _zone_of(request: Request, found: Photo) -> tzinfo:
    """The zone its time is typed in: of its conference, else of the reader, else of its camera."""
    conference = found.entry.conference if found.entry else found.conference
    if conference is not None:
        return conference.zone
    own = zone_of_reader(request)
    if own is not None:
        return own
    if found.offset_minutes is not None:
        return fixed_zone(timedelta(minutes=found.offset_minutes))
    return UTC


def _subject_of(found: Photo) -> Subject:
    """What it is about, by its entry where it has one; joined, so that addresses cost no further query."""
    subject = Subject.of(found.entry or found)
    for part in (subject.day, subject.talk):
        if part is not None and subject.conference is not None:
            part.conference = subject.conference
    return subject


def _home_of(found: Photo) -> str:
    """The page on which it stood."""
    if found.entry is not None:
        return reverse("journal:entry", args=[found.entry.uid])
    subject = _subject_of(found)
    home = subject.talk or subject.day or subject.conference or subject.speaker or subject.venue
    return home.get_absolute_url() if home else reverse("today")


def _typed(request: Request) -> dict[str, Any]:
    """What was typed so far, for a page that asks again with the selects of another conference."""
    return {**request.POST.dict(), "again": True}


def _add_page(request: Request, form: WordsFields, *, status: int) -> HttpResponse:
    return render(request, "journal/photo_add.html", {"form": form, "next": next_page(request)}, status=status)


def _edit_page(request: Request, form: PhotoForm, *, status: int) -> HttpResponse:
    return render(request, "journal/photo_form.html", {"form": form, "photo": form.photo}, status=status)
