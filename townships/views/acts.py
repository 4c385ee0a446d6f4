"""The page of an act outside the cases: one door, one form, one service, a refusal shown where one stands."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.views import View

from desk import clock
from law.errors import RuleViolation
from townships.forms.people import DatedForm
from townships.models import Officer


def signed_in(request: HttpRequest) -> Officer:
    """Return the signed-in officer; the login guard stands before."""
    officer = request.user
    if not isinstance(officer, Officer):
        raise TypeError("a signed-in officer is expected here")
    return officer


def with_link(refusal: RuleViolation) -> RuleViolation:
    """Turn the name of the place where a refusal is mended into its address, if it has a page."""
    if refusal.link and not refusal.link.startswith("/"):
        try:
            refusal.link = reverse(refusal.link)
        except NoReverseMatch:
            refusal.link = ""
    return refusal


class ActPage(LoginRequiredMixin, View, ABC):
    """A form page of one act; a subclass names form, title, door, service and where to go afterwards."""

    form_class: type[DatedForm]
    title: str | Promise = ""
    done: str | Promise = ""
    button: str | Promise = ""
    template = "townships/act.html"
    warning: str | Promise = ""
    crumbs: Sequence[tuple[str | Promise, str | Promise]] = ()

    @abstractmethod
    def door(self, officer: Officer, on: date) -> Any:
        """Return what the act is about, or refuse."""

    @abstractmethod
    def service(self, target: Any, values: dict[str, Any], officer: Officer) -> Any:
        """Call the service."""

    @abstractmethod
    def back(self, target: Any) -> str:
        """Return the address to go to afterwards."""

    def subject(self, target: Any) -> str:
        """Say what the act is about."""
        return str(target or "")

    def form(self, target: Any, data: Any = None) -> forms.Form:
        """Build the form."""
        return self.form_class(data, on=clock.today())

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        target = self.door(signed_in(request), clock.today())
        return self.page(request, target, self.form(target))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do the act, or show why not with everything typed still there."""
        officer = signed_in(request)
        target = self.door(officer, clock.today())
        form = self.form(target, request.POST)
        if not form.is_valid():
            return self.page(request, target, form, status=422)
        try:
            result = self.service(target, form.cleaned_data, officer)
        except RuleViolation as refusal:
            return self.page(request, target, form, refusal=with_link(refusal), status=409)
        return self.finish(request, target, result)

    def finish(self, request: HttpRequest, target: Any, result: Any) -> HttpResponse:
        """Tell that it is done and go back."""
        messages.success(request, str(self.done))
        return redirect(self.back(target))

    def page(
        self,
        request: HttpRequest,
        target: Any,
        form: forms.Form,
        refusal: RuleViolation | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """Render the form, the refusal above it."""
        context = {
            "form": form,
            "target": target,
            "subject": self.subject(target),
            "refusal": refusal,
            "title": self.title,
            "button": self.button or self.title,
            "warning": self.warning,
            "back": self.back(target),
            "crumbs": [*self.crumbs, (self.title, "")],
        }
        return render(request, self.template, context, status=status)
