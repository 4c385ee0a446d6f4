"""The five ways of holding a power, and the life of one grant of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mode(models.TextChoices):
    """The five ways in which a body holds a power (APL 17, 18, 19, 20, 24)."""

    OWN = "own", _("法定职权")
    CONCENTRATED = "concentrated", _("相对集中处罚权")
    AUTHORISED = "authorised", _("法律法规授权")
    DELEGATED = "delegated", _("委托")
    EMPOWERED = "empowered", _("赋权")


# Only these two hand a power on, so only these two can collide; own powers may lie beside them.
HANDED_ON = (Mode.DELEGATED, Mode.EMPOWERED)


class GrantStatus(models.TextChoices):
    """The life of a grant; what holds on a day follows from its dates, never from this word alone."""

    DRAFT = "draft", _("起草中")
    SIGNED = "signed", _("已签署")
    PUBLISHED = "published", _("已公布")
    IN_FORCE = "in_force", _("有效")
    SUSPENDED = "suspended", _("已中止")
    EXPIRED = "expired", _("已届满")
    REVOKED = "revoked", _("已撤销")
