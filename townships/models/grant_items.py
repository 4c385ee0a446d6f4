"""What a grant is over: its items, each on one indexed row, and the villages it is limited to."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from townships.models.bodies import Body, Place
from townships.models.grants import AuthorityGrant
from townships.models.modes import HANDED_ON, Mode
from townships.models.periods import or_none
from townships.models.tailoring import ItemSource


class GrantItem(CountyScoped):
    """One item under a grant, with the grant's holder, place and mode beside it for one indexed read.

    live: signed and not a draft; two live rows that hand on the same item in the same township on the same
    day are refused by the database.
    """

    grant = models.ForeignKey(AuthorityGrant, on_delete=models.CASCADE, related_name="items")
    item = models.ForeignKey(
        "catalog.Item", on_delete=models.PROTECT, related_name="grant_items", verbose_name=_("事项")
    )
    holder = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_index=False)
    township = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    mode = models.CharField(_("授权方式"), max_length=20, choices=Mode.choices)
    period = DateRangeField(_("期间"))
    source = models.CharField(_("来源"), max_length=10, choices=ItemSource.choices, blank=True)
    scope_limit = models.CharField(_("范围限定"), max_length=200, blank=True)
    live = models.BooleanField(_("生效"), default=False)
    withdrawn_on = models.DateField(_("收回日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("授权事项")
        verbose_name_plural = _("授权事项")
        constraints = [
            models.UniqueConstraint(fields=["grant", "item"], name="grant_item_once"),
            ExclusionConstraint(
                name="grant_item_handed_on_once_a_day",
                expressions=[
                    (F("item"), RangeOperators.EQUAL),
                    (or_none("township"), RangeOperators.EQUAL),
                    (F("period"), RangeOperators.OVERLAPS),
                ],
                condition=Q(mode__in=HANDED_ON, live=True),
            ),
        ]
        indexes = [models.Index(fields=["township", "item"], name="grant_item_lookup")]
        triggers = [
            pgtrigger.Protect(
                name="signed_item_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.live AND (OLD.grant_id, OLD.item_id, OLD.source, OLD.scope_limit)"
                    " IS DISTINCT FROM (NEW.grant_id, NEW.item_id, NEW.source, NEW.scope_limit)"
                ),
            ),
            pgtrigger.Trigger(
                name="as_its_grant_says",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("parent", "townships_authoritygrant%ROWTYPE")],
                func="""
                    SELECT * INTO parent FROM townships_authoritygrant WHERE id = NEW.grant_id;
                    IF (parent.holder_id, parent.township_id, parent.mode, parent.status <> 'draft')
                       IS DISTINCT FROM (NEW.holder_id, NEW.township_id, NEW.mode, NEW.live) THEN
                        RAISE EXCEPTION 'grant item differs from its grant %', NEW.grant_id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                    """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grant_id} · {self.item_id}"


class GrantPlace(CountyScoped):
    """A village or community a grant is limited to; a grant without any covers the whole township."""

    grant = models.ForeignKey(AuthorityGrant, on_delete=models.CASCADE, related_name="places")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", verbose_name=_("村社网格"))

    class Meta:
        verbose_name = _("授权区域")
        verbose_name_plural = _("授权区域")
        constraints = [models.UniqueConstraint(fields=["grant", "place"], name="grant_place_once")]
        triggers = [
            pgtrigger.Trigger(
                name="in_the_township",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("area", "townships_grantplace%ROWTYPE")],
                func="""
                    IF TG_OP = 'DELETE' THEN area := OLD; ELSE area := NEW; END IF;
                    IF NOT EXISTS (
                        SELECT 1 FROM townships_authoritygrant g
                        JOIN townships_place p ON p.id = area.place_id
                        WHERE g.id = area.grant_id AND g.township_id = p.township_id AND g.status = 'draft'
                    ) THEN
                        RAISE EXCEPTION 'grant % is not a draft for the township of the place', area.grant_id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN area;
                    """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grant_id} · {self.place_id}"
