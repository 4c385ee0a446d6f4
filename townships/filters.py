"""What the filter bars ask for; each lives in the URL."""

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from desk import clock
from townships.models import Body, Certificate, Officer, RoleGrant
from townships.models.periods import in_force
from townships.roles import Role


class OfficerFilter(django_filters.FilterSet):
    """People by body, role, name and state of the account."""

    q = django_filters.CharFilter(label=_("姓名、账号或证号"), method="by_words")
    body = django_filters.ModelChoiceFilter(
        label=_("机关"), queryset=Body.objects.all(), empty_label=_("全部")
    )
    role = django_filters.ChoiceFilter(
        label=_("角色"), choices=Role.choices, method="by_role", empty_label=_("全部")
    )
    is_active = django_filters.ChoiceFilter(
        label=_("账号"),
        choices=[("true", _("启用")), ("false", _("停用"))],
        method="by_state",
        empty_label=_("全部"),
    )

    class Meta:
        model = Officer
        fields = ["q", "body", "role", "is_active"]

    def by_words(self, rows: QuerySet[Officer], name: str, value: str) -> QuerySet[Officer]:
        """Match name, account or certificate."""
        words = Q(name__icontains=value) | Q(username__icontains=value)
        numbered = Certificate.objects.filter(number__startswith=value, officer=OuterRef("pk"))
        return rows.filter(words | Q(Exists(numbered)))

    def by_role(self, rows: QuerySet[Officer], name: str, value: str) -> QuerySet[Officer]:
        """Match who holds the role today."""
        held = RoleGrant.objects.filter(in_force(clock.today()), role=value, officer=OuterRef("pk"))
        return rows.filter(Exists(held))

    def by_state(self, rows: QuerySet[Officer], name: str, value: str) -> QuerySet[Officer]:
        """Match open or closed accounts."""
        return rows.filter(is_active=value == "true")
