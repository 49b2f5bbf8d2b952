"""Every address of the site: accounts, the admin, the world's forms, and the pages that mix world and book."""

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView, TemplateView

from journal.urls import world_urlpatterns
from journal.views.health import healthz

# The desk has the same door as everything else, with its limits and its second step, and passwords change in one place.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.password_change = RedirectView.as_view(pattern_name="account_change_password")  # type: ignore[assignment]
# Keys of passkeys and of authenticator apps, open sessions, addresses: nothing a desk needs to show.
for secret in (Authenticator, UserSession, EmailAddress):
    admin.site.unregister(secret)

# Django's shortcut from a row of the admin to its page tells the address of any row, also of one not to be seen.
desk_urls, desk, desk_name = admin.site.urls
desk_urls = [pattern for pattern in desk_urls if getattr(pattern, "name", "") != "view_on_site"]

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("admin/", (desk_urls, desk, desk_name)),
    path("accounts/", include("journal.urls_accounts")),
    path("", include("journal.urls", namespace="journal")),
    path("", include("events.urls")),
    path("", include(world_urlpatterns)),
]

if settings.DEBUG:
    # Every part of the look at once, for those who build pages with `./lanyard dev`.
    urlpatterns.append(path("styleguide/", TemplateView.as_view(template_name="styleguide.html")))
