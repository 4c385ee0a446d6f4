"""What is shown as handed on is what an act may rest on: a principal delegates only what it still holds."""

from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from cases.routing.evaluation import evaluate
from catalog.models import Item
from law.errors import RuleViolation
from law.powers import unsound
from tests.factories.townships import AuthorityGrantFactory, BodyFactory, OfficerFactory
from townships.models import AuthorityGrant, GrantItem, GrantStatus, Suspension
from townships.roles import Role
from townships.selectors import baseless, facts_for, handed_on, matrix, powers_of
from townships.selectors.authority import holders_of_item, holders_of_own
from townships.selectors.item_notices import owed_by
from townships.services import grants
from townships.services.item_notices import issue_notice

DAY = date(2026, 3, 2)
EVE = DAY - timedelta(days=1)
pytestmark = pytest.mark.django_db


def own(holder, item, **terms):
    return AuthorityGrantFactory(own=True, holder=holder, items=[item], **terms)


def concentrated(item, **terms):
    return AuthorityGrantFactory(concentrated=True, items=[item], **terms)


def ended(grant, day=DAY):
    grant.items.update(period=DateRange(grant.valid_from, day))
    type(grant).objects.filter(pk=grant.pk).update(revoked_on=day, status=GrantStatus.REVOKED)


BASES = {
    "nothing registered": lambda bureau, item, township: None,
    "own": lambda bureau, item, township: own(bureau, item),
    "own from tomorrow": lambda bureau, item, township: own(bureau, item, valid_from=DAY + timedelta(1)),
    "own, expired": lambda bureau, item, township: own(bureau, item, valid_to=EVE),
    "own, revoked": lambda bureau, item, township: ended(own(bureau, item)),
    "own, suspended": lambda bureau, item, township: Suspension.objects.create(
        grant=own(bureau, item), suspended_from=DAY, reason="评估"
    ),
    "own, drafted": lambda bureau, item, township: own(bureau, item, status=GrantStatus.DRAFT),
    "own, but concentrated": lambda bureau, item, township: [own(bureau, item), concentrated(item)],
    "own, concentrated until yesterday": lambda bureau, item, township: [
        own(bureau, item),
        ended(concentrated(item)),
    ],
    "own, concentrated in the township": lambda bureau, item, township: [
        own(bureau, item),
        concentrated(item, township=township),
    ],
    "own, concentrated in another township": lambda bureau, item, township: [
        own(bureau, item),
        concentrated(item, township=BodyFactory()),
    ],
    "own in the township": lambda bureau, item, township: own(bureau, item, township=township),
    "own in another township": lambda bureau, item, township: own(bureau, item, township=BodyFactory()),
    "own, and concentrated in itself": lambda bureau, item, township: [
        own(bureau, item),
        concentrated(item, holder=bureau),
    ],
    "by a law of its own, though concentrated": lambda bureau, item, township: [
        own(bureau, item, mode="authorised"),
        concentrated(item),
    ],
    "another department's": lambda bureau, item, township: own(BodyFactory(department=True), item),
}


def test_set_and_resolver_agree_whatever_becomes_of_the_principals_power(new_item):
    rows = {}
    for name, lay in BASES.items():
        item, township, bureau = new_item(), BodyFactory(), BodyFactory(department=True)
        AuthorityGrantFactory(principal=bureau, holder=township, items=[item])
        AuthorityGrantFactory(empowered=True, origin=bureau, items=[item])
        lay(bureau, item, township)
        rows[item.pk] = name
    sound = set()
    for row in GrantItem.objects.filter(mode__in=["delegated", "empowered"]).select_related(
        "item", "township"
    ):
        facts = facts_for(item=row.item, township=row.township, on=DAY)
        sound |= {
            (fact.grant_id, row.item_id)
            for fact in facts
            if fact.grant_id == row.grant_id and not unsound(fact, facts, DAY)
        }
    assert set(handed_on(DAY).values_list("grant_id", "item_id")) == sound
    assert {rows[item] for item in baseless(DAY).values_list("item", flat=True)} == {
        "own from tomorrow",
        "own, expired",
        "own, revoked",
        "own, suspended",
        "own, but concentrated",
        "own, concentrated in the township",
    }


@pytest.fixture
def taken(new_item, township, department):
    """An item of a delegation, concentrated in the bureau from DAY on, beside one that is left."""
    left, gone = new_item("生产经营假农药"), new_item("占道经营")
    for item in (gone, left):
        own(department, item)
    grant = AuthorityGrantFactory(principal=department, holder=township, items=[left, gone])
    concentrated(gone, valid_from=DAY, holder=BodyFactory(bureau=True))
    return grant, gone, left


def test_from_the_day_of_concentration_no_list_shows_the_township(taken, township, department):
    _grant, gone, left = taken
    for on, items in ((EVE, {gone.pk, left.pk}), (DAY, {left.pk})):
        shown = {held.row.item_id for listed in powers_of(township, on).values() for held in listed}
        assert shown == items
        assert matrix(on)[department.pk, township.pk].count == len(items)
        assert {sheet.row.item_id for sheet in evaluate(since=date(2026, 1, 1), until=on)} == items
        assert (township in [row.holder for row in holders_of_item(gone, on)]) == (gone.pk in items)
    assert {row.holder.kind for row in holders_of_item(gone, DAY)} == {"comprehensive_bureau"}
    assert department.pk in holders_of_own(DAY), "of what is left to it"


def test_a_notice_is_owed_by_whom_the_item_went_to(taken, township, lawyer, at):
    _grant, gone, _left = taken
    issue_notice(
        kind="guidance",
        title="占道经营办理指引",
        body="按新口径办理",
        items=Item.objects.filter(pk=gone.pk),
        valid_from=EVE,
        actor=lawyer,
        at=at,
    )
    bureau = holders_of_item(gone, DAY)[0].holder
    assert (owed_by(township, EVE).count(), owed_by(bureau, EVE).count()) == (1, 0)
    assert (owed_by(township, DAY).count(), owed_by(bureau, DAY).count()) == (0, 1)


def test_a_body_delegates_only_what_it_holds_on_the_first_day(taken, department, lawyer, at):
    _grant, gone, _left = taken
    receiver = BodyFactory()
    OfficerFactory.create_batch(2, body=receiver, certified=True)

    def draft(first_day, number):
        terms = grants.Terms(
            mode="delegated",
            principal=department,
            holder=receiver,
            township=receiver,
            number=number,
            legal_basis="《中华人民共和国农业法》第八十七条",
            powers="调查取证",
            qualification_note="已核实",
            valid_from=first_day,
            valid_to=date(2027, 1, 1),
        )
        return grants.draft_grant(terms=terms, items=[gone], actor=lawyer, at=at - timedelta(days=1))

    for first_day in (DAY, DAY + timedelta(days=30)):
        with pytest.raises(RuleViolation, match="不能委托：占道经营等1项") as refused:
            draft(first_day, "农委〔2026〕1号")
        assert refused.value.code == "beyond_own_power"
    assert not AuthorityGrant.objects.filter(holder=receiver).exists()
    drafted = draft(EVE, "农委〔2026〕2号")
    with pytest.raises(RuleViolation, match="不能委托"):
        grants.sign_grant(grant=drafted, signed_on=EVE, actor=lawyer, at=at)
    assert AuthorityGrant.objects.get(pk=drafted.pk).status == GrantStatus.DRAFT


def test_the_pages_say_which_items_are_without_effect_and_what_to_do(taken, township, sign_in, freeze):
    freeze("2026-03-02 09:00")
    grant, gone, left = taken
    client = sign_in(OfficerFactory(roles=[Role.TOWNSHIP_OFFICER]))
    page = client.get(reverse("grant", args=[grant.pk]))
    assert page.context["baseless"] == {grant.items.get(item=gone).pk}
    assert [held.row.item for held in page.context["items"]] == [gone, left], "what is wrong comes first"
    assert "委托机关已无该项职权，委托无效" in page.content.decode()
    assert f"?item={gone.pk}&amp;township={township.pk}" in page.content.decode()
    powers = client.get(reverse("township_powers", args=[township.pk]))
    assert [(row.pk, row.lost) for row in powers.context["baseless"]] == [(grant.pk, 1)]
    matrix_page = client.get(reverse("agreements")).content.decode()
    assert f"→ {grant.holder.short_name} 1 项" in matrix_page
    assert powers.context["total"] == 1
    assert client.get(f"/api/v1/grants/{grant.pk}/").json()["baseless"] == [gone.pk]
