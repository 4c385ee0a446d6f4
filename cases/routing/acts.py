"""The acts of routing."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.dossier.authority import verdict_of
from cases.dossier.models import Case
from cases.dossier.moves import Move
from cases.flow.acts import Act, registry
from cases.routing import receiving, rules, services
from cases.routing.forms import JoinForm, OfficersForm, ReasonForm, ReassignForm, RouteForm
from cases.routing.panels import inventory_counts, routing_card
from catalog.models import Item
from law.competence import Verdict
from townships.models import Officer


def routing_panel(case: Case, actor: Officer, on: date) -> Mapping[str, Any]:
    """Show the verdict beside the form."""
    verdict = verdict_of(case, on=on)
    if verdict is None or case.item is None:
        return {"routing": None}
    routing = _card(case, case.item, verdict, on)
    return {"routing": {**routing, "note": _("办理去向 · 按今天有效的权限")}}


def hand_over_panel(case: Case, actor: Officer, on: date) -> Mapping[str, Any]:
    """Show who would take the case over; where nobody would, the obstacle says so."""
    verdict = verdict_of(case, on=on)
    if verdict is None or case.item is None or verdict.handler_id in {None, case.handler_id}:
        return {}
    routing = _card(case, case.item, verdict, on)
    return {"routing": {**routing, "note": _("移交去向 · 按今天有效的权限")}}


def answer_panel(case: Case, actor: Officer, on: date) -> Mapping[str, Any]:
    """Show the hand-over to be answered: from whom, why, with what, and what was said to it."""
    handed = rules.pending(case)
    if handed is None:
        return {}
    answers = handed.answers.select_related("answered_by__body")
    return {"handed": handed, "answers": answers, "counts": inventory_counts(handed)}


def _card(case: Case, item: Item, verdict: Verdict, on: date) -> dict[str, Any]:
    """Return the routing card with the version that binds the case, until it is filed the day's."""
    version = case.item_version or item.versions.in_force(on).first()
    return routing_card(verdict, version=version, township=case.township, on=on)


registry.add(
    Act(
        Move.ROUTE,
        RouteForm,
        services.route,
        obstacles=rules.routing_obstacles,
        panel=routing_panel,
        template="cases/routing/route.html",
    ),
    Act(Move.ACCEPT, OfficersForm, services.accept),
    Act(Move.REFUSE, ReasonForm, services.refuse),
    Act(
        Move.HAND_OVER,
        ReasonForm,
        services.hand_over,
        obstacles=rules.hand_over_obstacles,
        panel=hand_over_panel,
        template="cases/routing/route.html",
    ),
    Act(
        Move.RECEIVE,
        OfficersForm,
        receiving.receive,
        panel=answer_panel,
        template="cases/routing/answer.html",
        applies=rules.receivable,
    ),
    Act(
        Move.REFUSE_HAND_OVER,
        ReasonForm,
        receiving.refuse_hand_over,
        panel=answer_panel,
        template="cases/routing/answer.html",
        hint=gettext_lazy("案件仍在本机关，由法制机构指定办理机关；接收期限停止计算，指定后重新给出。"),
        applies=rules.receivable,
    ),
    Act(
        Move.DESIGNATE,
        ReasonForm,
        receiving.designate,
        panel=answer_panel,
        template="cases/routing/answer.html",
        hint=gettext_lazy("确定由现接收机关办理；按当日权限应由其他机关办理的，改用“移交办理”。"),
        applies=rules.designable,
    ),
    Act(Move.REASSIGN, ReassignForm, services.reassign),
    Act(Move.JOIN, JoinForm, services.join),
)
