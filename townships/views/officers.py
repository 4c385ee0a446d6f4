"""The force: who works where, with which certificate, and who reviews."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.selectors import trail_of
from desk import clock
from desk.exports import Column
from desk.lists import ListView
from townships.filters import OfficerFilter, OfficerFilterForm
from townships.models import Officer
from townships.selectors import (
    certificate_state,
    get_officer,
    may_see_phone,
    may_set_absence,
    officers_listed,
    staffing,
)
from townships.selectors.certificate_codes import certificates_with_code
from townships.selectors.training import trained_before
from townships.views.acts import ActPage, signed_in
from townships.views.registers import register_tabs
from townships.views.trail import timeline

CRUMBS = [(gettext_lazy("队伍人员"), reverse_lazy("officers"))]


class OfficerList(ListView[Officer]):
    """People by body, with the state of their certificates."""

    template_name = "townships/officers.html"
    list_key = "officers"
    orderings = {"body": ["body__sort_order", "body_id", "id"], "name": ["name", "id"]}
    default_sort = "body"
    filter_class = OfficerFilter
    crumbs = CRUMBS
    export_name = "officers"
    narrowed_by = tuple(OfficerFilterForm.base_fields)
    columns = [
        Column(gettext_lazy("姓名"), lambda officer: officer.name),
        Column(gettext_lazy("机关"), lambda officer: officer.body.name if officer.body else "", 30),
        Column(gettext_lazy("执法证"), lambda officer: _card(officer)[0], 20),
        Column(gettext_lazy("状态"), lambda officer: _card(officer)[1]),
    ]

    def rows(self) -> QuerySet[Officer]:
        """Everybody whose account is open."""
        if not signed_in(self.request).may("authority.view", clock.today()):
            raise PermissionDenied(_("这一页不在你的岗位权限内。"))
        return officers_listed(clock.today()).filter(is_active=True)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the day and the strength of each body."""
        today = clock.today()
        context = super().get_context_data(today=today, staffing=staffing(today), **kwargs)
        context["tabs"] = register_tabs("officers")
        context["people"] = [(officer, certificate_state(officer, today)) for officer in context["page"]]
        return context


def _card(officer: Officer) -> tuple[str, str]:
    state = certificate_state(officer, clock.today())
    return state.certificate.number if state.certificate else "", str(state.label)


@login_required
def officer_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: certificates, posts, roles, and what was done about them."""
    today, viewer = clock.today(), signed_in(request)
    officer = get_officer(viewer, pk, on=today)
    context = {
        "officer": officer,
        "posts": officer.reviewer_posts.select_related("body"),
        "absences": officer.absences.filter(valid_to__gte=today).order_by("valid_from"),
        "may_set_absence": may_set_absence(viewer, officer, today),
        "state": certificate_state(officer, today),
        "coded": certificates_with_code(officer),
        "training": trained_before(officer, today),
        "phone_shown": may_see_phone(viewer, officer, on=today),
        "may_edit": viewer.may("authority.edit", on=today),
        "may_manage": viewer.may("user.manage", on=today),
        "events": timeline(trail_of(f"officer:{officer.pk}")[:30]),
        "today": today,
        "crumbs": [*CRUMBS, (officer.name, "")],
    }
    return render(request, "townships/officer.html", context)


class OfficerAct(ActPage):
    """An act on one person's certificates or posts: the legal department's work."""

    crumbs = CRUMBS

    def door(self, officer: Officer, on: date) -> Officer:
        """The legal department only."""
        return get_officer(officer, self.kwargs["pk"], on=on, code="authority.edit")

    def back(self, target: Officer) -> str:
        """Go to the person."""
        return reverse("officer", args=[target.pk])
