"""Writing entries down, reading one, changing it, turning it into another kind; my note of a talk."""

from __future__ import annotations

from typing import Any, BinaryIO, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events import access as world
from events.views.saving import form_methods, next_page
from journal import access, actions, gallery, trail
from journal.devices import device_of
from journal.forms.entries import FORMS, EntryForm, TalkNoteForm, detail_value
from journal.http import Request
from journal.models import Entry, Photo
from journal.photos import PictureRefused
from journal.ribbons import hue_of
from journal.subjects import Subject
from journal.views.about import subject_named

REFUSED = 422
CONFLICT = 409


@require_safe
def entry(request: Request, uid: UUID) -> HttpResponse:
    """Reading mode: the whole entry with its pictures."""
    found = access.entry(request.user, uid)
    photos = list(access.photos(request.user).filter(entry=found))
    context = {
        "entry": found,
        "hue": hue_of(request.user, found.conference),
        "photos": photos,
        "pictures": gallery.pictures_for(request.user, [found.text], photos),
        "crumbs": trail.below(found.conference) if found.conference else [],
        "other_kinds": _other_kinds(found),
    }
    return render(request, "journal/entry.html", context)


@form_methods
def entry_add(request: Request, kind: str) -> HttpResponse:
    """A new entry; what it is about may stand in the address."""
    given = _subject_given(request)
    if request.method != "POST":
        part = {"part": request.GET["part"]} if request.GET.get("part") in Entry.Part.values else {}
        return _page(request, FORMS[kind](request.user, given=given, initial=part))
    if "again" in request.POST:
        return _page(request, FORMS[kind](request.user, given=given, initial=request.POST.dict()))
    form = FORMS[kind](request.user, request.POST, request.FILES, given=given)
    photo = _keep_picture(request, form)
    if not form.is_valid():
        return _page(request, form, status=REFUSED)
    try:
        kept = _write(request, form)
    except actions.Conflict as conflict:
        return _both_texts(request, form, conflict.current)
    except ValidationError as error:
        return _refuse(request, form, error)
    return _written(request, kept, photo)


@form_methods
def entry_edit(request: Request, uid: UUID) -> HttpResponse:
    """An entry changed. What was binned meanwhile on another device comes back with what was typed here."""
    if request.method != "POST":
        found = access.entry(request.user, uid)
        return _page(request, FORMS[found.kind](request.user, entry=found))
    found = access.entry_to_write(request.user, uid)
    kind = _kind_to_write(found, request.POST)
    if "again" in request.POST:
        return _page(request, FORMS[kind](request.user, entry=found, initial=request.POST.dict()))
    form = FORMS[kind](request.user, _as_kind(kind, found, request.POST), request.FILES, entry=found)
    photo = _keep_picture(request, form)
    if not form.is_valid():
        return _page(request, form, status=REFUSED)
    try:
        kept = _revise(request, form, found)
    except actions.Conflict as conflict:
        return _both_texts(request, form, conflict.current)
    except ValidationError as error:
        return _refuse(request, form, error)
    if found.is_binned:
        actions.restore_entry(entry=kept)
        messages.info(request, _("It was in the bin. Saving has taken it out again."))
    if request.POST.get("turn") in FORMS:
        _attach(request, photo, kept)
        return _turned(request, kept, request.POST["turn"])
    return _written(request, kept, photo)


@require_POST
def entry_turn(request: Request, uid: UUID, kind: str) -> HttpResponse:
    """A note made a meal, and back: nothing is lost on the way."""
    return _turned(request, access.entry(request.user, uid), kind)


@require_POST
def talk_note(request: Request, year: int, slug: str, talk_slug: str) -> HttpResponse:
    """My own note of a talk, begun or changed; for htmx a line that says when it was saved."""
    talk = world.talk(request.user, year, slug, talk_slug)
    form = TalkNoteForm(request.POST, note=access.my_note(request.user, talk, _uid_sent(request)))
    context: dict[str, Any] = {"talk": talk, "form": form, "conference": talk.conference, "note": form.note}
    context["crumbs"] = [*trail.below(talk.conference, talk.day), (talk.display_title(), talk.get_absolute_url())]
    if not form.is_valid():
        return _note_page(request, context, REFUSED)
    typed = form.cleaned_data
    try:
        kept = actions.write_note_of_talk(
            owner=request.user,
            talk=talk,
            text=typed["text"],
            base_version=typed["base_version"],
            begun_from=typed["uid"],
            device=device_of(request),
        )
    except actions.Conflict as conflict:
        form.data = _with(form.data, "base_version", str(conflict.current.version))
        form.data = _with(form.data, "uid", str(conflict.current.uid))
        return _note_page(request, context | {"current": conflict.current, "note": conflict.current}, CONFLICT)
    if request.htmx:
        return render(request, "journal/_talk_note_saved.html", {"note": kept, "talk": talk})
    messages.success(request, _("Your note is saved."))
    return redirect(next_page(request) or talk.get_absolute_url())


def _uid_sent(request: Request) -> UUID | None:
    """The uid of the note that the form was opened with."""
    try:
        return UUID(request.POST.get("uid", ""))
    except ValueError:
        return None


# Keeping what was typed


def _keep_picture(request: Request, form: EntryForm) -> Photo | None:
    """The picture of the form, filed before the entry: it is kept whatever becomes of the rest, and named in the form
    so that the next attempt finds it. One that is refused makes the form invalid and nothing else."""
    form.is_valid()
    upload = request.FILES.get("picture")
    if upload is None:
        uid = form.cleaned_data.get("kept_photo")
        return access.photos(request.user).filter(uid=uid).first() if uid else None
    try:
        photo = actions.file_photo(
            owner=request.user,
            file=cast("BinaryIO", upload),
            name=upload.name or "",
            subject=Subject(conference=form.subject.conference),
            visibility=form.cleaned_data.get("visibility") or "private",
        )
    except PictureRefused as refused:
        form.add_error("picture", refused.message)
        return None
    form.data = _with(form.data, "kept_photo", str(photo.uid))
    return photo


def _write(request: Request, form: EntryForm) -> Entry:
    return actions.write_entry(
        owner=request.user,
        kind=form.kind,
        text=form.texts(),
        subject=form.subject,
        fields=form.columns_of_entry(),
        details=form.details(),
        uid=form.cleaned_data["uid"],
        device=device_of(request),
    )


def _revise(request: Request, form: EntryForm, found: Entry) -> Entry:
    return actions.revise_entry(
        entry=found,
        base_version=form.cleaned_data["base_version"] or 0,
        kind=form.kind,
        text=form.texts(),
        subject=form.subject,
        fields=form.columns_of_entry(),
        details=form.details(),
        device=device_of(request),
    )


def _written(request: Request, kept: Entry, photo: Photo | None) -> HttpResponse:
    """Back to where it was begun, else to the entry."""
    _attach(request, photo, kept)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(next_page(request) or _address(kept))


def _attach(request: Request, photo: Photo | None, kept: Entry) -> None:
    """The picture of the form with its entry; one that stands with another entry stays there, and the page says so."""
    if photo is None:
        return
    actions.attach_photo(photo=photo, entry=kept)
    if photo.entry_id != kept.pk:
        messages.info(request, _("This picture was here already and stays with its other entry."))


def _turned(request: Request, found: Entry, kind: str) -> HttpResponse:
    try:
        actions.turn_into(entry=found, kind=kind, base_version=found.version, device=device_of(request))
    except actions.Conflict:
        messages.warning(request, _("It was changed on another device just now. Look at it and try again."))
        return HttpResponseRedirect(_address(found))
    messages.success(request, _("It is a different kind now. Add what belongs to it."))
    return redirect("journal:entry-edit", found.uid)


def _with(sent: Any, name: str, value: str) -> QueryDict:
    data: QueryDict = sent.copy()
    data[name] = value
    return data


def _subject_given(request: Request) -> Subject | None:
    """What the address names. What was typed about something that is gone meanwhile comes back in its form, all the
    same: only opening the page of it is 404."""
    try:
        return subject_named(request.user, request.GET)
    except Http404:
        if request.method != "POST":
            raise
        return None


def _kind_to_write(found: Entry, sent: Any) -> str:
    """The entry's kind. Where it became another one meanwhile, a form with details keeps its own, which the other has
    no fields for."""
    kind = sent.get("kind", found.kind)
    return kind if kind in FORMS and FORMS[kind].columns else found.kind


def _as_kind(kind: str, found: Entry, sent: Any) -> QueryDict:
    """What was sent; where the entry became another kind meanwhile, with the details that this form did not know."""
    data: QueryDict = sent.copy()
    if sent.get("kind", kind) == kind:
        return data
    details = found.details
    for name in FORMS[kind].columns:
        value = detail_value(details, name) if details else None
        if value not in (None, False) and name not in data:
            data[name] = str(value)
    return data


# Answers


def _page(request: Request, form: EntryForm, status: int = 200, **more: Any) -> HttpResponse:
    entry = form.entry
    conference = form.subject.conference
    context = {
        "form": form,
        "entry": entry,
        "kind": form.kind,
        "crumbs": trail.below(conference) if conference else [],
        "kept_picture": bool(form["kept_photo"].value()),
        "next": next_page(request),
        "begun_on": _page_of(form.subject),
        "other_kinds": _other_kinds(entry) if entry else [],
    }
    return render(request, "journal/entry_form.html", context | more, status=status)


def _refuse(request: Request, form: EntryForm, error: ValidationError) -> HttpResponse:
    """What the verb has against it, on its field where the form has that one."""
    for name, sentences in (error.message_dict if hasattr(error, "error_dict") else {"": error.messages}).items():
        form.add_error(name if name in form.fields else None, sentences)
    return _page(request, form, status=REFUSED)


def _both_texts(request: Request, form: EntryForm, current: Entry) -> HttpResponse:
    """What was typed stays in the form, the other text stands beside it; saving again replaces that one."""
    kind = _kind_to_write(current, form.data)
    data = _with(_as_kind(kind, current, form.data), "base_version", str(current.version))
    again = FORMS[kind](request.user, data, entry=current)
    return _page(
        request, again, status=CONFLICT, current=current, action=reverse("journal:entry-edit", args=[current.uid])
    )


def _note_page(request: Request, context: dict[str, Any], status: int) -> HttpResponse:
    """The whole page; for htmx only the form. A browser's htmx swaps 422, so a conflict says that there too."""
    if not request.htmx:
        return render(request, "journal/talk_note.html", context, status=status)
    response = render(request, "journal/_talk_note_form.html", context, status=REFUSED)
    response.headers["HX-Retarget"] = "#talk-note"
    response.headers["HX-Reswap"] = "outerHTML"
    return response


def _other_kinds(entry: Entry) -> list[tuple[str, str]]:
    return [(kind, str(label)) for kind, label in Entry.Kind.choices if kind != entry.kind]


def _page_of(subject: Subject) -> str:
    """The page of what the entry is about, where its button was pressed; empty for nothing yet."""
    thing = subject.talk or subject.day or subject.speaker or subject.venue or subject.conference
    return thing.get_absolute_url() if thing else ""


def _address(entry: Entry) -> str:
    return reverse("journal:entry", args=[entry.uid])
