"""What a certificate's code tells the public on a day, and its picture."""

import io
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import segno
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit.county import this_county
from townships.models import Certificate, CertificateCode, Officer


class Standing(StrEnum):
    """How a certificate stands on a day."""

    VALID = "valid"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    BARRED = "barred"
    LEFT = "left"
    REVOKED_CODE = "revoked_code"
    UNKNOWN = "unknown"


WORDS: dict[Standing, tuple[str | Promise, str | Promise]] = {
    Standing.VALID: (_("有效"), _("持证人今日可以凭此证执法。")),
    Standing.NOT_YET: (_("未生效"), _("还没有到有效期的第一日，今日不能凭此证执法。")),
    Standing.EXPIRED: (_("已过期"), _("有效期已满，今日不能凭此证执法。")),
    Standing.BARRED: (_("停用"), _("此证今日停用，持证人不能凭此证执法。")),
    Standing.LEFT: (_("已离岗"), _("持证人已离岗，今日不能凭此证执法。")),
    Standing.REVOKED_CODE: (
        _("核验码已停用"),
        _("这个核验码已停用，不能证明持证人的身份；请看证件原件并向单位核实。"),
    ),
    Standing.UNKNOWN: (
        _("没有这个核验码"),
        _("本县没有生成过这个核验码，不能证明持证人的身份；可向县司法局核实。"),
    ),
}


@dataclass(frozen=True, slots=True)
class PublicCertificate:
    """All that the public learns: of an unknown or ended code, nothing but that."""

    standing: Standing
    certificate: Certificate | None = None

    @property
    def label(self) -> str | Promise:
        """The standing in a word."""
        return WORDS[self.standing][0]

    @property
    def advice(self) -> str | Promise:
        """What it means to whoever stands before the officer."""
        return WORDS[self.standing][1]

    @property
    def is_valid(self) -> bool:
        """Whether the officer may act on it today."""
        return self.standing == Standing.VALID

    @property
    def officer(self) -> Officer | None:
        """Who holds it."""
        return self.certificate.officer if self.certificate else None


def checked(token: str, on: date) -> PublicCertificate:
    """Tell how the certificate behind a code stands on a day."""
    rows = CertificateCode.objects.filter(token=token, county_id=this_county())
    code = rows.select_related("certificate__officer__body", "certificate__limited_to").first()
    if code is None:
        return PublicCertificate(Standing.UNKNOWN)
    if code.revoked_at is not None:
        return PublicCertificate(Standing.REVOKED_CODE)
    return PublicCertificate(_standing(code.certificate, on), code.certificate)


def _standing(card: Certificate, on: date) -> Standing:
    if not card.officer.is_active:
        return Standing.LEFT
    if on < card.valid_from:
        return Standing.NOT_YET
    if on > card.valid_to:
        return Standing.EXPIRED
    return Standing.BARRED if card.bar_on(on) else Standing.VALID


def code_in_use(certificate: Certificate) -> CertificateCode | None:
    """Return the code of a certificate that is not revoked."""
    return certificate.codes.filter(revoked_at=None).first()


def certificates_with_code(officer: Officer) -> set[int]:
    """Return the keys of a person's certificates that have a code in use."""
    codes = CertificateCode.objects.filter(certificate__officer=officer, revoked_at=None)
    return set(codes.values_list("certificate_id", flat=True))


def picture(address: str) -> bytes:
    """Draw an address as QR, as an SVG of its own."""
    drawn = io.BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", scale=6, xmldecl=True)
    return drawn.getvalue()
