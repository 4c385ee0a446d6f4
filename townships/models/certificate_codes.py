"""The code by which anybody may check a certificate: not to be guessed, revocable, one at a time."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from townships.models.certificates import Certificate


class CertificateCode(CountyScoped):
    """One code of a certificate; it is printed as QR, so it is kept as it is and ends when it is revoked."""

    certificate = models.ForeignKey(
        Certificate, on_delete=models.PROTECT, related_name="codes", verbose_name=_("执法证")
    )
    token = models.CharField(_("核验码"), max_length=43, unique=True)
    made_at = models.DateTimeField(_("生成时间"))
    revoked_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("执法证核验码")
        verbose_name_plural = _("执法证核验码")
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"], condition=Q(revoked_at=None), name="certificate_code_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} · {self.pk}"
