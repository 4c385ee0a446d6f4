"""Shape of the examination of evidence."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.flow.acts import ActForm
from cases.investigation import reliance
from cases.investigation.models import Exhibit
from cases.investigation.reviews import DeviceReview
from desk.fields import LongText


class OneExhibitForm(ActForm):
    """One piece of evidence of the case; which of them may be chosen is for the subclass to say."""

    exhibit = forms.ModelChoiceField(Exhibit.objects.none(), label=_("证据"))

    def offer(self) -> None:
        """Offer the evidence that fits."""
        counted = Exhibit.objects.filter(case=self.case, voided_at=None).order_by("number")
        fitting = self.fitting()
        field = self.fields["exhibit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = counted if fitting is None else counted.filter(pk__in=[one.pk for one in fitting])

    def fitting(self) -> list[Exhibit] | None:
        """Say which evidence may be chosen; None for all that counts."""
        return None


class ReviewRecordingForm(OneExhibitForm):
    """The review of a device and of what it recorded."""

    device = forms.CharField(label=_("设备名称和编号"), max_length=200)
    basis = forms.CharField(label=_("使用依据"), max_length=200, help_text=_("法律、行政法规的名称和条款"))
    basis_level = forms.ChoiceField(label=_("依据效力层级"), choices=DeviceReview.Level.choices)
    legal_review = forms.CharField(label=_("法制审核文件"), max_length=200)
    technical_review = forms.CharField(label=_("技术审核文件"), max_length=200)
    published = forms.CharField(label=_("设置地点公布情况"), max_length=200, help_text=_("公布的载体和日期"))
    finding = LongText(
        label=_("记录内容审核意见"), rows=3, max_length=2000, help_text=_("是否真实、清晰、完整、准确")
    )

    def fitting(self) -> list[Exhibit] | None:
        """Only what a device recorded and nobody reviewed."""
        return reliance.unreviewed(self.case)


class TellResultForm(OneExhibitForm):
    """A test result as it is told to the party."""

    result = LongText(label=_("结论"), rows=3, max_length=2000)
    objection = forms.CharField(
        label=_("异议的提出方式和期限"), max_length=300, help_text=_("如何提出复检、多少日内")
    )

    def fitting(self) -> list[Exhibit] | None:
        """Only test results that were not told."""
        return reliance.untold(self.case)


class ExcludeExhibitForm(OneExhibitForm):
    """Evidence that was taken unlawfully, and how."""

    reason = forms.CharField(label=_("非法取得的情形"), max_length=300)
