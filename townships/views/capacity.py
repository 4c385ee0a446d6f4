"""Whether each township can take a power on: the cards of a day, and the check of its equipment."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from desk import clock
from townships.forms.rosters import EquipmentForm
from townships.models import Body, Officer
from townships.selectors.capacity import capacity_cards
from townships.services.capacity import check_equipment
from townships.views.acts import ActPage, signed_in


@login_required
@require_GET
def capacity_page(request: HttpRequest) -> HttpResponse:
    """Show the card of every township today."""
    officer, today = signed_in(request), clock.today()
    if not officer.may("authority.view", today):
        raise PermissionDenied(_("这一页不在你的岗位权限内。"))
    context = {
        "cards": capacity_cards(today),
        "may_edit": officer.may("authority.edit", today),
        "today": today,
        "crumbs": [(_("委托与赋权"), reverse("agreements")), (_("承接能力"), "")],
    }
    return render(request, "townships/capacity.html", context)


class CheckEquipment(ActPage):
    """Put down what a township has to enforce with: the legal department's work."""

    form_class = EquipmentForm
    title = gettext_lazy("核查执法装备")
    done = gettext_lazy("核查结果已登记。")
    crumbs = ((gettext_lazy("承接能力"), reverse_lazy("capacity")),)

    def door(self, officer: Officer, on: Any) -> Body:
        """The legal department only."""
        body = get_object_or_404(Body, pk=self.kwargs["pk"], county_id=officer.county_id)
        if not officer.may("authority.edit", on):
            raise PermissionDenied(_("执法装备由法制机构核查。"))
        return body

    def service(self, target: Body, values: dict[str, Any], officer: Officer) -> None:
        """Put it down."""
        check_equipment(body=target, actor=officer, at=clock.now(), **values)

    def back(self, target: Body) -> str:
        """Go to the cards."""
        return reverse("capacity")
