"""The county, its bodies, their teams and places as pages, and the life of bodies."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from audit.county import get_in_county, in_county, this_county
from desk import clock
from townships.forms import bodies as shapes
from townships.forms.agreements import AliasForm, EndBodyForm
from townships.models import Body, County, Officer
from townships.services import bodies, founding
from townships.views.acts import ActPage
from townships.views.authority import CRUMBS, require_editor, require_viewer


class CountyAct(ActPage):
    """An act of the legal department on the county as a whole."""

    crumbs = CRUMBS

    def door(self, officer: Officer, on: date) -> None:
        """The legal department only."""
        require_editor(officer, on)

    def back(self, target: None) -> str:
        """Go to the bodies."""
        return reverse("bodies")


class SettleCounty(CountyAct):
    """What documents say of the county."""

    form_class = shapes.CountyForm
    title = gettext_lazy("本县信息")
    done = gettext_lazy("已登记；此后制作的文书按此填写。")

    def form(self, target: None, data: Any = None) -> shapes.CountyForm:
        """Begin with what is registered."""
        known = County.objects.filter(pk=this_county()).first()
        return shapes.CountyForm(data, on=clock.today(), county=known)

    def service(self, target: None, values: dict[str, Any], officer: Officer) -> County:
        """Register it."""
        return founding.settle_county(actor=officer, at=clock.now(), **values)


class FoundBody(CountyAct):
    """Register a body."""

    form_class = shapes.FoundBodyForm
    title = gettext_lazy("登记机关")
    done = gettext_lazy("已登记机关；接着登记其队伍、村社网格和人员。")

    def service(self, target: None, values: dict[str, Any], officer: Officer) -> Body:
        """Found it."""
        return founding.found_body(actor=officer, at=clock.now(), **values)


class BodyPage(ActPage):
    """An act on one body; the legal department only."""

    crumbs = CRUMBS

    def door(self, officer: Officer, on: date) -> Body:
        """The legal department only."""
        require_editor(officer, on)
        return get_in_county(Body, pk=self.kwargs["pk"])

    def back(self, target: Body) -> str:
        """Go to the bodies."""
        return reverse("bodies")


class EndBody(BodyPage):
    """Abolish or merge a body."""

    form_class = EndBodyForm
    title = gettext_lazy("撤并机关")
    done = gettext_lazy("已登记撤并；在办案件随后移交，委托须由承继机关重新签订。")
    warning = gettext_lazy("该机关的委托和赋权自次日起终止；法定职权和人员转入承继机关。")

    def service(self, target: Body, values: dict[str, Any], officer: Officer) -> None:
        """End it."""
        bodies.end_body(body=target, actor=officer, at=clock.now(), **values)


class AddAlias(BodyPage):
    """Give a body a further name."""

    form_class = AliasForm
    title = gettext_lazy("登记机关别名")
    done = gettext_lazy("已登记别名。")

    def service(self, target: Body, values: dict[str, Any], officer: Officer) -> None:
        """Name it."""
        bodies.add_alias(body=target, actor=officer, at=clock.now(), **values)


class DescribeBody(BodyPage):
    """Change what new documents print of a body."""

    form_class = shapes.DescribeBodyForm
    title = gettext_lazy("地址和账户")
    done = gettext_lazy("已更改；此后制作的文书按此填写。")

    def form(self, target: Body, data: Any = None) -> shapes.DescribeBodyForm:
        """Begin with what is registered."""
        return shapes.DescribeBodyForm(data, on=clock.today(), body=target)

    def service(self, target: Body, values: dict[str, Any], officer: Officer) -> None:
        """Change it."""
        founding.describe_body(body=target, actor=officer, at=clock.now(), **values)


class FormTeam(BodyPage):
    """Form a team of a body."""

    form_class = shapes.TeamForm
    title = gettext_lazy("登记执法队伍")
    done = gettext_lazy("已登记队伍。")

    def service(self, target: Body, values: dict[str, Any], officer: Officer) -> None:
        """Form it."""
        founding.form_team(body=target, actor=officer, at=clock.now(), **values)


class EnterPlaces(BodyPage):
    """Enter villages, communities or grids of a township."""

    form_class = shapes.PlacesForm
    title = gettext_lazy("登记村社网格")
    done = gettext_lazy("已登记村社网格。")

    def service(self, target: Body, values: dict[str, Any], officer: Officer) -> None:
        """Enter them."""
        founding.enter_places(body=target, actor=officer, at=clock.now(), **values)


@login_required
@require_GET
def bodies_page(request: HttpRequest) -> HttpResponse:
    """The county and every body with its teams, places, life, successor and aliases."""
    officer = require_viewer(request)
    rows = in_county(Body).select_related("successor").annotate(place_count=Count("places"))
    rows = rows.order_by("sort_order", "id")
    context = {
        "county": County.objects.filter(pk=this_county()).first(),
        "bodies": rows.prefetch_related("aliases", "teams"),
        "today": clock.today(),
        "may_edit": officer.may("authority.edit", clock.today()),
        "crumbs": [*CRUMBS, (_("机关"), "")],
    }
    return render(request, "townships/bodies.html", context)
