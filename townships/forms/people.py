"""Forms about accounts and appointments."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from audit.county import in_county
from desk.controls import DASHES
from desk.fields import DateField
from townships.models import Body, Team
from townships.roles import Role
from townships.selectors import bodies_on


def _body_choice(label: Any, *, required: bool = True, hint: Any = "") -> forms.ModelChoiceField[Body]:
    return forms.ModelChoiceField(Body.objects.none(), label=label, required=required, help_text=hint)


class DatedForm(forms.Form):
    """A form that offers what exists on a day."""

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
                self._offer(field, on)
                if field.empty_label == DASHES and not field.required:
                    field.empty_label = str(_("不选"))
            if name in {"valid_from", "suspended_from", "last_day", "revoked_on", "withdrawn_on"}:
                field.initial = on

    @staticmethod
    def _offer(field: forms.ModelChoiceField[Any], on: date) -> None:
        if field.queryset is not None and field.queryset.model is Body:
            field.queryset = bodies_on(on)
        elif field.queryset is not None and field.queryset.model is Team:
            field.queryset = in_county(Team).select_related("body")


class WorkplaceForm(DatedForm):
    """Where an officer works."""

    body = _body_choice(_("所属机关"), required=False)
    team = forms.ModelChoiceField(Team.objects.none(), label=_("所属队伍"), required=False)


class UserForm(WorkplaceForm):
    """A new account."""

    field_order = ["username", "name", "staff_number", "phone", "body", "team"]

    username = forms.CharField(label=_("账号"), max_length=60, help_text=_("登录用，建议用执法证号或工号"))
    name = forms.CharField(label=_("姓名"), max_length=60)
    staff_number = forms.CharField(label=_("工号"), max_length=30, required=False)
    phone = forms.CharField(label=_("电话"), max_length=30, required=False)
    is_auxiliary = forms.BooleanField(
        label=_("执法辅助人员"), required=False, help_text=_("只能协助，不计入执法人员人数")
    )
    is_head = forms.BooleanField(label=_("机关负责人"), required=False)
    is_principal_head = forms.BooleanField(label=_("正职负责人"), required=False)


class RoleForm(DatedForm):
    """A role with its dates."""

    role = forms.ChoiceField(label=_("角色"), choices=[("", _("请选择")), *Role.choices])
    body = _body_choice(
        _("机关范围"), required=False, hint=_("县级角色留空为全县；其他角色留空为本人所属机关")
    )
    valid_from = DateField(label=_("生效日期"))
    valid_to = DateField(label=_("失效日期"), required=False, help_text=_("最后一日；留空为长期"))


class LastDayForm(DatedForm):
    """The last day of something."""

    last_day = DateField(label=_("最后一日"))


class EmptyForm(DatedForm):
    """An act that asks nothing but to be meant."""


class PasswordForm(forms.Form):
    """One's own new password."""

    old_password = forms.CharField(
        label=_("现在的密码"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    new_password1 = forms.CharField(
        label=_("新密码"),
        help_text=_("至少 10 位，不能全是数字，不要用姓名或常见密码"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    new_password2 = forms.CharField(
        label=_("再输一次"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, officer: Any, **kwargs: Any) -> None:
        self.officer = officer
        super().__init__(*args, **kwargs)

    def clean_old_password(self) -> str:
        """Make sure that it is the person who sits there."""
        password = str(self.cleaned_data["old_password"])
        if not self.officer.check_password(password):
            raise forms.ValidationError(_("现在的密码不对"))
        return password

    def clean(self) -> dict[str, Any]:
        """Compare the two entries, and new with old."""
        values = super().clean() or {}
        first, second = values.get("new_password1"), values.get("new_password2")
        if first and second and first != second:
            self.add_error("new_password2", _("两次输入不一致"))
        if first and first == values.get("old_password"):
            self.add_error("new_password1", _("新密码不能与现在的密码相同"))
        if first:
            self._judge(first)
        return values

    def _judge(self, password: str) -> None:
        try:
            validate_password(password, self.officer)
        except forms.ValidationError as error:
            self.add_error("new_password1", error)
