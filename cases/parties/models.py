"""Party: against whom the case runs; identity kept apart from the printed name."""

import re

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from audit.keeping import kept

CREDIT_CODE = re.compile(r"[0-9A-Z]{18}")


class Party(CountyScoped):
    """A citizen, a sole trader (the shop name is the party, the operator noted) or an organisation."""

    class Kind(models.TextChoices):
        """What the law distinguishes for thresholds and printing."""

        CITIZEN = "citizen", _("公民")
        SOLE_TRADER = "sole_trader", _("个体工商户")
        ORGANISATION = "organisation", _("法人或其他组织")

    kind = models.CharField(_("类型"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("姓名或名称"), max_length=200)
    sex = models.CharField(_("性别"), max_length=4, blank=True)
    born_on = models.DateField(_("出生日期"), null=True, blank=True)
    id_number = models.CharField(_("身份证件号码"), max_length=40, blank=True)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    operator = models.CharField(_("经营者"), max_length=60, blank=True)
    legal_representative = models.CharField(_("法定代表人或负责人"), max_length=60, blank=True)
    address = models.CharField(_("住址或住所"), max_length=200, blank=True)
    phone = models.CharField(_("电话"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("当事人")
        verbose_name_plural = _("当事人")
        constraints = [
            models.UniqueConstraint(
                fields=["county_id", "credit_code"],
                name="party_credit_code_once",
                condition=~Q(credit_code=""),
            ),
            models.UniqueConstraint(
                fields=["county_id", "kind", "id_number"],
                name="party_id_number_once",
                condition=Q(kind="citizen") & ~Q(id_number=""),
            ),
        ]
        indexes = [models.Index(fields=["name"], name="party_name")]
        triggers = [kept()]

    def __str__(self) -> str:
        return self.name

    @property
    def speaker(self) -> str:
        """The natural person who speaks for the party; empty while none is known."""
        named = {self.Kind.ORGANISATION: self.legal_representative, self.Kind.SOLE_TRADER: self.operator}
        return named.get(self.Kind(self.kind), self.name)

    @property
    def masked_id(self) -> str:
        """The identity number with its middle hidden."""
        number = self.id_number or self.credit_code
        return f"{number[:4]}{'*' * (len(number) - 6)}{number[-2:]}" if len(number) > 6 else number

    @property
    def masked_phone(self) -> str:
        """The telephone number with its middle hidden."""
        return f"{self.phone[:3]}****{self.phone[-4:]}" if len(self.phone) >= 11 else self.phone
