"""Shape of what people do with clocks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.clocks.models import Clock
from cases.clocks.remaining import name_of
from cases.flow.acts import ActForm
from cases.instruments.models import Service
from cases.periods import rules
from desk.fields import DateField, DateTimeField, LongText, UploadField
from desk.formats import cn_date, in_chinese
from law.suspensions import grounds


class ClockForm(ActForm):
    """One running clock of the case; which of them is for the subclass to say."""

    kind = forms.ChoiceField(label=_("期限"))

    def offer(self) -> None:
        """Offer the running clocks that fit, with their due days."""
        fitting = [clock for clock in rules.clocks_here(self.case) if self.fits(clock)]
        field = self.fields["kind"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(clock.kind, self.words(clock)) for clock in fitting]

    def fits(self, clock: Clock) -> bool:
        """Tell whether the clock may be chosen."""
        return True

    def words(self, clock: Clock) -> str:
        """Name a clock with its due day."""
        name, due = name_of(clock.clock_id), cn_date(clock.due_on)
        return f"{name}（{due}）" if due else name


class SuspendForm(ClockForm):
    """Which clock stops, on what ground, from when, proved by what."""

    ground = forms.ChoiceField(label=_("中止事由"))
    started_on = DateField(label=_("中止之日"), help_text=_("自当日起不计算"))
    ended_on = DateField(label=_("恢复之日"), required=False, help_text=_("当日起继续计算；仍在中止的不填"))
    document = forms.CharField(
        label=_("证明文书"), max_length=200, help_text=_("名称和文号，如委托鉴定书、听证通知书")
    )

    def offer(self) -> None:
        """Offer only the clocks that some ground stops, and the grounds they grant."""
        super().offer()
        granted = {ground for clock in rules.clocks_here(self.case) for ground in _grounds(clock)}
        field = self.fields["ground"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (known.id, known.zh if in_chinese() else known.en)
                for known in grounds().values()
                if known.id in granted
            ]

    def fits(self, clock: Clock) -> bool:
        """Some ground stops it."""
        return bool(_grounds(clock))


class ResumeForm(ClockForm):
    """Which clock runs again, from when."""

    ended_on = DateField(label=_("恢复之日"), help_text=_("当日起继续计算"))

    def fits(self, clock: Clock) -> bool:
        """It is suspended."""
        return rules.open_suspension(clock) is not None


class ExtendForm(ClockForm):
    """Which clock is lengthened, by how much, why; minutes where the heads decide together."""

    length = forms.IntegerField(label=_("延长"), min_value=1, max_value=3650, help_text=_("与期限同一单位"))
    reason = LongText(label=_("理由"), rows=3)
    minutes = LongText(
        label=_("集体讨论记录"),
        rows=4,
        required=False,
        help_text=_("再次延长须负责人集体讨论：时间、出席人员、意见"),
    )

    def fits(self, clock: Clock) -> bool:
        """Its ladder has a step left."""
        return rules.next_rung(clock) is not None

    def words(self, clock: Clock) -> str:
        """Say also how far the next step goes."""
        rung = rules.next_rung(clock)
        most = _("，本次最多 %(n)s") % {"n": rung.max} if rung and rung.max else ""
        return f"{super().words(clock)}{most}"


class CorrectServiceForm(ActForm):
    """Which service was recorded with a wrong time, and what the proof says."""

    service = forms.ModelChoiceField(label=_("文书送达"), queryset=Service.objects.none())
    served_at = DateTimeField(label=_("更正后的送达时间"), help_text=_("以回证签收、回执注明的时间为准"))
    reason = forms.CharField(label=_("更正理由"), max_length=300)
    upload = UploadField(label=_("送达凭证"), required=False)

    def offer(self) -> None:
        """Offer the services of this case."""
        field = self.fields["service"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Service.objects.filter(instrument__case=self.case).select_related("instrument")


def _grounds(clock: Clock) -> tuple[str, ...]:
    return rules.rule_of(clock).convention.grounds
