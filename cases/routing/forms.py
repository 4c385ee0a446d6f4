"""Shape of routing input."""

from django import forms
from django.utils.translation import gettext_lazy as _

from audit.county import in_county
from cases.dossier.duties import known_as
from cases.flow.acts import ActForm
from townships.models import Body, Officer
from townships.selectors import assignable


class RouteForm(ActForm):
    """Send the lead on; the body follows from the item, and may be chosen only while the item is unknown."""

    body = forms.ModelChoiceField(
        Body.objects.none(),
        required=False,
        label=_("先行核查机关"),
        help_text=_("事项未定时可选；默认为所在乡镇"),
    )

    def offer(self) -> None:
        """Offer a choice of body only while no item decides it."""
        if self.case.item_id:
            del self.fields["body"]
        else:
            field = self.fields["body"]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = in_county(Body).exclude(kind="county_government")
            field.initial = self.case.township_id


class OfficersForm(ActForm):
    """Name two officers of the handling body, or lent to it."""

    lead_officer = forms.ModelChoiceField(Officer.objects.none(), label=_("主办执法人员"))
    second_officer = forms.ModelChoiceField(Officer.objects.none(), label=_("协办执法人员"))

    def offer(self) -> None:
        """Offer the officers of the handling body, or lent to it, who hold a certificate today."""
        for name in ("lead_officer", "second_officer"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = (
                assignable(self.case.handler, self.on, known_as(self.case))
                if self.case.handler
                else Officer.objects.none()
            )
            field.initial = getattr(self.case, f"{name}_id")


class ReasonForm(ActForm):
    """State the reason."""

    reason = forms.CharField(label=_("理由"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)


class ReassignForm(OfficersForm):
    """Name two other officers, and why."""

    reason = forms.CharField(label=_("更换理由"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class JoinForm(ActForm):
    """Invite one officer of another body."""

    officer = forms.ModelChoiceField(Officer.objects.none(), label=_("受邀人员"))
    agreement = forms.CharField(
        label=_("协助函或协调记录文号"), max_length=100, help_text=_("两机关之间的协助请求或者协调记录")
    )

    def offer(self) -> None:
        """Offer active officers of other bodies."""
        field = self.fields["officer"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = (
            Officer.objects.filter(is_active=True, county_id=self.case.county_id)
            .exclude(body=self.case.handler_id)
            .exclude(body=None)
            .order_by("body_id", "name")
        )
