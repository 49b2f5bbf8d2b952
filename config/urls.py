"""Every address of the site: accounts, the admin, the world's forms, and the pages that mix world and book."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import TemplateView

from journal.urls import world_urlpatterns

# Django's shortcut from a row of the admin to its page tells the address of any row, also of one not to be seen.
desk_urls, desk, desk_name = admin.site.urls
desk_urls = [pattern for pattern in desk_urls if getattr(pattern, "name", "") != "view_on_site"]

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", (desk_urls, desk, desk_name)),
    path("accounts/", include("journal.urls_accounts")),
    path("", include("journal.urls", namespace="journal")),
    path("", include("events.urls")),
    path("", include(world_urlpatterns)),
]

if settings.DEBUG:
    # Every part of the look at once, for those who build pages with `./lanyard dev`.
    urlpatterns.append(path("styleguide/", TemplateView.as_view(template_name="styleguide.html")))
