"""Open cases held under a grant, as a township has them on the day its authority ends."""

from datetime import date, datetime

from audit import verbs
from audit.services import record
from cases.clocks import services as clocks
from cases.dossier.models import Assignment, Case
from cases.dossier.stages import FINISHED, Stage
from catalog.models import Item
from tests.factories.catalog import ItemFactory
from tests.factories.townships import AuthorityGrantFactory, BodyFactory, CountyFactory, OfficerFactory
from townships.models import AuthorityGrant, Body, Officer
from townships.roles import Role

FOUND = verbs.declare("test_case_found", "立案（测试）")


class Held:
    """A department and a township, an item the department holds by law, and people on both sides."""

    def __init__(self) -> None:
        CountyFactory()
        self.department: Body = BodyFactory(
            department=True, name="青禾县农业农村局", short_name="农业农村局", document_word="青农"
        )
        self.township: Body = BodyFactory(name="江口镇人民政府", short_name="江口镇", document_word="江综执")
        self.item: Item = ItemFactory()
        AuthorityGrantFactory(own=True, holder=self.department, items=[self.item])
        self.officers: list[Officer] = OfficerFactory.create_batch(
            2, body=self.township, roles=[Role.TOWNSHIP_OFFICER], certified=True
        )
        self.receivers: list[Officer] = OfficerFactory.create_batch(
            2, body=self.department, roles=[Role.TEAM_LEADER, Role.TOWNSHIP_OFFICER], certified=True
        )
        self.head: Officer = OfficerFactory(body=self.department, principal_head=True)
        self.lawyer: Officer = OfficerFactory(body=self.department, roles=[Role.LEGAL_DEPARTMENT])

    def delegated(self, **dates: date) -> AuthorityGrant:
        """Conclude a delegation of the item."""
        return AuthorityGrantFactory(
            principal=self.department, holder=self.township, items=[self.item], **dates
        )

    def empowered(self, **dates: date) -> AuthorityGrant:
        """Empower the township to act on the item."""
        return AuthorityGrantFactory(
            empowered=True, origin=self.department, holder=self.township, items=[self.item], **dates
        )

    def case(
        self, grant: AuthorityGrant, *, at: datetime, number: int = 1, stage: Stage = Stage.INVESTIGATING
    ) -> Case:
        """Open a case under the grant; once filed it has its number, its officers and its ninety days."""
        filed = stage not in (Stage.ROUTED, Stage.VERIFYING, Stage.VERIFIED)
        case = Case.objects.create(
            lead_number=f"江源〔2026〕{number}号",
            number=f"江罚案〔2026〕{number}号" if filed else None,
            stage=stage,
            is_open=stage not in FINISHED,
            source="patrol",
            summary=f"第{number}处违规",
            cause=f"第{number}案",
            found_on=at.date(),
            township=self.township,
            item=self.item,
            item_version=self.item.versions.get() if filed else None,
            handler=grant.holder,
            named=grant.principal or grant.holder,
            mode=grant.mode,
            grant=grant,
            registered_by=self.officers[0],
            lead_officer=self.officers[0],
            second_officer=self.officers[1],
            registered_at=at,
            filed_on=at.date() if filed else None,
        )
        started = clocks.foreseen(case, ["case_decision"] if filed else ["filing_check"], at=at)
        event = record(FOUND, chain=case.chain, target=case, actor=self.officers[0], at=at)
        clocks.begin(started, event=event)
        Assignment.objects.bulk_create(
            Assignment(case=case, officer=officer, duty="investigator", began_on=at.date())
            for officer in self.officers
        )
        return case
