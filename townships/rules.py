"""What the law demands of a grant and of an appointment; each rule names its gate."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from catalog.models import Item, ItemVersion, PowerType
from law import duties, gates
from law.duties import ReviewerFact
from law.errors import RuleViolation
from townships.models import AuthorityGrant, GrantItem, Mode, Officer, ReviewerRank
from townships.models.bodies import COUNTY_DEPARTMENTS, GRASSROOTS
from townships.models.modes import HANDED_ON
from townships.roles import Role
from townships.selectors.authority import named_items
from townships.selectors.holding import beyond_power
from townships.selectors.measures import measure

# Fewer than two certified people could do no act at all (APL 42), so a delegation to them would be empty.
CERTIFIED_STAFF_NEEDED = 2
# So many items of a refusal are named, of more the number is told.
NAMED = 3
NO_AUXILIARY = frozenset({Role.TOWNSHIP_OFFICER, Role.TEAM_LEADER, Role.HEAD, Role.LEGAL_REVIEWER})


def require_contents(grant: AuthorityGrant, item_count: int) -> None:
    """A written delegation states matters, powers, term and its legal basis (APL 20(1)(2))."""
    missing = [
        labels
        for present, labels in (
            (item_count, ("具体事项", "items")),
            (grant.legal_basis.strip(), ("法律依据", "legal basis")),
            (grant.powers.strip() or grant.mode != Mode.DELEGATED, ("权限", "powers")),
            (grant.valid_to or grant.mode != Mode.DELEGATED, ("期限", "term")),
            (grant.number.strip() or grant.mode not in HANDED_ON, ("文号", "document number")),
        )
        if not present
    ]
    if missing:
        raise gates.violation(
            "delegation_contents",
            detail=f"缺少{'、'.join(zh for zh, _en in missing)}",
            detail_en=f"missing: {', '.join(en for _zh, en in missing)}",
            field="items",
        )


def require_qualified_delegatee(grant: AuthorityGrant, certified: int) -> None:
    """A delegatee is a public organisation with certified staff and means (APL 20(1), 21)."""
    if grant.mode != Mode.DELEGATED:
        return
    wanting = []
    if not grant.holder.is_grassroots and grant.holder.kind not in COUNTY_DEPARTMENTS:
        wanting.append(("不是管理公共事务的组织", "no organisation that manages public affairs"))
    if certified < CERTIFIED_STAFF_NEEDED:
        wanting.append((f"持证执法人员只有{certified}名", f"certified officers: {certified}"))
    if not grant.qualification_note.strip():
        wanting.append(("未记载条件核实情况", "how its means were verified is not recorded"))
    if wanting:
        raise gates.violation(
            "delegatee_qualified",
            detail="；".join(zh for zh, _en in wanting),
            detail_en="; ".join(en for _zh, en in wanting),
            field="qualification_note",
        )


def capacity_gaps(certified: int, posts: Mapping[str, int], on: date, *, equipped: bool) -> list[str]:
    """Tell what a township still lacks to take a power on: officers, reviewers, equipment.

    The county's own measure: the law names no numbers (APL 21, 24).
    """
    formal, backup = posts.get(ReviewerRank.FORMAL, 0), posts.get(ReviewerRank.BACKUP, 0)
    asked = (
        (certified, measure("capacity.certified_officers", on), _("持证执法人员")),
        (formal, measure("capacity.formal_reviewers", on), _("专职法制审核人员")),
        (backup, measure("capacity.backup_reviewers", on), _("备选法制审核人员")),
    )
    words = _("%(label)s%(held)d名，应有%(needed)d名")
    gaps = [
        words % {"label": label, "held": held, "needed": needed}
        for held, needed, label in asked
        if held < needed
    ]
    return gaps if equipped else [*gaps, _("执法装备未经核查满足需要")]


def require_capacity(
    grant: AuthorityGrant, certified: int, posts: Mapping[str, int], on: date, *, equipped: bool
) -> None:
    """A township short of people or means takes a power on only with the reason on file (APL 21, 24(1))."""
    if not grant.full_procedure or grant.mode not in HANDED_ON or grant.capacity_note.strip():
        return
    gaps = capacity_gaps(certified, posts, on, equipped=equipped)
    if gaps:
        raise RuleViolation(
            "capacity_short",
            f"承接能力不足：{'；'.join(gaps)}",
            "行政处罚法第二十一条、第二十四条第一款",
            "补足人员和装备后再办，或写明仍予办理的理由",
            link="capacity",
            message_en="The township is short of people or equipment to take the power on",
            unblock_en="Complete staff and equipment first, or state why it is done nevertheless",
            field="capacity_note",
        )


def require_after(day: date, earlier: Iterable[date | None], field: str) -> None:
    """An agreement is reviewed, signed, published and filed in this order (APL 20(2))."""
    latest = max(filter(None, earlier), default=day)
    if day < latest:
        raise RuleViolation(
            "grant_days_out_of_order",
            f"日期早于前一步办理的{latest:%Y年%-m月%-d日}",
            "行政处罚法第二十条第二款",
            "审核、签署、公布、备案依次办理，填写实际日期",
            message_en=f"The day lies before the step it follows, of {latest:%Y-%m-%d}",
            unblock_en="Review, signing, publication and filing follow one another; enter the true days",
            field=field,
        )


def require_reviewed(grant: AuthorityGrant) -> None:
    """An agreement of the full procedure is signed only after its legal review."""
    if grant.full_procedure and grant.reviewed_on is None:
        raise RuleViolation(
            "grant_not_reviewed",
            "该协议尚未通过法制审核，不能签署",
            "行政处罚法第二十条第二款",
            "由起草人以外的法制人员办理法制审核",
            link="agreements",
            message_en="The agreement has not passed its legal review",
            unblock_en="Have it reviewed by somebody of the legal department other than its drafter",
        )


def require_coercion_allowed(grant: AuthorityGrant, items: Collection[Item], on: date) -> None:
    """Coercive power is never delegated; a township is empowered to it on an explicit basis (ACL 17, 22)."""
    basis = grant.coercive_basis.strip()
    if grant.mode == Mode.DELEGATED and basis:
        raise gates.violation("delegation_no_coercive_measure", field="coercive_basis")
    if grant.mode not in HANDED_ON or basis:
        return
    coercive = ItemVersion.objects.in_force(on).filter(item__in=items, power_type=PowerType.COERCION)
    for version in coercive[:1]:
        named = {"detail": version.name, "detail_en": version.name}
        if grant.mode == Mode.DELEGATED:
            raise gates.violation("delegation_no_coercive_measure", **named, field="items")
        raise gates.violation("empowered_coercion_basis", **named, field="coercive_basis")


def require_no_subdelegation(grant: AuthorityGrant, item_ids: Collection[int]) -> None:
    """What one holds by delegation or empowerment is not passed on (APL 20(4))."""
    if grant.mode != Mode.DELEGATED:
        return
    received = GrantItem.objects.filter(
        holder_id=grant.principal_id, item__in=item_ids, mode__in=HANDED_ON, live=True
    ).select_related("grant")
    for row in received:
        if row.period.upper is None or row.period.upper > grant.valid_from:
            raise gates.violation(
                "no_subdelegation",
                detail=f"该事项系依{row.grant}取得",
                detail_en=f"the item was received by {row.grant}",
                field="principal",
            )


def require_within_power(grant: AuthorityGrant, on: date) -> None:
    """A body delegates only within its own power, not what it lost to another body (APL 18, 20(1))."""
    day = max(on, grant.valid_from)
    lacking = list(beyond_power(grant, day).order_by("item_id").values_list("item_id", flat=True))
    if lacking:
        names = list(named_items(lacking[:NAMED], day).values())
        told = f"{'、'.join(names)}等{len(lacking)}项"
        raise RuleViolation(
            "beyond_own_power",
            f"委托机关自{day:%Y年%-m月%-d日}起不具有这些事项的处罚权，不能委托：{told}",
            "行政处罚法第十八条、第二十条第一款",
            "改由现在有权的机关委托，或从本次委托中去掉这些事项",
            link="authority",
            message_en=f"The principal does not hold these powers on {day:%Y-%m-%d}: {', '.join(names)}",
            unblock_en="Have the body that holds the power delegate it, or leave these items out",
            field="codes",
        )


def require_county_power(grant: AuthorityGrant, items: Collection[Item], on: date) -> None:
    """Only county departments' powers go down, to a township or subdistrict, never detention (APL 18, 24)."""
    if grant.mode != Mode.EMPOWERED:
        return
    if grant.origin is None or grant.origin.kind not in COUNTY_DEPARTMENTS:
        raise gates.violation(
            "empowerment_only_county_dept_power",
            detail="未写明原行使的县级部门",
            detail_en="the county department that held it is not named",
            field="origin",
        )
    if grant.holder.kind not in GRASSROOTS:
        raise gates.violation(
            "empowered_in_own_name",
            detail="承接机关不是乡镇人民政府或街道办事处",
            detail_en="the receiver is no township or subdistrict",
            field="holder",
        )
    detention = ItemVersion.objects.in_force(on).filter(item__in=items, penalty_kinds__contains=["detention"])
    if detention.exists():
        raise gates.violation("empowerment_only_county_dept_power", field="items")


def require_published(grant: AuthorityGrant) -> None:
    """An empowerment rests on a provincial decision and a published county list (APL 24(1))."""
    if grant.mode == Mode.EMPOWERED and not grant.decision_document.strip():
        raise gates.violation(
            "empowerment_item_published",
            detail="未登记省级决定文件",
            detail_en="the provincial decision is not registered",
            field="decision_document",
        )
    if grant.mode == Mode.CONCENTRATED and not grant.decision_document.strip():
        raise gates.violation(
            "authority_subject",
            detail="相对集中处罚权须有国务院或者省级人民政府的决定",
            detail_en="powers are concentrated by the State Council or the province",
            field="decision_document",
        )


def require_free(
    grant: AuthorityGrant, item_ids: Collection[int], *, besides: AuthorityGrant | None = None
) -> None:
    """One item of one township is handed on to one body at a time (APL 20(2), 24(1)).

    besides: the grant that this one is to replace, which need not have ended while it is drafted.
    """
    if grant.mode not in HANDED_ON:
        return
    clashes = (
        GrantItem.objects.filter(item__in=item_ids, mode__in=HANDED_ON, live=True)
        .filter(township_id=grant.township_id)
        .exclude(grant__in=[known.pk for known in (grant, besides) if known and known.pk])
        .select_related("grant__township")
        .order_by("item_id")
    )
    for row in clashes:
        starts_before_end = grant.valid_to is None or (
            row.period.lower is None or row.period.lower <= grant.valid_to
        )
        ends_after_start = row.period.upper is None or row.period.upper > grant.valid_from
        if not row.period.isempty and starts_before_end and ends_after_start:
            raise overlap(row)


def overlap(held: GrantItem | None = None) -> RuleViolation:
    """The refusal when an item is already handed on in the same place and time."""
    other = f"：{_held(held)}" if held else ""
    return RuleViolation(
        "authority_overlap",
        f"同一事项在同一乡镇的同一期间已有有效授权{other}",
        "行政处罚法第二十条第二款、第二十四条第一款",
        "由法制机构先收回或撤销原授权，或调整本次授权的事项和期限",
        link="agreements",
        message_en="The item is already handed on in this township for this time",
        unblock_en="The legal department withdraws the earlier grant first, or changes items or term",
        field="codes",
    )


def _held(row: GrantItem) -> str:
    """Say which item lies under which grant, where and until when."""
    names = named_items([row.item_id], row.grant.valid_from)
    until = f"至{row.grant.last_day:%Y年%-m月%-d日}" if row.grant.last_day else "长期"
    place = row.grant.township.short_name if row.grant.township else "全县"
    return f"“{names.get(row.item_id, row.item_id)}”，{row.grant}（{place}，{until}）"


def require_reviewer_qualified(reviewer: ReviewerFact, on: date) -> None:
    """Who first reviews now holds the national legal qualification (APL 58(2))."""
    for refusal in duties.reviewer_qualified(reviewer, on=on):
        raise refusal


def require_role_fits(officer: Officer, role: Role) -> None:
    """Auxiliary staff hold no deciding or acting role; a head's role needs a head."""
    if officer.is_auxiliary and role in NO_AUXILIARY:
        raise gates.violation("auxiliary_not_officer", field="role")
    if role == Role.HEAD and not officer.is_head:
        raise gates.violation(
            "head_decides",
            detail="该人员未登记为机关负责人",
            detail_en="the person is not registered as a head",
            field="role",
        )
