"""What an agreement goes through besides signing and publishing: legal review, filing, or being given up."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from audit.services import record
from desk.rights import needs
from law.duties import LEGAL_DEPARTMENT, require_second_person
from law.errors import RuleViolation
from townships import verbs
from townships.models import AuthorityGrant, GrantStatus, Officer
from townships.models.modes import HANDED_ON
from townships.rules import require_after
from townships.services.grants import date_in_future, enter_into_force, locked


@needs("authority.edit")
@transaction.atomic
def review_grant(*, grant: AuthorityGrant, agree: bool, opinion: str, actor: Officer, at: datetime) -> None:
    """Pass a draft in legal review, or return it with reasons; never by whoever drafted it."""
    grant = locked(grant, GrantStatus.DRAFT)
    require_second_person(
        grant.drafted_by_id, actor.pk, article="行政处罚法第二十条第二款", **LEGAL_DEPARTMENT
    )
    if not opinion.strip():
        raise RuleViolation(
            "reason_needed",
            "须写明审核意见",
            unblock="填写意见",
            message_en="The opinion of the review is needed",
            unblock_en="Give the opinion",
            field="opinion",
        )
    grant.reviewed_on = localdate(at) if agree else None
    grant.reviewed_by, grant.review_opinion = actor, opinion
    grant.save(update_fields=["reviewed_on", "reviewed_by", "review_opinion"])
    verb = verbs.GRANT_REVIEWED if agree else verbs.GRANT_RETURNED
    record(verb, chain=grant.chain, target=grant, actor=actor, at=at, payload={"opinion": opinion})


@needs("authority.edit")
@transaction.atomic
def file_grant(
    *, grant: AuthorityGrant, filed_on: date, filing_number: str, actor: Officer, at: datetime
) -> None:
    """Record that a published agreement was filed; with its first day come, it is complete and in force."""
    grant = locked(grant, GrantStatus.PUBLISHED, GrantStatus.IN_FORCE)
    if grant.mode not in HANDED_ON:
        raise RuleViolation(
            "nothing_to_file",
            "只有委托协议和赋权决定须备案；法定职权自登记的生效日期起即有效",
            "行政处罚法第二十条、第二十四条",
            "不必备案；职权有变化的，撤销后重新登记",
            message_en="Only delegations and empowerments are filed; a power by law holds already",
            unblock_en="It needs no filing; where the power changed, revoke it and register it anew",
        )
    if filed_on > localdate(at):
        raise date_in_future("filed_on")
    published = [grant.published_by_principal_on, grant.published_by_holder_on]
    require_after(filed_on, published, "filed_on")
    if grant.filed_on is not None:
        raise RuleViolation(
            "grant_already_filed",
            "该协议已备案",
            unblock="核对备案号",
            message_en="The agreement was filed already",
            unblock_en="Check the filing number",
            field="filed_on",
        )
    grant.filed_on, grant.filing_number = filed_on, filing_number
    grant.save(update_fields=["filed_on", "filing_number"])
    payload = {"on": filed_on.isoformat(), "number": filing_number}
    record(verbs.GRANT_FILED, chain=grant.chain, target=grant, actor=actor, at=at, payload=payload)
    enter_into_force(grant=grant, actor=actor, at=at)


@needs("authority.edit")
@transaction.atomic
def discard_draft(*, grant: AuthorityGrant, actor: Officer, at: datetime) -> None:
    """Give a draft up; what was signed stays for good."""
    grant = locked(grant, GrantStatus.DRAFT)
    payload = {"number": grant.number, "holder": grant.holder_id}
    record(verbs.GRANT_DISCARDED, chain=grant.chain, target=grant, actor=actor, at=at, payload=payload)
    grant.delete()
