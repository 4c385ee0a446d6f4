"""What the filter bars ask for; each lives in the URL. A bar has a form and the rows that are left."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from desk import clock
from townships.forms.grants import GrantFilterForm
from townships.models import AuthorityGrant, Body, Certificate, Officer, RoleGrant
from townships.models.periods import in_force
from townships.roles import Role
from townships.selectors import bodies_on

STATES = [("", _("全部")), ("true", _("启用")), ("false", _("停用"))]


class OfficerFilterForm(forms.Form):
    """People by name, body, role and state of the account."""

    q = forms.CharField(label=_("姓名、账号或证号"), required=False, max_length=40)
    body = forms.ModelChoiceField(Body.objects.none(), label=_("机关"), required=False, empty_label=_("全部"))
    role = forms.ChoiceField(label=_("角色"), choices=[("", _("全部")), *Role.choices], required=False)
    state = forms.ChoiceField(label=_("账号"), choices=STATES, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["body"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = bodies_on(clock.today())


class OfficerFilter:
    """The bar over the lists of people; an answer that makes no sense filters nothing."""

    def __init__(self, data: Any, queryset: QuerySet[Officer]) -> None:
        self.form = OfficerFilterForm(data)
        self.form.is_valid()
        self.qs = queryset.filter(*self._wishes(self.form.cleaned_data))

    @staticmethod
    def _wishes(values: dict[str, Any]) -> list[Q]:
        wishes = []
        if text := values.get("q"):
            cards = Certificate.objects.filter(number__startswith=text, officer=OuterRef("pk"))
            wishes.append(Q(name__icontains=text) | Q(username__icontains=text) | Q(Exists(cards)))
        if values.get("body"):
            wishes.append(Q(body=values["body"]))
        if values.get("role"):
            held = RoleGrant.objects.filter(in_force(clock.today()), role=values["role"])
            wishes.append(Q(Exists(held.filter(officer=OuterRef("pk")))))
        if values.get("state"):
            wishes.append(Q(is_active=values["state"] == "true"))
        return wishes


class GrantFilter:
    """The bar over the list of agreements."""

    def __init__(self, data: Any, queryset: QuerySet[AuthorityGrant]) -> None:
        self.form = GrantFilterForm(data, on=clock.today())
        self.form.is_valid()
        self.qs = queryset.filter(*self._wishes(self.form.cleaned_data))

    @staticmethod
    def _wishes(values: dict[str, Any]) -> list[Q]:
        wishes = []
        if department := values.get("department"):
            given = Q(principal=department) | Q(origin=department)
            wishes.append(given | Q(holder=department, principal=None, origin=None))
        if values.get("township"):
            wishes.append(Q(township=values["township"]))
        for name, column in (("mode", "mode"), ("status", "standing")):
            if values.get(name):
                wishes.append(Q(**{column: values[name]}))
        if day := values.get("on"):
            wishes.append(in_force(day))
        return wishes
