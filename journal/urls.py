"""Addresses of the book.

`world_urlpatterns` are the mixed pages: things of the world under names without a namespace (so that
`get_absolute_url` and templates/events/ can name them), rendered here together with what the person wrote about them.
`urlpatterns` are private pages and verbs, under `journal:`.
"""

from django.urls import URLPattern, path

import events.converters  # noqa: F401 -- registers <year:…> and <date:…>
import journal.converters  # noqa: F401 -- registers <kind:…>
from journal.views import (
    arriving,
    catalogue,
    conferences,
    editor,
    entries,
    history,
    invitations,
    marks,
    moves,
    people,
    photos,
    presence,
    takeaway,
    talks,
    times,
    today,
    years,
)
from journal.views import bin as bins

app_name = "journal"

# /<year>/<slug>/ and what lies below
CONFERENCE = "<year:year>/<slug:slug>/"
DAY = CONFERENCE + "days/<date:on>/"
TALK = CONFERENCE + "talks/<slug:talk_slug>/"

world_urlpatterns: list[URLPattern] = [
    # people: doors that are open to visitors
    path("welcome/", arriving.welcome, name="welcome"),
    path("welcome/look-around/", arriving.look_around, name="look_around"),
    path("language/", people.set_language, name="set_language"),
    # pages
    path("", today.today, name="today"),
    path("years/", years.years, name="years"),
    path("<year:year>/", years.year, name="year"),
    path("series/<slug:slug>/", catalogue.series, name="series"),
    path("speakers/<slug:slug>/", catalogue.speaker, name="speaker"),
    path("venues/<slug:slug>/", catalogue.venue, name="venue"),
    path(CONFERENCE, conferences.conference, name="conference"),
    path(CONFERENCE + "programme/", conferences.programme, name="programme"),
    path(DAY, conferences.day, name="day"),
    path(TALK, talks.talk, name="talk"),
]

urlpatterns: list[URLPattern] = [
    # people
    path("preferences/", people.preferences, name="preferences"),
    path("preferences/journal.zip", takeaway.download_journal, name="download-journal"),
    path("preferences/invitations/", invitations.invitations, name="invitations"),
    path("preferences/invitations/<uuid:uid>/revoke/", invitations.invitation_revoke, name="invitation-revoke"),
    path("times/", times.times, name="times"),
    # entries
    path("write/<kind:kind>/", entries.entry_add, name="entry-add"),
    path("entries/<uuid:uid>/", entries.entry, name="entry"),
    path("entries/<uuid:uid>/edit/", entries.entry_edit, name="entry-edit"),
    path("entries/<uuid:uid>/turn/<kind:kind>/", entries.entry_turn, name="entry-turn"),
    path("entries/<uuid:uid>/history/", history.entry_history, name="entry-history"),
    path(
        "entries/<uuid:uid>/history/<int:version>/restore/",
        history.entry_restore_revision,
        name="entry-restore-revision",
    ),
    path(TALK + "note/", entries.talk_note, name="talk-note"),
    # bin
    path("bin/", bins.bin, name="bin"),
    path("entries/<uuid:uid>/bin/", bins.entry_bin, name="entry-bin"),
    path("entries/<uuid:uid>/restore/", bins.entry_restore, name="entry-restore"),
    path("entries/<uuid:uid>/delete/", bins.entry_delete, name="entry-delete"),
    # editor
    path("markdown/preview/", editor.markdown_preview, name="markdown-preview"),
    path("markdown/upload/", editor.markdown_upload, name="markdown-upload"),
    # photos
    path("add/picture/", photos.photo_add, name="photo-add"),
    path("photos/<uuid:uid>/", photos.photo, name="photo"),
    path("photos/<uuid:uid>/edit/", photos.photo_edit, name="photo-edit"),
    path("photos/<uuid:uid>/<int:width>.webp", photos.photo_file, name="photo-file"),
    path("photos/<uuid:uid>/original/", photos.photo_original, name="photo-original"),
    path("photos/<uuid:uid>/bin/", photos.photo_bin, name="photo-bin"),
    path("photos/<uuid:uid>/restore/", photos.photo_restore, name="photo-restore"),
    path("photos/<uuid:uid>/delete/", photos.photo_delete, name="photo-delete"),
    # presence
    path(CONFERENCE + "attendance/", presence.attendance, name="attendance"),
    path(CONFERENCE + "attend/", presence.attend, name="attend"),
    path(CONFERENCE + "attendance/withdraw/", presence.attendance_withdraw, name="attendance-withdraw"),
    path(CONFERENCE + "attendance/restore/", presence.attendance_restore, name="attendance-restore"),
    path(CONFERENCE + "marks/", marks.marks, name="marks"),
    path(DAY + "log/", presence.day_log, name="day-log"),
    path(DAY + "arrive/", presence.arrive, name="arrive"),
    path(DAY + "arrive/undo/<str:kept>/", presence.arrive_undo, name="arrive-undo"),
    path(DAY + "leave/", presence.leave, name="leave"),
    path(DAY + "leave/undo/<str:kept>/", presence.leave_undo, name="leave-undo"),
    path(TALK + "mark/", marks.mark, name="mark"),
    path(TALK + "mark/undo/<str:kept>/", marks.mark_undo, name="mark-undo"),
    # the book of one conference
    path(CONFERENCE + "journal/", conferences.journal, name="timeline"),
    path(CONFERENCE + "report/", conferences.report, name="report"),
    path("entries/<uuid:uid>/move/", moves.entry_move, name="entry-move"),
]
