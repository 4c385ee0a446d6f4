"""Instrument: one document of a case. Service: how, when and to whom it was served, with proof."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from audit.keeping import frozen, kept, kept_as_written
from cases.dossier.models import Case
from cases.instruments.kinds import Kind


class Instrument(CountyScoped):
    """One document: frozen paper, kind, the body in whose name it stands, its state."""

    class State(models.TextChoices):
        """How far the document has come."""

        ISSUED = "issued", _("已签发")
        SERVED = "served", _("已送达")
        REPLACED = "replaced", _("已被替换")

    case = models.ForeignKey(Case, models.PROTECT, related_name="instruments")
    kind = models.CharField(_("文书"), max_length=40, choices=Kind.choices)
    paper = models.OneToOneField("papers.Paper", models.PROTECT, related_name="instrument")
    number = models.CharField(_("文号"), max_length=100, blank=True)
    issuer = models.ForeignKey("townships.Body", models.PROTECT, related_name="+", verbose_name=_("名义机关"))
    responsible = models.CharField(_("责任者"), max_length=200)
    state = models.CharField(max_length=12, choices=State.choices, default=State.ISSUED)
    file_order = models.DecimalField(max_digits=6, decimal_places=2)
    issued_at = models.DateTimeField(_("签发时间"))
    # None: made by the system, when authority ended and the case went to another body.
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    authority = models.JSONField(_("权限判断"), default=dict)
    event = models.ForeignKey("audit.Event", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("案件文书")
        verbose_name_plural = _("案件文书")
        indexes = [models.Index(fields=["case", "file_order", "id"], name="instrument_file_order")]
        triggers = [
            kept(),
            frozen("case", "kind", "paper", "number", "issuer", "issued_at", "authority"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()

    @property
    def kind_label(self) -> str:
        """The kind in words; get_kind_display hashes all choices at every call, which lists feel."""
        return str(Kind(self.kind).label)


class Service(CountyScoped):
    """The service of one document: method, instant, recipient and the proof that the method needs."""

    class Method(models.TextChoices):
        """The ways of 民事诉讼法第八十八条至第九十五条、行政处罚法第六十一条."""

        DIRECT = "direct", _("直接送达")
        RETENTION = "retention", _("留置送达")
        POST = "post", _("邮寄送达")
        ELECTRONIC = "electronic", _("电子送达")
        ANNOUNCEMENT = "announcement", _("公告送达")

    instrument = models.OneToOneField(Instrument, models.PROTECT, related_name="service")
    method = models.CharField(_("送达方式"), max_length=20, choices=Method.choices)
    served_at = models.DateTimeField(_("送达时间"))
    place = models.CharField(_("送达地点"), max_length=200)
    recipient = models.CharField(_("受送达人或代收人"), max_length=100)
    relation = models.CharField(_("代收人与受送达人关系"), max_length=60, blank=True)
    witness = models.CharField(_("见证人或影像编号"), max_length=200, blank=True)
    tracking = models.CharField(_("邮件号或公告载体"), max_length=100, blank=True)
    consent = models.BooleanField(_("已签电子送达确认书"), default=False)
    note = models.CharField(_("备注"), max_length=300, blank=True)
    proof = models.ForeignKey(
        "papers.StoredFile", models.PROTECT, null=True, related_name="+", verbose_name=_("送达凭证")
    )
    servers = models.JSONField(_("送达人"), default=list)

    class Meta:
        verbose_name = _("送达")
        verbose_name_plural = _("送达")
        constraints = [
            models.CheckConstraint(
                condition=~Q(method="retention") | ~Q(witness=""), name="service_retention_has_witness"
            ),
            models.CheckConstraint(
                condition=~Q(method="electronic") | Q(consent=True), name="service_electronic_has_consent"
            ),
            models.CheckConstraint(
                condition=~Q(method__in=["post", "announcement"]) | ~Q(tracking=""),
                name="service_post_has_number",
            ),
        ]
        triggers = [kept_as_written()]

    def __str__(self) -> str:
        return f"{self.instrument} · {self.get_method_display()}"
