"""The routing card: who would handle it, in whose name, on what ground, by when, and why nobody else."""

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.dossier.law_book import law_book, profile_of
from cases.routing.delivery import acceptors
from cases.routing.models import HandOver
from catalog.models import ItemVersion
from desk.formats import cn_date, in_chinese
from law import time_limits
from law.competence import Rejection, Verdict
from law.errors import LawError, RuleViolation
from law.powers import AuthorityFact
from townships.models import Body
from townships.models.modes import HANDED_ON, Mode

BADGES: dict[str, tuple[str, str]] = {
    Mode.DELEGATED: ("teal", "file-text"),
    Mode.EMPOWERED: ("blue", "building-community"),
}
CODES: dict[str, str | Promise] = {
    "gap": gettext_lazy("当日没有机关可以办理"),
    "overlap": gettext_lazy("几个机关都可以办理，须先定管辖"),
}


def routing_card(
    verdict: Verdict, *, version: ItemVersion | None, township: Body, on: date
) -> dict[str, Any]:
    """Return what components/routing_card.html shows of a verdict; version: of the item, if one applies."""
    accepted = verdict.accepted
    return {
        "title": _("由%(body)s办理") % {"body": accepted.holder_name}
        if accepted
        else CODES.get(verdict.outcome, verdict.outcome),
        "badges": _badges(accepted, on) if accepted else [],
        "facts": _facts(verdict, accepted, version, township, on)
        if accepted
        else [(_("说明"), "；".join(_told(verdict)))],
        "others": [{"name": row.fact.holder_name, "why": _why_not(row)} for row in verdict.rejected],
        "others_title": _("为什么不是别的机关？"),
    }


def inventory_counts(handed: HandOver) -> list[tuple[str, int]]:
    """Count what goes along with a case that is handed over."""
    listed = handed.inventory
    return [
        (_("文书"), len(listed.get("documents", ()))),
        (_("证据"), len(listed.get("exhibits", ()))),
        (_("在走的时限"), len(listed.get("clocks", ()))),
    ]


def _why_not(row: Rejection) -> str:
    """Tell the reason without the name that stands before it."""
    if not in_chinese():
        return row.en.removeprefix(f"{row.fact.holder_name}: ")
    why, number = row.zh.removeprefix(row.fact.holder_name), row.fact.number
    return why.replace(f"（{number}）", number, 1) if number else why.removeprefix("的")


def _told(verdict: Verdict) -> tuple[str, ...]:
    return verdict.reasons_zh if in_chinese() else verdict.reasons_en


def _badges(accepted: AuthorityFact, on: date) -> list[dict[str, Any]]:
    tone, icon = BADGES.get(accepted.mode, ("grey", "scale"))
    return [
        {"label": Mode(accepted.mode).label, "tone": tone, "icon": icon},
        {
            "label": _("以%(body)s名义、盖其印章") % {"body": accepted.named_name},
            "tone": "grey",
            "icon": "rubber-stamp",
        },
        {"label": _("%(day)s有效") % {"day": cn_date(on, "short")}, "tone": "green", "icon": ""},
    ]


def _facts(
    verdict: Verdict, accepted: AuthorityFact, version: ItemVersion | None, township: Body, on: date
) -> list[tuple[str, str]]:
    until = cn_date(accepted.valid_to) if accepted.valid_to else _("长期")
    from_day = _("%(day)s起，%(until)s") % {"day": cn_date(accepted.valid_from), "until": until}
    if accepted.valid_to:
        from_day = _("%(day)s至%(until)s") % {"day": cn_date(accepted.valid_from), "until": until}
    rows = [
        (_("依据"), "　".join(part for part in (verdict.article, accepted.number) if part)),
        (_("处罚依据"), _punished_under(version)),
        (_("范围"), township.short_name if accepted.mode in HANDED_ON else _("全县")),
        (_("有效期"), from_day),
        (_("交给谁"), _receivers(accepted, on)),
        (_("何时定"), _decide_by(version.domain if version else "", on)),
    ]
    return [(label, text) for label, text in rows if text]


def _punished_under(version: ItemVersion | None) -> str:
    """Cite the article the item is punished under, or say that it is still missing."""
    if version is None:
        return ""
    return version.penalty_cited if version.has_basis else _("待补充，补充前不能调查终结")


def _receivers(accepted: AuthorityFact, on: date) -> str:
    body = Body.objects.filter(pk=accepted.holder_id).first()
    if body is None:
        return ""
    noon = datetime.combine(on, time(12), timezone.get_default_timezone())
    names = "、".join(officer.name for officer in acceptors(body, noon)[:3])
    return _("%(body)s（%(names)s接收）") % {"body": body.short_name, "names": names} if names else body.name


def _decide_by(domain: str, on: date) -> str:
    """Say by when it must be decided whether to file, were it registered that day."""
    try:
        profile = profile_of(domain, on=on)
        clock_id = time_limits.kind_to_clock("filing_check", profile, book=law_book())
        noon = datetime.combine(on, time(12), timezone.get_default_timezone())
        due = time_limits.due(clock_id, trigger=noon, profile=profile, book=law_book())
    except (LawError, RuleViolation):
        return ""
    if due.due_on is None:
        return ""
    length = law_book().newest(clock_id).length_text("zh" if in_chinese() else "en")
    return _("%(day)s前决定是否立案（%(length)s）") % {"day": cn_date(due.due_on, "short"), "length": length}
