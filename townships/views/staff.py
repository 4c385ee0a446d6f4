"""The pages of acts on people's records, and the registers they stand on."""

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from audit.county import in_county
from desk import clock
from townships.forms.staff import StaffForm
from townships.models import ApprovalPost, AuxiliaryPost, Officer, Secondment, TrainingSession
from townships.selectors import post_conflicts
from townships.selectors.forecast import outlooks
from townships.selectors.staff import changes_seen_by, may_call_back, sees_share
from townships.selectors.training import ledger
from townships.selectors.zones import zones_on
from townships.staff_acts import StaffAct
from townships.views.acts import ActPage, signed_in
from townships.views.authority import require_viewer
from townships.views.registers import register_tabs

CRUMBS = [(gettext_lazy("队伍人员"), reverse_lazy("officers"))]
MOST = 200


class StaffActPage(ActPage):
    """One act on people's records; `page_for` makes one for each act."""

    act: ClassVar[StaffAct]
    crumbs = CRUMBS

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Take form and words from the table."""
        super().setup(request, *args, **kwargs)
        self.form_class, self.title, self.done = self.act.form, self.act.title, self.act.done
        self.warning = self.act.warning

    def door(self, officer: Officer, on: date) -> Any:
        """The act's own door."""
        return self.act.find(officer, self.kwargs, on)

    def form(self, target: Any, data: Any = None) -> forms.Form:
        """Offer what the caller may choose."""
        form = super().form(target, data)
        if isinstance(form, StaffForm):
            form.offer_to(signed_in(self.request), clock.today())
        return form

    def service(self, target: Any, values: dict[str, Any], officer: Officer) -> Any:
        """Do it."""
        about = {self.act.about: target} if self.act.about else {}
        return self.act.service(actor=officer, at=clock.now(), **about, **values)

    def back(self, target: Any) -> str:
        """Go to the page on which the act stands."""
        return self.act.back(target)


def page_for(registered: StaffAct) -> Callable[..., HttpResponseBase]:
    """Make the page of an act."""

    class Page(StaffActPage):
        act = registered

    return Page.as_view()


@login_required
@require_GET
def auxiliaries_page(request: HttpRequest) -> HttpResponse:
    """The register of auxiliary staff: whom they assist, in what, since when."""
    posts = in_county(AuxiliaryPost).select_related("officer", "body", "led_by")
    listed = {"posts": posts.order_by("body__sort_order", "officer__name")}
    return _register(request, "auxiliaries", _("辅助人员"), listed)


@login_required
@require_GET
def secondments_page(request: HttpRequest) -> HttpResponse:
    """Who is lent where: running first, then what is over."""
    viewer, today = require_viewer(request), clock.today()
    rows = in_county(Secondment).select_related("officer", "owner", "using").order_by("-valid_to", "id")
    listed = [(row, sees_share(viewer, row, today), may_call_back(viewer, row, today)) for row in rows[:MOST]]
    return _register(request, "secondments", _("借用派驻"), {"rows": listed})


@login_required
@require_GET
def staff_changes_page(request: HttpRequest) -> HttpResponse:
    """Proposed changes of staff with their answers, for those who propose and approve."""
    viewer, today = require_viewer(request), clock.today()
    rows = changes_seen_by(viewer, today).select_related(
        "officer", "from_body", "to_body", "proposed_by", "decided_by"
    )
    listed = {"changes": rows[:MOST], "may_approve": viewer.may("staff.approve", today), "viewer": viewer}
    return _register(request, "staff_changes", _("人员异动"), listed)


@login_required
@require_GET
def approval_posts_page(request: HttpRequest) -> HttpResponse:
    """Posts of approval, and who holds one together with an acting role."""
    today = clock.today()
    posts = (
        in_county(ApprovalPost)
        .select_related("officer", "body")
        .order_by("body__sort_order", "officer__name")
    )
    listed = {"posts": posts, "conflicts": post_conflicts.conflicts_on(today)}
    return _register(
        request, "approval_posts", _("岗位冲突"), {**listed, "barred": post_conflicts.barred(today)}
    )


@login_required
@require_GET
def forecast_page(request: HttpRequest) -> HttpResponse:
    """Where certified officers will be too few within 90 days, and from which day."""
    return _register(request, "forecast", _("持证人员预测"), {"outlooks": outlooks(clock.today())})


@login_required
@require_GET
def training_page(request: HttpRequest) -> HttpResponse:
    """The ledger of the year: who has had how much of the training asked, and the trainings held."""
    today = clock.today()
    sessions = in_county(TrainingSession).select_related("organiser").annotate(people=Count("attendances"))
    rows = ledger(today)
    listed = {
        "ledger": rows,
        "behind": sum(not row.enough for row in rows),
        "sessions": sessions.filter(held_on__year=today.year),
    }
    return _register(request, "training", _("培训台账"), listed)


@login_required
@require_GET
def zones_page(request: HttpRequest) -> HttpResponse:
    """Zones with their places and those who answer for them."""
    return _register(request, "zones", _("片区网格"), {"zones": zones_on(clock.today())})


def _register(request: HttpRequest, name: str, title: str, listed: dict[str, Any]) -> HttpResponse:
    """Show one register, by the name of its page, to whoever may look at people."""
    viewer, today = require_viewer(request), clock.today()
    context = {
        **listed,
        "title": title,
        "today": today,
        "may_edit": viewer.may("authority.edit", today),
        "may_propose": viewer.may("staff.propose", today),
        "tabs": register_tabs(name),
        "crumbs": [*CRUMBS, (title, "")],
    }
    return render(request, f"townships/people_{name}.html", context)
