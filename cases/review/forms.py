"""Shape of a review: each point agreed or objected to, a conclusion, an opinion."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.flow.acts import ActForm
from cases.review.models import POINTS, LegalReview
from desk.fields import LongText

ANSWERS = [("agree", _("同意")), ("object", _("异议"))]
GIVEN = [(one.value, one.label) for one in LegalReview.Conclusion if one != LegalReview.Conclusion.RECALLED]


class SubmitForm(ActForm):
    """Send to review."""

    note = LongText(label=_("送审说明"), rows=3, required=False, max_length=500)


class ReassignReviewForm(ActForm):
    """Why the review goes to somebody else; to whom follows from roster and pool."""

    reason = LongText(label=_("改派理由"), rows=3, max_length=500)


class RecallReviewForm(ActForm):
    """Why the case is taken back from the reviewer."""

    reason = LongText(label=_("撤回理由"), rows=3, max_length=500)


class ReviewForm(ActForm):
    """The opinion; one radio pair a point, so that every point is answered by a person."""

    conclusion = forms.ChoiceField(label=_("结论"), choices=GIVEN, widget=forms.RadioSelect)
    opinion = LongText(label=_("审核意见"), rows=4)


for _key, _label in POINTS:
    _point = forms.ChoiceField(label=_label, choices=ANSWERS, widget=forms.RadioSelect)
    ReviewForm.base_fields[_key] = _point
