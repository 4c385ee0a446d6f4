"""Before filing: a lawful and published basis, no second transfer; and no figure of fines."""

from datetime import date

import pytest

from cases.oversight.ranking import require_measure
from cases.routing.models import HandOver
from cases.routing.rules import retransfer_objection
from catalog.models import ItemVersion, Statute, StatuteVersion
from catalog.selectors import version_in_force
from catalog.sources import Source, source_of
from law.errors import RuleViolation
from tests.cases.standing import again, check, denied, force, standing_at, untouched
from tests.doors.drivers import BACKEND, at
from tests.doors.script import Step
from tests.factories.townships import BodyFactory
from townships.models import AuthorityGrant, Suspension

laid = standing_at("propose-filing")


@pytest.mark.parametrize("name", ["关于规范户外广告的通知", "青禾县户外广告管理意见"])
def test_basis_not_normative_document_else_nothing_is_filed(standing, name):
    force("UPDATE catalog_itemversion SET statute_name = %s", name)
    found = denied(standing, "basis_not_normative_document", "第十六条", again(standing, "propose-filing"))
    assert name in found["message"]


@pytest.mark.parametrize("name", ["治安管理处罚法", "《城市绿化条例》", "城市建筑垃圾管理规定", "民法典"])
def test_laws_regulations_and_rules_are_a_basis(db, name):
    assert source_of(ItemVersion(statute_name=name), date(2026, 3, 4)) == Source(is_law=True, published=True)


def test_basis_published_before_the_act_else_nothing_is_filed(standing):
    version = ItemVersion.objects.get(item=standing.county.item)
    statute, _new = Statute.objects.get_or_create(
        name=version.statute_name, defaults={"level": "local_regulation"}
    )
    StatuteVersion.objects.create(statute=statute, edition="2026修订", valid_from=date(2026, 3, 4))
    found = denied(standing, "basis_published", "第五条", again(standing, "propose-filing"))
    assert found["link"] == "item"
    force("UPDATE catalog_statuteversion SET status = 'published', recorded_from = now()")
    together = version_in_force(standing.county.item, date(2026, 3, 4))
    assert together.entered is not None
    for day, published in ((date(2026, 3, 3), False), (date(2026, 3, 4), True)):
        assert source_of(together, day) == source_of(version, day) == Source(True, published)


def test_jurisdiction_no_retransfer_where_the_sector_forbids_it_and_a_warning_elsewhere(standing):
    case = standing.case()
    HandOver.objects.create(
        case=case,
        from_body=case.handler,
        to_body=BodyFactory(),
        named_before=case.named,
        reason="无管辖权",
        inventory={},
        handed_by=standing.county.clerk,
        handed_at=case.registered_at,
    )
    (warned,) = retransfer_objection(case, date(2026, 3, 4))
    assert (warned.code, warned.blocks) == ("jurisdiction_no_retransfer", False)
    force("UPDATE catalog_itemversion SET domain = '市场监管'")
    other = BodyFactory().pk
    force("UPDATE cases_case SET handler_id = %s, named_id = %s WHERE id = %s", other, other, case.pk)
    step = Step("2026-03-04T10:00", "clerk", "hand-over", {"reason": "再移送"})
    denied(standing, "jurisdiction_no_retransfer", "第十四条", step)


def test_fine_not_performance_target_of_any_report(standing, client):
    for measure in ("fine", "confiscated"):
        with pytest.raises(RuleViolation) as caught:
            require_measure(measure)
        check(caught.value.as_dict(), "fine_not_performance_target", "第七十四条")
    client.force_login(standing.county.supervisor, backend=BACKEND)
    with at("2026-03-04T10:00"), untouched(standing.case_id):
        refused = client.get("/api/v1/statistics/?order=fine")
        assert (refused.status_code, refused.json()["code"]) == (409, "fine_not_performance_target")
        assert client.get("/api/v1/statistics/?order=nonsense").json()["code"] == "measure_unknown"
        assert client.get("/api/v1/statistics/?order=late").status_code == 200
        assert client.get("/statistics/?order=fine").status_code == 409


def test_nobody_orders_a_correction_of_what_is_not_in_their_power(standing):
    for grant in AuthorityGrant.objects.all():
        Suspension.objects.create(grant=grant, suspended_from=date(2026, 3, 2), reason="评估")
    order = again(standing, "order-correction", at="2026-03-03T15:00", due_on="2026-03-09")
    denied(standing, "authority_subject", "第十七条", order)
