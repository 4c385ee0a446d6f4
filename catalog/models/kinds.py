"""Kinds met in every list: origin of data, powers, penalties, standings; and how a fine is written."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _


class DataOrigin(models.TextChoices):
    """Whether a row may be relied on: only official data may carry a legal document."""

    OFFICIAL = "official", _("正式公布")
    DRAFT = "draft", _("据法条整理，非正式目录")
    SYNTHETIC = "synthetic", _("合成样例，不得用于办案")


class PowerType(models.TextChoices):
    """Types of administrative power, after the type digits of the national basic code."""

    LICENCE = "licence", _("行政许可")
    PENALTY = "penalty", _("行政处罚")
    COERCION = "coercion", _("行政强制")
    LEVY = "levy", _("行政征收")
    PAYMENT = "payment", _("行政给付")
    INSPECTION = "inspection", _("行政检查")
    CONFIRMATION = "confirmation", _("行政确认")
    REWARD = "reward", _("行政奖励")
    ADJUDICATION = "adjudication", _("行政裁决")
    SERVICE = "service", _("公共服务")
    OTHER = "other", _("其他")


class PenaltyKind(models.TextChoices):
    """Kinds of penalty of article 9 of the Administrative Penalty Law."""

    WARNING = "warning", _("警告")
    CRITICISM = "criticism", _("通报批评")
    FINE = "fine", _("罚款")
    CONFISCATE_GAINS = "confiscate_gains", _("没收违法所得")
    CONFISCATE_GOODS = "confiscate_goods", _("没收非法财物")
    SUSPEND_LICENCE = "suspend_licence", _("暂扣许可证件")
    DOWNGRADE = "downgrade", _("降低资质等级")
    REVOKE_LICENCE = "revoke_licence", _("吊销许可证件")
    RESTRICT_BUSINESS = "restrict_business", _("限制开展生产经营活动")
    SUSPEND_BUSINESS = "suspend_business", _("责令停产停业")
    ORDER_CLOSURE = "order_closure", _("责令关闭")
    RESTRICT_PRACTICE = "restrict_practice", _("限制从业")
    DETENTION = "detention", _("行政拘留")


class Standing(models.TextChoices):
    """Whether an item may be enforced: only what is in use founds a new case."""

    IN_USE = "in_use", _("在用")
    SUSPENDED = "suspended", _("暂停")
    CANCELLED = "cancelled", _("取消")


def fine_text(low: Decimal | None, high: Decimal | None, unit: str) -> str:
    """Write a range such as 500–2,000 元/平方米; nothing where no fine is stated."""
    if low is None and high is None:
        return ""
    unit = str(_(unit)) if unit else ""
    if low == high or low is None or high is None:
        edge = "" if low == high else _("以上") if high is None else _("以下")
        return f"{_plain(high if low is None else low)} {unit}{edge}"
    return f"{_plain(low)}–{_plain(high)} {unit}"


def _plain(value: Decimal | None) -> str:
    return f"{value or 0:,.2f}".removesuffix(".00")
