"""Shape of a proof of service."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.flow.acts import ActForm
from cases.instruments.models import Instrument, Service
from cases.instruments.selectors import unserved
from desk.fields import DateTimeField, UploadField


class ProofForm(ActForm):
    """How, when and to whom a document was served, with its proof."""

    method = forms.ChoiceField(
        label=_("送达方式"), choices=Service.Method.choices, widget=forms.RadioSelect, initial="direct"
    )
    served_at = DateTimeField(label=_("送达时间"), help_text=_("以回证签收、回执注明或系统到达的时间为准"))
    place = forms.CharField(label=_("送达地点"), max_length=200)
    recipient = forms.CharField(label=_("受送达人或代收人"), max_length=100)
    relation = forms.CharField(label=_("代收人与受送达人关系"), max_length=60, required=False)
    witness = forms.CharField(
        label=_("见证人或影像编号"), max_length=200, required=False, help_text=_("留置送达必填")
    )
    tracking = forms.CharField(
        label=_("邮件号或公告载体"), max_length=100, required=False, help_text=_("邮寄、公告送达必填")
    )
    consent = forms.BooleanField(label=_("受送达人已签电子送达确认书"), required=False)
    note = forms.CharField(
        label=_("备注"),
        max_length=300,
        required=False,
        help_text=_("留置送达须记明拒收事由，公告送达须写明已穷尽其他方式"),
    )
    upload = UploadField(label=_("送达回证扫描件"), required=False)

    def offer(self) -> None:
        """Start from the party's own address and name."""
        party = self.case.party
        self.fields["place"].initial = party.address if party and party.address else self.case.address
        self.fields["recipient"].initial = self.case.party_name


class ServeDocumentForm(ProofForm):
    """Proof of service of an order to correct or a notice of hearing."""

    instrument = forms.ModelChoiceField(Instrument.objects.none(), label=_("哪份文书"))
    field_order = ("instrument",)

    def offer(self) -> None:
        """Offer the documents that wait to be served, the eldest first."""
        super().offer()
        field = self.fields["instrument"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = unserved(self.case)
        field.initial = field.queryset.first()
