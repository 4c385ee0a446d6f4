"""Codes by which the public checks certificates: made, replaced, revoked."""

import secrets
from datetime import datetime

from django.db import transaction

from audit.services import record
from audit.verbs import Verb
from desk.rights import needs
from law.errors import RuleViolation
from townships import verbs
from townships.models import Certificate, CertificateCode, Officer


@needs("authority.edit")
@transaction.atomic
def make_code(*, certificate: Certificate, actor: Officer, at: datetime) -> CertificateCode:
    """Give a certificate a new code; a former one opens nothing any more."""
    locked = Certificate.objects.select_for_update().get(pk=certificate.pk)
    locked.codes.filter(revoked_at=None).update(revoked_at=at)
    code = CertificateCode.objects.create(certificate=locked, token=secrets.token_urlsafe(32), made_at=at)
    _tell(verbs.CERTIFICATE_CODE_MADE, code, actor, at)
    return code


@needs("authority.edit")
@transaction.atomic
def revoke_code(*, certificate: Certificate, actor: Officer, at: datetime) -> CertificateCode:
    """End the code of a certificate, after a loss for instance."""
    code = (
        CertificateCode.objects.select_for_update().filter(certificate=certificate, revoked_at=None).first()
    )
    if code is None:
        raise RuleViolation(
            "no_code_to_revoke",
            "这个证件没有在用的核验码",
            unblock="需要时可以生成核验码",
            message_en="The certificate has no code in use.",
            unblock_en="A code may be made when it is needed.",
        )
    code.revoked_at = at
    code.save(update_fields=["revoked_at"])
    _tell(verbs.CERTIFICATE_CODE_REVOKED, code, actor, at)
    return code


def _tell(verb: Verb, code: CertificateCode, actor: Officer, at: datetime) -> None:
    number = code.certificate.number
    record(
        verb,
        chain=f"officer:{code.certificate.officer_id}",
        target=code,
        actor=actor,
        at=at,
        payload={"number": number},
    )
