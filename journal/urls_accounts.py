"""Signing in and out by django-allauth: only the doors that are open here."""

from allauth.account import views
from django.urls import path

from events.views.saving import form_methods
from journal.views import people

urlpatterns = [
    path("login/", people.log_in, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("password/change/", people.change_password, name="account_change_password"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", form_methods(views.reauthenticate), name="account_reauthenticate"),
]
