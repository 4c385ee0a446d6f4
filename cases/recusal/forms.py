"""Shape of a challenge and its answer."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.flow.acts import ActForm
from cases.recusal.models import Recusal
from desk.fields import DateTimeField, LongText
from townships.models import Officer


class RequestRecusalForm(ActForm):
    """Who is challenged, by whom, why."""

    officer = forms.ModelChoiceField(Officer.objects.none(), label=_("被申请回避人员"))
    applicant = forms.ChoiceField(label=_("申请人"), choices=Recusal.Applicant.choices)
    grounds = LongText(
        label=_("回避理由"),
        rows=4,
        max_length=2000,
        help_text=_("与案件有直接利害关系，或者有其他关系可能影响公正执法"),
    )
    requested_at = DateTimeField(label=_("申请时间"))

    def offer(self) -> None:
        """Offer whoever may have to do with the case: the people of its bodies, and who reviews it now."""
        bodies = [body for body in (self.case.handler_id, self.case.named_id) if body]
        field = self.fields["officer"]
        assert isinstance(field, forms.ModelChoiceField)
        reviewing = self.case.reviews.filter(concluded_at=None).values("reviewer")
        concerned = Officer.objects.filter(Q(body__in=bodies) | Q(pk__in=reviewing), is_active=True)
        field.queryset = concerned.order_by("name")


class ResolveRecusalForm(ActForm):
    """The head's answer."""

    recusal = forms.ModelChoiceField(Recusal.objects.none(), label=_("回避申请"))
    granted = forms.TypedChoiceField(
        label=_("决定"),
        choices=[("yes", _("同意回避")), ("no", _("不予回避"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reasons = LongText(label=_("决定理由"), rows=3, max_length=2000)

    def offer(self) -> None:
        """Offer the challenges that wait."""
        waiting = Recusal.objects.filter(case=self.case, resolved_at=None).select_related("officer")
        field = self.fields["recusal"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = waiting
        field.initial = waiting.first()
