"""The pages of acts on people's records, and the registers they stand on."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from desk import clock
from townships.models import AuxiliaryPost, Officer
from townships.staff_acts import StaffAct
from townships.views.acts import ActPage, signed_in
from townships.views.authority import require_viewer

CRUMBS = [(gettext_lazy("队伍人员"), reverse_lazy("officers"))]


class StaffActPage(ActPage):
    """One act on people's records; `as_view(act=…)`."""

    act: StaffAct = None  # type: ignore[assignment]  # set by as_view for each act
    crumbs = CRUMBS

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Take form and words from the table."""
        super().setup(request, *args, **kwargs)
        self.form_class, self.title, self.done = self.act.form, self.act.title, self.act.done
        self.warning = self.act.warning

    def door(self, officer: Officer, on: date) -> Any:
        """Whoever holds the act's permission; the row must be of their county."""
        if not officer.may(self.act.code, on):
            raise PermissionDenied(_("这项操作不在你的岗位权限内；可请系统管理员或法制机构办理。"))
        if self.act.model is None:
            return None
        return get_object_or_404(self.act.model, pk=self.kwargs["pk"], county_id=officer.county_id)

    def service(self, target: Any, values: dict[str, Any], officer: Officer) -> Any:
        """Do it."""
        about = {self.act.about: target} if self.act.about else {}
        return self.act.service(actor=officer, at=clock.now(), **about, **values)

    def back(self, target: Any) -> str:
        """Go to the page on which the act stands."""
        return self.act.back(target)


@login_required
@require_GET
def auxiliaries_page(request: HttpRequest) -> HttpResponse:
    """The register of auxiliary staff: whom they assist, in what, since when."""
    officer, today = require_viewer(request), clock.today()
    posts = AuxiliaryPost.objects.filter(county_id=officer.county_id).select_related(
        "officer", "body", "led_by"
    )
    context = {
        "posts": posts.select_related("officer", "body", "led_by").order_by(
            "body__sort_order", "officer__name"
        ),
        "today": today,
        "may_edit": signed_in(request).may("authority.edit", today),
        "crumbs": [*CRUMBS, (_("辅助人员"), "")],
    }
    return render(request, "townships/people_auxiliaries.html", context)
