"""A county's own figures: proposed by one person, in force only when another has approved it."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit import verbs
from audit.county import in_county
from audit.services import record
from cases.dossier import law_book, law_keys
from cases.dossier.figures import LawSetting
from cases.dossier.second_person import require_second_approval
from desk.rights import needs
from law.errors import RuleViolation
from townships.models import Officer

SETTING_PROPOSED = verbs.declare("law_setting_proposed", _("提出本地参数"))
SETTING_APPROVED = verbs.declare("law_setting_approved", _("核准本地参数"))


@needs("authority.edit")
@transaction.atomic
def propose(
    *,
    actor: Officer,
    at: datetime,
    key: str,
    value: dict[str, Any],
    article: str,
    source: str,
    valid_from: date,
) -> LawSetting:
    """Propose a figure with its article and source; what the law does not leave to the place is refused."""
    law_keys.require_valid(key, value, valid_from=valid_from)
    setting = LawSetting.objects.create(
        key=key, value=value, article=article, source=source, valid_from=valid_from, proposed_by=actor
    )
    _record(SETTING_PROPOSED, setting, actor, at)
    return setting


@needs("authority.edit")
@transaction.atomic
def approve(*, setting: LawSetting, actor: Officer, at: datetime) -> LawSetting:
    """Put a figure in force, ending the earlier one that day; whoever proposed it cannot."""
    setting = LawSetting.objects.select_for_update(of=("self",)).get(pk=setting.pk)
    require_second_approval(setting, actor)
    law_keys.require_approvable(setting.key, valid_from=setting.valid_from, on=timezone.localdate(at))
    in_force = _same(setting).exclude(approved_by=None).exclude(pk=setting.pk).select_for_update(of=("self",))
    if in_force.filter(valid_from=setting.valid_from).exists():
        raise RuleViolation(
            "figure_of_that_day_known",
            "同一参数已有同日施行的核准数额。",
            unblock="核对施行日期；确需更改的，以新的施行日期另行提出。",
            message_en="Another approved figure of this setting applies from the same day.",
            unblock_en="Check the day; to change the figure, propose it from another day.",
        )
    in_force.filter(valid_from__lt=setting.valid_from).filter(
        Q(valid_to=None) | Q(valid_to__gt=setting.valid_from)
    ).update(valid_to=setting.valid_from)
    later = in_force.filter(valid_from__gt=setting.valid_from).order_by("valid_from").first()
    setting.valid_to = later.valid_from if later else None
    setting.approved_by, setting.approved_at = actor, at
    setting.save()
    _record(SETTING_APPROVED, setting, actor, at)
    transaction.on_commit(law_book.forget)
    return setting


def _same(setting: LawSetting) -> QuerySet[LawSetting]:
    """Return the settings of the same key for the same place, sector, party and profile."""
    keys = setting.value.get("keys", {})
    same = Q(value__keys=keys) if keys else Q(value__keys={}) | ~Q(value__has_key="keys")
    return in_county(LawSetting).filter(same, key=setting.key)


def _record(verb: verbs.Verb, setting: LawSetting, actor: Officer, at: datetime) -> None:
    record(
        verb,
        chain="law-settings",
        target=setting,
        actor=actor,
        at=at,
        payload={"key": setting.key, "value": setting.value, "valid_from": str(setting.valid_from)},
    )
