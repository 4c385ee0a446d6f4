"""The five ways of holding a power, each carried to a filed case: what the law says, acts and papers do."""

from datetime import date

import pytest

from cases.dossier.duties import require_head
from cases.instruments.kinds import Kind
from cases.review.rules import roster
from law.errors import RuleViolation
from law.powers import MODES
from tests.cases.standing import force
from tests.clocks.conftest import walked
from tests.doors.county import SmallCounty, found_county
from tests.doors.script import before_filing
from tests.factories.townships import AuthorityGrantFactory, BodyFactory, OfficerFactory, ReviewerPostFactory
from townships.models import AuthorityGrant, Mode, Officer
from townships.roles import Role
from townships.selectors import authority_for, consequences_for

pytestmark = pytest.mark.django_db
FILED = date(2026, 3, 5)
TOWNSHIP, BUREAU = "青禾镇人民政府", "青禾县综合行政执法局"
# 行政处罚法第十七条至第二十四条: who works; in whose name, by whose head and reviewers; and coercion.
BY_HAND = {
    Mode.OWN: (BUREAU, BUREAU, "法律、法规规定由青禾县综合行政执法局实施的，可以实施"),
    Mode.CONCENTRATED: (BUREAU, BUREAU, "可以实施法律、法规规定的与该处罚权有关的强制措施"),
    Mode.AUTHORISED: (BUREAU, BUREAU, "法律、行政法规授权的，可以在法定授权范围内以自己名义实施"),
    Mode.DELEGATED: (TOWNSHIP, BUREAU, "不得实施：行政强制措施权不得委托"),
    Mode.EMPOWERED: (TOWNSHIP, TOWNSHIP, "须有法律、法规的明确依据，没有的不得实施"),
}


def handed(mode: str) -> SmallCounty:
    """The small county, with its item held in another way and its people where that way puts them."""
    county = found_county()
    if mode == Mode.EMPOWERED:
        return county
    bureau = BodyFactory(bureau=True, name=BUREAU, document_word="青综执")
    for table in ("townships_grantitem", "townships_authoritygrant"):
        force(f"DELETE FROM {table} WHERE county_id = %s", bureau.county_id)
    if mode == Mode.DELEGATED:
        AuthorityGrantFactory(principal=bureau, holder=county.township, items=[county.item])
    else:
        AuthorityGrantFactory(concentrated=True, mode=mode, holder=bureau, items=[county.item])
    deciding = [county.head.pk, county.deputy.pk, county.reviewer.pk]
    working = [] if mode == Mode.DELEGATED else [county.leader.pk, county.first.pk, county.second.pk]
    Officer.objects.filter(pk__in=deciding + working).update(body=bureau)
    county.reviewer.reviewer_posts.update(body=bureau)
    return county


@pytest.mark.parametrize("mode", MODES)
def test_each_mode_has_all_its_consequences_in_the_answer_the_acts_and_the_papers(mode):
    handler, named, coercion = BY_HAND[mode]
    county = handed(mode)
    case = walked(county, before_filing(county)).case()

    verdict = authority_for(item=county.item, township=county.township, on=FILED)
    assert (verdict.mode, verdict.handler_name, verdict.name_on_documents) == (mode, handler, named)
    follows = {row.key: row.zh for row in consequences_for(verdict)}
    assert (follows["respondent"], follows["defendant"], follows["coercion"]) == (named, named, coercion)
    assert (case.mode, case.handler.name, case.named.name) == (mode, handler, named)
    assert case.number.startswith(case.named.document_word)

    for kind in (Kind.FILING_APPROVAL, Kind.AUTHORITY):
        paper = case.instruments.get(kind=kind).paper
        assert paper.issuer_name == named, kind
    told = case.instruments.get(kind=Kind.AUTHORITY).paper.content
    assert told["decided_in_name_of"] == named
    grant = AuthorityGrant.objects.get(pk=verdict.grant_id)
    assert told["grant"]["number"] == (grant.number or grant.decision_document) != ""
    assert told["follows"] == {
        "head": f"{named}负责人",
        "review": f"{named}法制审核人员",
        "coercion": coercion,
        "respondent": named,
    }

    other = OfficerFactory(
        body=county.township if named == BUREAU else BodyFactory(), roles=[Role.HEAD], is_head=True
    )
    ReviewerPostFactory(body=other.body, officer=OfficerFactory(body=other.body, roles=[Role.LEGAL_REVIEWER]))
    require_head(case, Officer.objects.get(pk=county.head.pk), on=FILED, permission="case.decide")
    with pytest.raises(RuleViolation, check=lambda refusal: refusal.code == "head_decides"):
        require_head(case, other, on=FILED, permission="case.decide")
    assert {post.body.name for post in roster(case, FILED)} == {named}
