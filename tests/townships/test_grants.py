"""The making and the ending of grants: complete, lawful, told in the trail."""

from datetime import UTC, date, datetime, timedelta

import pytest

from audit.models import Event
from audit.selectors import first_broken_link
from catalog.models import PowerType
from law.errors import RuleViolation
from tests.factories.catalog import ItemFactory
from tests.factories.townships import AuthorityGrantFactory, BodyFactory, CertificateFactory, OfficerFactory
from townships.models import AuthorityGrant, GrantItem, GrantStatus, Mode
from townships.selectors import authority_for
from townships.services import grants, lifecycle

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def terms(township, department):
    def make(**changes):
        usual = {
            "mode": Mode.DELEGATED,
            "holder": township,
            "township": township,
            "principal": department,
            "number": "农委〔2026〕1号",
            "legal_basis": "《中华人民共和国农业法》第八十七条",
            "powers": "立案、调查、告知、送达",
            "qualification_note": "有专职队伍和执法记录设备",
            "valid_from": date(2026, 3, 1),
            "valid_to": date(2027, 2, 28),
        }
        return grants.Terms(**{**usual, **changes})

    return make


@pytest.fixture
def empowerment(terms, department):
    def make(**changes):
        usual = {
            "mode": Mode.EMPOWERED,
            "principal": None,
            "origin": department,
            "decision_document": "浙政发〔2024〕11号",
            "valid_to": None,
        }
        return terms(**{**usual, **changes})

    return make


def draft(terms, items, actor, at):
    return grants.draft_grant(terms=terms, items=items, actor=actor, at=at)


def refuses(code):
    return pytest.raises(RuleViolation, check=lambda refusal: refusal.code == code)


def verbs_of(grant):
    return list(Event.objects.filter(chain=grant.chain).order_by("seq").values_list("verb", flat=True))


def test_a_delegation_has_effect_only_when_signed_and_published_by_both(terms, item, township, lawyer, at):
    grant = draft(terms(), [item], lawyer, at)
    assert authority_for(item=item, township=township, on=DAY).handler_id is None
    grants.sign_grant(grant=grant, signed_on=date(2026, 3, 1), actor=lawyer, at=at)
    grants.publish_grant(grant=grant, by_principal_on=date(2026, 3, 1), actor=lawyer, at=at)
    grant.refresh_from_db()
    assert grant.status == GrantStatus.SIGNED
    assert authority_for(item=item, township=township, on=DAY).handler_id is None
    grants.publish_grant(grant=grant, by_holder_on=DAY, actor=lawyer, at=at)
    grant.refresh_from_db()
    assert grant.status == GrantStatus.IN_FORCE
    assert authority_for(item=item, township=township, on=DAY).handler_id == township.pk
    assert verbs_of(grant) == [
        "grant_drafted",
        "grant_signed",
        "grant_published",
        "grant_published",
        "grant_entered_into_force",
    ]
    assert first_broken_link(grant.chain) is None


def test_an_empowerment_has_effect_once_the_county_has_published_its_list(
    empowerment, item, township, lawyer, at
):
    grant = draft(empowerment(), [item], lawyer, at)
    grants.sign_grant(grant=grant, signed_on=DAY, actor=lawyer, at=at)
    grants.publish_grant(grant=grant, by_principal_on=DAY, actor=lawyer, at=at)
    verdict = authority_for(item=item, township=township, on=DAY)
    assert verdict.name_on_documents == township.name


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"legal_basis": " "}, "delegation_contents"),
        ({"powers": ""}, "delegation_contents"),
        ({"valid_to": None}, "delegation_contents"),
        ({"number": ""}, "delegation_contents"),
        ({"principal": None}, "delegation_contents"),
        ({"qualification_note": ""}, "delegatee_qualified"),
        ({"coercive_basis": "某条例第十条"}, "delegation_no_coercive_measure"),
        ({"valid_to": date(2026, 2, 1)}, "days_out_of_order"),
    ],
)
def test_an_incomplete_delegation_is_not_saved(change, code, terms, item, lawyer, at):
    with refuses(code) as refusal:
        draft(terms(**change), [item], lawyer, at)
    assert refusal.value.unblock
    assert not AuthorityGrant.objects.exists()
    assert not Event.objects.exists()


@pytest.fixture
def coercive():
    return ItemFactory(version={"name": "扣押违法经营的工具", "power_type": PowerType.COERCION})


def test_coercive_items_are_never_delegated(terms, item, coercive, lawyer, at):
    with refuses("delegation_no_coercive_measure") as refusal:
        draft(terms(), [item, coercive], lawyer, at)
    assert "扣押违法经营的工具" in refusal.value.message
    assert not AuthorityGrant.objects.exists()


def test_coercive_items_go_to_a_township_on_an_explicit_basis_only(empowerment, coercive, lawyer, at):
    with refuses("empowered_coercion_basis") as refusal:
        draft(empowerment(), [coercive], lawyer, at)
    assert (refusal.value.field, refusal.value.link) == ("coercive_basis", "agreements")
    assert not AuthorityGrant.objects.exists()
    assert draft(empowerment(coercive_basis="省人民政府决定第二条"), [coercive], lawyer, at).items.exists()


def test_a_delegation_without_items_is_not_saved(terms, lawyer, at):
    with refuses("delegation_contents"):
        draft(terms(), [], lawyer, at)


def test_a_township_with_one_certified_officer_cannot_receive_a_delegation(terms, item, lawyer, at):
    small = BodyFactory()
    OfficerFactory(body=small, certified=True)
    OfficerFactory(body=small, is_auxiliary=True)
    with refuses("delegatee_qualified"):
        draft(terms(holder=small, township=small), [item], lawyer, at)


def test_what_was_received_is_not_delegated_on(terms, item, township, lawyer, at):
    AuthorityGrantFactory(empowered=True, holder=township, items=[item])
    other = BodyFactory()
    OfficerFactory.create_batch(2, body=other, certified=True)
    with refuses("no_subdelegation"):
        draft(terms(principal=township, holder=other, township=other), [item], lawyer, at)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"origin": None}, "empowerment_only_county_dept_power"),
        ({"decision_document": ""}, "empowerment_item_published"),
    ],
)
def test_an_empowerment_rests_on_a_department_and_a_provincial_decision(
    change, code, empowerment, item, lawyer, at
):
    with refuses(code):
        draft(empowerment(**change), [item], lawyer, at)
    assert not AuthorityGrant.objects.exists()


def test_detention_is_never_handed_to_a_township(empowerment, new_item, lawyer, at):
    with refuses("empowerment_only_county_dept_power"):
        draft(empowerment(), [new_item(penalty_kinds=["fine", "detention"])], lawyer, at)


def test_of_two_drafts_of_the_same_item_the_second_is_not_signed(terms, item, lawyer, at):
    first = draft(terms(), [item], lawyer, at)
    second = draft(terms(number="农委〔2026〕2号"), [item], lawyer, at)
    grants.sign_grant(grant=first, signed_on=DAY, actor=lawyer, at=at)
    with refuses("authority_overlap"):
        grants.sign_grant(grant=second, signed_on=DAY, actor=lawyer, at=at)
    second.refresh_from_db()
    assert second.status == GrantStatus.DRAFT
    assert GrantItem.objects.filter(live=True).count() == 1


def test_a_second_draft_of_the_same_item_township_and_time_is_refused_with_what_stands(
    terms, item, township, lawyer, at
):
    first = draft(terms(), [item], lawyer, at)
    grants.sign_grant(grant=first, signed_on=DAY, actor=lawyer, at=at)
    with refuses("authority_overlap") as refusal:
        draft(terms(number="农委〔2026〕2号"), [item], lawyer, at)
    for told in ("农委〔2026〕1号", "占用消防通道", township.short_name):
        assert told in refusal.value.message
    assert AuthorityGrant.objects.get() == first
    after = {
        "valid_from": first.valid_to + timedelta(days=1),
        "valid_to": first.valid_to + timedelta(days=90),
    }
    assert draft(terms(number="农委〔2026〕3号", **after), [item], lawyer, at).pk
    assert draft(terms(number="农委〔2026〕4号", replaces=first), [item], lawyer, at).pk


def test_a_grant_is_not_signed_tomorrow(terms, item, lawyer, at):
    grant = draft(terms(), [item], lawyer, at)
    with refuses("date_in_future"):
        grants.sign_grant(grant=grant, signed_on=date(2026, 3, 3), actor=lawyer, at=at)


def test_an_act_out_of_order_is_refused_with_the_present_state(terms, item, lawyer, at):
    grant = draft(terms(), [item], lawyer, at)
    with refuses("grant_state") as refusal:
        grants.publish_grant(grant=grant, by_principal_on=DAY, actor=lawyer, at=at)
    assert "起草中" in refusal.value.message


def test_an_own_power_is_registered_without_an_agreement(item, department, township, lawyer, at):
    terms = grants.Terms(
        mode=Mode.OWN, holder=department, legal_basis="《农业法》第九十条", valid_from=date(2020, 1, 1)
    )
    grants.register_power(terms=terms, items=[item], actor=lawyer, at=at)
    assert authority_for(item=item, township=township, on=DAY).handler_id == department.pk


def test_a_delegation_is_not_registered_like_an_own_power(terms, item, lawyer, at):
    with refuses("power_needs_agreement"):
        grants.register_power(terms=terms(), items=[item], actor=lawyer, at=at)


def test_suspending_and_resuming_are_kept_with_their_days(item, township, lawyer, at):
    grant = AuthorityGrantFactory(holder=township, items=[item])
    lifecycle.suspend_grant(grant=grant, suspended_from=DAY, reason="评估", actor=lawyer, at=at)
    assert authority_for(item=item, township=township, on=DAY).handler_id is None
    later = datetime(2026, 3, 10, 2, tzinfo=UTC)
    lifecycle.resume_grant(grant=grant, last_day=date(2026, 3, 9), actor=lawyer, at=later)
    assert authority_for(item=item, township=township, on=date(2026, 3, 9)).handler_id is None
    assert authority_for(item=item, township=township, on=date(2026, 3, 10)).handler_id == township.pk
    assert verbs_of(grant) == ["grant_suspended", "grant_resumed"]


def test_a_revocation_ends_the_power_and_frees_the_item(terms, item, township, lawyer, at):
    grant = AuthorityGrantFactory(holder=township, items=[item])
    lifecycle.revoke_grant(grant=grant, revoked_on=DAY, reason="调整", actor=lawyer, at=at)
    assert authority_for(item=item, township=township, on=date(2026, 3, 1)).grant_id == grant.pk
    assert authority_for(item=item, township=township, on=DAY).handler_id is None
    following = draft(terms(valid_from=DAY), [item], lawyer, at)
    grants.sign_grant(grant=following, signed_on=DAY, actor=lawyer, at=at)
    following.refresh_from_db()
    assert following.status == GrantStatus.SIGNED


def test_a_revocation_does_not_reach_back(item, township, lawyer, at):
    grant = AuthorityGrantFactory(holder=township, items=[item])
    with refuses("date_in_past"):
        lifecycle.revoke_grant(grant=grant, revoked_on=date(2026, 3, 1), reason="调整", actor=lawyer, at=at)
    grant.refresh_from_db()
    assert grant.status == GrantStatus.IN_FORCE


def test_a_revocation_needs_a_reason(item, township, lawyer, at):
    grant = AuthorityGrantFactory(holder=township, items=[item])
    with refuses("reason_needed"):
        lifecycle.revoke_grant(grant=grant, revoked_on=DAY, reason="  ", actor=lawyer, at=at)


def test_an_item_is_withdrawn_once(item, township, lawyer, at):
    grant = AuthorityGrantFactory(holder=township, items=[item])
    row = grant.items.get()
    lifecycle.withdraw_item(row=row, withdrawn_on=DAY, reason="零使用", actor=lawyer, at=at)
    with refuses("item_already_withdrawn"):
        lifecycle.withdraw_item(row=row, withdrawn_on=DAY, reason="零使用", actor=lawyer, at=at)


def test_the_turn_of_the_day_starts_and_ends_grants_once(item, new_item, township, lawyer, at):
    AuthorityGrantFactory(holder=township, items=[item], valid_to=date(2026, 3, 1))
    AuthorityGrantFactory(holder=township, items=[new_item()], valid_from=DAY, status=GrantStatus.PUBLISHED)
    AuthorityGrantFactory(holder=township, items=[new_item()], valid_to=DAY)
    assert lifecycle.turn_day(at=at) == {"entered": 1, "expired": 1}
    assert lifecycle.turn_day(at=at) == {"entered": 0, "expired": 0}
    assert sorted(AuthorityGrant.objects.values_list("status", flat=True)) == [
        "expired",
        "in_force",
        "in_force",
    ]


def test_a_certificate_suspended_today_does_not_qualify_the_delegatee(terms, item, lawyer, at):
    small = BodyFactory()
    OfficerFactory(body=small, certified=True)
    CertificateFactory(officer=OfficerFactory(body=small), suspended=(DAY, None))
    with refuses("delegatee_qualified"):
        draft(terms(holder=small, township=small), [item], lawyer, at)


def test_empowered_in_own_name_means_a_township_and_never_its_squad_or_a_department(
    empowerment, item, department, lawyer, at
):
    with refuses("empowered_in_own_name") as caught:
        draft(empowerment(holder=department), [item], lawyer, at)
    assert caught.value.unblock
    assert not AuthorityGrant.objects.filter(mode=Mode.EMPOWERED).exists()
    assert not Event.objects.filter(verb="grant_drafted").exists()
