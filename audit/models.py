"""Event: the append-only, hash-chained trail. Delivery: the outbox of what follows from an event."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped

CHAIN_LINK = """
    PERFORM pg_advisory_xact_lock(hashtextextended(NEW.chain, 0));
    SELECT seq, hash INTO last_seq, last_hash FROM audit_event
        WHERE chain = NEW.chain ORDER BY seq DESC LIMIT 1;
    NEW.seq := COALESCE(last_seq, 0) + 1;
    NEW.prev_hash := COALESCE(last_hash, ''::bytea);
    NEW.recorded_at := clock_timestamp();
    NEW.hash := audit_event_digest(NEW);
    RETURN NEW;
"""


class Event(CountyScoped):
    """One thing that happened: who, what, to which object, when it happened and when it was recorded.

    The database numbers and hashes the event inside its chain (one chain a case) and refuses UPDATE, DELETE
    and TRUNCATE.
    """

    chain = models.CharField(_("链"), max_length=60)
    seq = models.PositiveIntegerField(_("序号"), default=0)
    verb = models.CharField(_("动作"), max_length=60)
    target_type = models.CharField(_("对象类型"), max_length=60)
    target_id = models.BigIntegerField(_("对象"))
    payload = models.JSONField(_("内容"), default=dict)
    actor_id = models.BigIntegerField(_("行为人"), null=True)
    actor_name = models.CharField(_("行为人姓名"), max_length=60, default="")
    address = models.CharField(_("地址"), max_length=60, default="")
    request_id = models.CharField(_("请求编号"), max_length=20, default="")
    occurred_at = models.DateTimeField(_("发生时间"))
    recorded_at = models.DateTimeField(_("记录时间"), null=True)
    prev_hash = models.BinaryField(default=b"")
    hash = models.BinaryField(default=b"")

    class Meta:
        verbose_name = _("过程记录")
        verbose_name_plural = _("过程记录")
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="event_once_per_chain_seq")]
        indexes = [
            models.Index(fields=["target_type", "target_id"], name="event_target"),
            models.Index(fields=["actor_id", "-id"], name="event_actor"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="chain_link",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("last_seq", "integer"), ("last_hash", "bytea")],
                func=pgtrigger.Func(CHAIN_LINK),
            ),
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="no_truncate",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func="RAISE EXCEPTION 'the trail is never emptied';",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chain}#{self.seq} {self.verb}"


class Delivery(CountyScoped):
    """One consequence owed for one event; done exactly once, in one transaction with its effect."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="deliveries")
    subscriber = models.CharField(max_length=120)
    available_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(default="", blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("待办后果")
        verbose_name_plural = _("待办后果")
        constraints = [models.UniqueConstraint(fields=["event", "subscriber"], name="delivery_once")]
        indexes = [
            models.Index(
                fields=["available_at", "id"], name="delivery_owed", condition=models.Q(done_at=None)
            ),
            models.Index(fields=["-done_at"], name="delivery_done"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} → {self.subscriber}"
