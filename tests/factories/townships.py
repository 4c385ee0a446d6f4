"""Bodies, people and authority for tests; plain rows, so that a test may begin anywhere."""

from datetime import date

import factory
from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateRange
from factory.django import DjangoModelFactory

from townships.models import (
    AuthorityGrant,
    BarReason,
    Body,
    BodyKind,
    Certificate,
    CertificateBar,
    County,
    GrantItem,
    GrantStatus,
    Mode,
    Officer,
    Place,
    PlaceKind,
    ReviewerPost,
    ReviewerRank,
    RoleGrant,
    Secondment,
    Team,
)
from townships.roles import Role

PASSWORD = "right-horse-9-battery"
LONG_AGO = date(2020, 1, 1)
FAR_AHEAD = date(2035, 12, 31)


class CountyFactory(DjangoModelFactory):
    class Meta:
        model = County
        django_get_or_create = ["code"]

    code = factory.LazyFunction(lambda: settings.COUNTY_CODE)
    name = "青禾县"
    government_name = "青禾县人民政府"
    court_name = "青禾县人民法院"
    reconsideration_address = "青禾县城关镇人民路1号县行政复议局"
    bank_name = "青禾农商银行营业部"
    bank_account = "201000123456789"
    place = factory.LazyFunction(lambda: str(settings.COUNTY_CODE))


class BodyFactory(DjangoModelFactory):
    """A township unless a trait says otherwise."""

    class Meta:
        model = Body

    class Params:
        government = factory.Trait(
            kind=BodyKind.COUNTY_GOVERNMENT,
            name=factory.Sequence(lambda n: f"第{n}县人民政府"),
            short_name="县政府",
            document_word=factory.Sequence(lambda n: f"政{n}"),
        )
        bureau = factory.Trait(
            kind=BodyKind.COMPREHENSIVE_BUREAU,
            name=factory.Sequence(lambda n: f"青禾县第{n}综合行政执法局"),
            short_name="综合执法局",
            document_word=factory.Sequence(lambda n: f"综执{n}"),
        )
        department = factory.Trait(
            kind=BodyKind.DEPARTMENT,
            name=factory.Sequence(lambda n: f"青禾县第{n}农业农村局"),
            short_name=factory.Sequence(lambda n: f"第{n}局"),
            document_word=factory.Sequence(lambda n: f"农{n}"),
        )
        subdistrict = factory.Trait(
            kind=BodyKind.SUBDISTRICT,
            name=factory.Sequence(lambda n: f"城{n}街道办事处"),
            short_name=factory.Sequence(lambda n: f"城{n}街道"),
            document_word=factory.Sequence(lambda n: f"城街{n}"),
        )

    kind = BodyKind.TOWNSHIP
    name = factory.Sequence(lambda n: f"江{n}镇人民政府")
    short_name = factory.Sequence(lambda n: f"江{n}镇")
    document_word = factory.Sequence(lambda n: f"江综执{n}")
    seal_name = factory.SelfAttribute("name")


class TeamFactory(DjangoModelFactory):
    class Meta:
        model = Team

    body = factory.SubFactory(BodyFactory)
    name = factory.Sequence(lambda n: f"综合行政执法{n}队")


class PlaceFactory(DjangoModelFactory):
    class Meta:
        model = Place

    township = factory.SubFactory(BodyFactory)
    name = factory.Sequence(lambda n: f"第{n}村")
    kind = PlaceKind.VILLAGE


class CertificateFactory(DjangoModelFactory):
    class Meta:
        model = Certificate
        skip_postgeneration_save = True

    officer = factory.SubFactory("tests.factories.townships.OfficerFactory")
    number = factory.Sequence(lambda n: f"3311{n:08d}")
    area = "青禾县"
    valid_from = LONG_AGO
    valid_to = FAR_AHEAD

    @factory.post_generation
    def suspended(self, create, extracted, **kwargs):
        if extracted:
            first, last = extracted
            CertificateBar.objects.create(
                certificate=self, reason=BarReason.SUSPENDED, valid_from=first, valid_to=last
            )


class RoleGrantFactory(DjangoModelFactory):
    class Meta:
        model = RoleGrant

    officer = factory.SubFactory("tests.factories.townships.OfficerFactory")
    role = Role.TOWNSHIP_OFFICER
    body = None
    valid_from = LONG_AGO


class OfficerFactory(DjangoModelFactory):
    """An officer of a township; roles=[Role.HEAD] or [(Role.SUPERVISOR, body)], certified=True."""

    class Meta:
        model = Officer
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"officer{n}")
    name = factory.Sequence(lambda n: f"王执{n}")
    body = factory.SubFactory(BodyFactory)
    is_head = factory.LazyAttribute(lambda me: Role.HEAD in [r for r in me.roles if isinstance(r, str)])

    class Params:
        principal_head = factory.Trait(is_head=True, is_principal_head=True)
        roles = ()

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        officer = model_class(*args, **kwargs)
        officer.set_password(PASSWORD)
        officer.save()
        return officer

    @factory.post_generation
    def certified(self, create, extracted, **kwargs):
        if extracted:
            CertificateFactory(officer=self, **kwargs)

    @classmethod
    def _generate(cls, strategy, params):
        officer = super()._generate(strategy, params)
        given = params.get("roles") or ([Role.HEAD] if params.get("principal_head") else ())
        for role in given:
            role, body = (role, None) if isinstance(role, str) else role
            RoleGrantFactory(officer=officer, role=role, body=body)
        return officer


class SecondmentFactory(DjangoModelFactory):
    """A township's officer stationed in another body, unless told otherwise."""

    class Meta:
        model = Secondment

    officer = factory.LazyFunction(lambda: OfficerFactory(certified=True, roles=[Role.TOWNSHIP_OFFICER]))
    kind = Secondment.Kind.STATIONED
    owner = factory.SelfAttribute("officer.body")
    using = factory.SubFactory(BodyFactory)
    agreement = "青编〔2026〕3号"
    valid_from = date(2026, 3, 2)
    valid_to = date(2026, 3, 31)


class ReviewerPostFactory(DjangoModelFactory):
    class Meta:
        model = ReviewerPost

    body = factory.SubFactory(BodyFactory)
    officer = factory.LazyAttribute(lambda me: OfficerFactory(body=me.body, roles=[Role.LEGAL_REVIEWER]))
    rank = ReviewerRank.FORMAL
    order = 1
    qualified = True
    qualification_number = factory.Sequence(lambda n: f"A2015331{n:06d}")
    valid_from = LONG_AGO


class AuthorityGrantFactory(DjangoModelFactory):
    """A delegation in force unless a trait says otherwise; items=[item, …] puts items under it."""

    class Meta:
        model = AuthorityGrant
        skip_postgeneration_save = True

    class Params:
        empowered = factory.Trait(
            mode=Mode.EMPOWERED,
            principal=None,
            origin=factory.SubFactory(BodyFactory, department=True),
            number=factory.Sequence(lambda n: f"青政发〔2025〕{n}号"),
            decision_document="浙政发〔2024〕11号",
            valid_to=None,
        )
        own = factory.Trait(
            mode=Mode.OWN,
            principal=None,
            holder=factory.SubFactory(BodyFactory, department=True),
            township=None,
            number="",
            valid_to=None,
        )
        concentrated = factory.Trait(
            mode=Mode.CONCENTRATED,
            principal=None,
            holder=factory.SubFactory(BodyFactory, bureau=True),
            township=None,
            number="",
            decision_document="浙政函〔2019〕3号",
            valid_to=None,
        )

    mode = Mode.DELEGATED
    principal = factory.SubFactory(BodyFactory, department=True)
    holder = factory.SubFactory(BodyFactory)
    township = factory.SelfAttribute("holder")
    number = factory.Sequence(lambda n: f"农委〔2025〕{n}号")
    legal_basis = "《中华人民共和国农业法》第八十七条"
    powers = "立案、调查取证、告知、送达"
    qualification_note = "有专职执法队伍和执法记录设备"
    signed_on = date(2025, 1, 2)
    published_by_principal_on = date(2025, 1, 3)
    published_by_holder_on = date(2025, 1, 3)
    valid_from = date(2025, 1, 1)
    valid_to = date(2027, 12, 31)
    status = GrantStatus.IN_FORCE

    @factory.post_generation
    def items(self, create, extracted, **kwargs):
        upper = self.valid_to
        for item in extracted or ():
            GrantItem.objects.create(
                grant=self,
                item=item,
                holder=self.holder,
                township=self.township,
                mode=self.mode,
                live=self.status != GrantStatus.DRAFT,
                period=DateRange(self.valid_from, upper, "[]" if upper else "[)"),
            )
