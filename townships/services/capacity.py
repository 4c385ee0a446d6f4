"""What a body has to enforce with, as somebody found it."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from audit.services import record
from desk.rights import needs
from law.errors import RuleViolation
from townships import verbs
from townships.models import Body, EquipmentCheck, Officer


@needs("authority.edit")
@transaction.atomic
def check_equipment(
    *, body: Body, checked_on: date, adequate: bool, found: str, actor: Officer, at: datetime
) -> EquipmentCheck:
    """Put down what a body has to enforce with; an earlier check stays (行政处罚法第二十一条第（三）项)."""
    if checked_on > localdate(at) or not found.strip():
        raise RuleViolation(
            "equipment_check_incomplete",
            "核查日期晚于今天，或没有写明装备情况",
            "行政处罚法第二十一条",
            "按实际核查日期填写，并写明执法记录仪、车辆、检测设备等情况",
            message_en="The check lies ahead, or does not say what was found",
            unblock_en="Enter the day of the check and describe cameras, vehicles and measuring devices",
            field="checked_on" if checked_on > localdate(at) else "found",
        )
    made = EquipmentCheck.objects.create(
        body=body, checked_on=checked_on, adequate=adequate, found=found, checked_by=actor
    )
    payload = {"check": made.pk, "adequate": adequate, "on": checked_on.isoformat()}
    chain = f"body:{body.pk}"
    record(verbs.EQUIPMENT_CHECKED, chain=chain, target=body, actor=actor, at=at, payload=payload)
    return made
