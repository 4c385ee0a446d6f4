"""The rail's entries about authority and people, the site's name, and the body one acts for."""

from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.county import this_county
from desk import clock, navigation
from townships.models import Officer
from townships.selectors import remembered

# The registers of people have addresses of their own.
REGISTERS = (
    "/approval-posts/",
    "/auxiliaries/",
    "/certificates/",
    "/forecast/",
    "/secondments/",
    "/staff-changes/",
    "/training/",
    "/zones/",
)


def _may_manage(officer: Officer, on: date) -> bool:
    return officer.may("user.manage", on)


def _may_view(officer: Officer, on: date) -> bool:
    return officer.may("authority.view", on)


def site_name() -> str:
    """Name the site after its county; nothing before the county is set up."""
    county = remembered.counties.get([this_county()]).get(this_county())
    return _("%(county)s行政执法办案平台") % {"county": county.name} if county else ""


def acting(request: HttpRequest) -> navigation.Acting | None:
    """Name the body the officer works for, and the posts held today."""
    officer = request.user
    if not isinstance(officer, Officer) or officer.body_id is None:
        return None
    posts = officer.access(clock.today()).posts
    bodies = remembered.bodies.get([officer.body_id, *(body_id for _role, body_id in posts)])
    others = {body_id for _role, body_id in posts if body_id is not None} - {officer.body_id}
    own = bodies[officer.body_id].short_name
    label = _("%(body)s等 %(n)d 个机关") % {"body": own, "n": len(others) + 1} if others else own
    return navigation.Acting(
        label=label,
        posts=tuple(
            (str(role.label), bodies[body_id].name if body_id is not None else _("全县"))
            for role, body_id in posts
        ),
        note=_("文书以谁的名义由案件的权限决定，写在案件页上。"),
    )


navigation.declare(
    navigation.Entry("agreements", gettext_lazy("委托与赋权"), "route", "agreements", 31, shown=_may_view),
    navigation.Entry(
        "officers", gettext_lazy("队伍人员"), "users", "officers", 32, shown=_may_view, covers=REGISTERS
    ),
    navigation.Entry("users", gettext_lazy("系统管理"), "settings", "users", 42, shown=_may_manage),
)
navigation.provide_site_name(site_name)
navigation.provide_acting(acting)
