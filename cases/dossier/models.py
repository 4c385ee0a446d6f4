"""Case: one matter from lead to archive. Assignment: who handled it, in which duty, from when to when."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast, Coalesce, Concat, NullIf, Replace, Upper
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from audit.county import CountyScoped
from audit.keeping import frozen, kept
from cases.dossier.stages import FINISHED, Stage
from townships.models import County
from townships.models.guards import never_auxiliary

# Plates are written with it or without: 浙K·A1234, 浙KA1234.
PLATE_DOT = "·"


class Source(models.TextChoices):
    """Where a lead comes from."""

    PATROL = "patrol", _("巡查发现")
    HOTLINE = "hotline", _("12345 转办")
    REPORT = "report", _("群众举报")
    SUPERIOR = "superior", _("上级交办")
    TRANSFER = "transfer", _("部门移送")
    CAMERA = "camera", _("电子监控")
    PLATFORM = "platform", _("平台推送")


class Case(CountyScoped):
    """One matter, from the lead on; every column that scopes or sorts a list is indexed here.

    handler: the body whose officers do the work. named: the body in whose name documents are issued (the
    principal under delegation, the township itself under empowerment). version: raised by every move, so that
    the second of two editors is told. seat: where the case lies, with its handler, or in its township while
    nobody handles it. principal: the body in whose name another one works. Both are keys of bodies, reckoned
    by the database, so that a body's cases are found by two indexes at most.
    """

    lead_number = models.CharField(_("线索编号"), max_length=60)
    number = models.CharField(_("案号"), max_length=60, null=True, blank=True)
    stage = models.CharField(_("阶段"), max_length=20, choices=Stage.choices, default=Stage.LEAD)
    version = models.PositiveIntegerField(default=1)
    source = models.CharField(_("来源"), max_length=20, choices=Source.choices)
    summary = models.TextField(_("发生了什么"))
    cause = models.CharField(_("案由"), max_length=400, blank=True)
    happened_at = models.DateTimeField(_("发生时间"), null=True, blank=True)
    ended_on = models.DateField(_("行为终了之日"), null=True, blank=True)
    found_on = models.DateField(_("发现之日"))
    township = models.ForeignKey(
        "townships.Body", models.PROTECT, related_name="cases_here", verbose_name=_("所在乡镇")
    )
    place = models.ForeignKey(
        "townships.Place", models.PROTECT, null=True, blank=True, verbose_name=_("村社网格")
    )
    address = models.CharField(_("地点"), max_length=200, blank=True)
    item = models.ForeignKey("catalog.Item", models.PROTECT, null=True, blank=True, verbose_name=_("事项"))
    item_version = models.ForeignKey("catalog.ItemVersion", models.PROTECT, null=True, blank=True)
    party = models.ForeignKey("cases.Party", models.PROTECT, null=True, blank=True, verbose_name=_("当事人"))
    party_name = models.CharField(_("当事人名称"), max_length=200, blank=True)
    handler = models.ForeignKey(
        "townships.Body",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases_handled",
        verbose_name=_("办理机关"),
    )
    item_words = models.CharField(_("事项（线索所称）"), max_length=200, blank=True)
    named = models.ForeignKey(
        "townships.Body",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases_named",
        verbose_name=_("名义机关"),
    )
    mode = models.CharField(_("权限来源"), max_length=20, blank=True)
    grant = models.ForeignKey("townships.AuthorityGrant", models.PROTECT, null=True, blank=True)
    authority = models.JSONField(_("权限判断"), default=dict, blank=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="leads_registered"
    )
    lead_officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases_led",
        verbose_name=_("主办"),
    )
    second_officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases_seconded",
        verbose_name=_("协办"),
    )
    informant_named = models.BooleanField(_("实名举报"), default=False)
    is_open = models.BooleanField(default=True)
    next_due_on = models.DateField(null=True, blank=True)
    next_clock = models.CharField(max_length=60, blank=True)
    registered_at = models.DateTimeField(_("登记时间"))
    filed_on = models.DateField(_("立案日期"), null=True, blank=True)
    decided_on = models.DateField(_("决定日期"), null=True, blank=True)
    served_on = models.DateField(_("送达日期"), null=True, blank=True)
    closed_on = models.DateField(_("结案日期"), null=True, blank=True)
    search_text = models.GeneratedField(
        expression=Upper(
            Replace(
                Concat(
                    Coalesce(F("number"), Value("")),
                    Value(" "),
                    "lead_number",
                    Value(" "),
                    "party_name",
                    Value(" "),
                    "cause",
                    Value(" "),
                    "address",
                    Value(" "),
                    Cast("summary", models.CharField()),
                ),
                Value(PLATE_DOT),
                Value(""),
            )
        ),
        output_field=models.TextField(),
        db_persist=True,
    )
    archived_on = models.DateField(_("归档日期"), null=True, blank=True)
    seat = models.GeneratedField(
        expression=Coalesce("handler", "township"), output_field=models.BigIntegerField(), db_persist=True
    )
    principal = models.GeneratedField(
        expression=NullIf("named", Coalesce("handler", "township")),
        output_field=models.BigIntegerField(null=True),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("案件")
        verbose_name_plural = _("案件")
        constraints = [
            models.UniqueConstraint(fields=["county_id", "lead_number"], name="case_lead_number_once"),
            models.UniqueConstraint(fields=["county_id", "number"], name="case_number_once"),
            models.CheckConstraint(
                condition=Q(is_open=True, stage__in=sorted(set(Stage.values) - {s.value for s in FINISHED}))
                | Q(is_open=False, stage__in=sorted(s.value for s in FINISHED)),
                name="case_open_as_its_stage",
            ),
            models.CheckConstraint(
                condition=Q(lead_officer=None) | ~Q(lead_officer=models.F("second_officer")),
                name="case_two_different_officers",
            ),
            models.CheckConstraint(
                condition=~Q(mode="delegated") | ~Q(handler=models.F("named")),
                name="case_delegation_names_the_principal",
            ),
            models.CheckConstraint(
                condition=~Q(mode="empowered") | Q(handler=models.F("named")),
                name="case_empowerment_in_own_name",
            ),
        ]
        indexes = [
            models.Index(
                fields=["lead_officer", "next_due_on", "id"],
                name="case_lead_queue",
                condition=Q(is_open=True),
            ),
            models.Index(
                fields=["second_officer", "next_due_on", "id"],
                name="case_second_queue",
                condition=Q(is_open=True),
            ),
            models.Index(
                fields=["county_id", "seat", "next_due_on", "id"],
                name="case_seat_queue",
                condition=Q(is_open=True),
            ),
            models.Index(
                fields=["county_id", "next_due_on", "id"], name="case_county_queue", condition=Q(is_open=True)
            ),
            models.Index(fields=["county_id", "-id"], name="case_county_newest"),
            models.Index(fields=["county_id", "seat", "-id"], name="case_seat_newest"),
            models.Index(
                fields=["county_id", "principal", "-id"],
                name="case_principal_newest",
                condition=Q(principal__isnull=False),
            ),
            models.Index(fields=["township", "-id"], name="case_township_newest"),
            models.Index(fields=["stage", "-id"], name="case_stage_newest"),
            models.Index(fields=["item", "township"], name="case_item_township"),
            # Every move writes the pairs of its case anew. What is appended is soon sorted in, so
            # that neither a search reads much of it nor a move sorts long.
            GinIndex(
                Func(
                    F("county_id"),
                    F("search_text"),
                    function="pairs",
                    output_field=ArrayField(models.BigIntegerField()),
                ),
                name="case_county_pairs",
                fastupdate=True,
                gin_pending_list_limit=256,
            ),
        ]
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.number or self.lead_number

    @cached_property
    def county(self) -> County:
        """Return the county whose names the case's documents print and whose figures judge it."""
        return County.objects.get(pk=self.county_id)

    @property
    def chain(self) -> str:
        """The case's own chain in the trail."""
        return f"case:{self.pk}"

    @property
    def title(self) -> str:
        """What a person calls the case: its cause, else the beginning of what was reported."""
        return self.title_of(self.cause, self.summary)

    @staticmethod
    def title_of(cause: str, summary: str) -> str:
        """Name a case of which only these words were read."""
        return cause or summary[:60]


class Assignment(CountyScoped):
    """One officer's duty in one case, with the certificate that was valid when it began."""

    class Duty(models.TextChoices):
        """What the officer does in the case."""

        INVESTIGATOR = "investigator", _("承办人")
        JOINT = "joint", _("共同办理")

    case = models.ForeignKey(Case, models.PROTECT, related_name="assignments")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments")
    duty = models.CharField(max_length=20, choices=Duty.choices)
    certificate_number = models.CharField(max_length=60, blank=True)
    agreement = models.CharField(_("协助函或协调记录文号"), max_length=100, blank=True)
    began_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("承办记录")
        verbose_name_plural = _("承办记录")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "officer", "duty"],
                name="assignment_once_at_a_time",
                condition=Q(ended_on=None),
            )
        ]
        triggers = [
            never_auxiliary(),
            kept(),
            frozen("case", "officer", "duty", "certificate_number", "agreement", "began_on"),
        ]

    def __str__(self) -> str:
        return f"{self.officer} · {self.get_duty_display()}"


class CaseUserObjectPermission(UserObjectPermissionBase, CountyScoped):
    """django-guardian's rows for cases, in their own table: the exceptions, such as joint handling."""

    content_object = models.ForeignKey(Case, models.CASCADE)
