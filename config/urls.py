"""Every address of the site: accounts, the admin, the world's forms, and the pages that mix world and book."""

from django.contrib import admin
from django.urls import include, path

from journal.urls import world_urlpatterns

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("journal.urls_accounts")),
    path("", include("journal.urls", namespace="journal")),
    path("", include("events.urls")),
    path("", include(world_urlpatterns)),
]
