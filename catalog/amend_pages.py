"""Pages of amended laws: articles, their words from day to day, what rests on them; two people amend."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.county import get_in_county
from catalog import amending
from catalog.access import EDIT, PUBLISH, VIEW, CodeRequired, Officer, may, officer_of
from catalog.amending import Words
from catalog.effective import Status, in_force_query
from catalog.models import Provision, ProvisionVersion
from catalog.reports.registry import find
from catalog.reports.views import columns_of, table_of
from desk import clock
from desk.fields import DateField, LongText
from desk.lists import ListView
from desk.refusals import refusal_told
from law.errors import RuleViolation

SHOWN = 100
CRUMBS = [
    (gettext_lazy("事项清单"), reverse_lazy("items")),
    (gettext_lazy("法律修改"), reverse_lazy("amendments")),
]


class AmendmentForm(forms.Form):
    """The new words of an article, as its document published them."""

    text = LongText(label=gettext_lazy("修改后的条文全文"), rows=6, max_length=20000)
    document = forms.CharField(
        label=gettext_lazy("公布文件、文号"),
        max_length=500,
        help_text=gettext_lazy("如：主席令第七十号、某省人大常委会公告第5号"),
    )
    edition = forms.CharField(
        label=gettext_lazy("法律版本"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("如：2021年修订；不填时按施行年份"),
    )
    published_on = DateField(label=gettext_lazy("公布日期"), required=False)
    effective_on = DateField(label=gettext_lazy("施行日期"))

    def words(self) -> Words:
        """Return what was entered as the service takes it."""
        return Words(**self.cleaned_data)


class Amendments(CodeRequired, ListView[ProvisionVersion]):
    """Every amendment of an article, the latest first."""

    code = VIEW
    template_name = "catalog/amendments.html"
    list_key = "amendments"
    orderings = {"time": ("id",)}
    default_sort = "-time"

    def rows(self) -> Any:
        """All amendments."""
        return amending.amendments()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the crumbs and whether one may be drafted."""
        editor = may(self.request.user, EDIT, clock.today())
        return super().get_context_data(crumbs=CRUMBS, may_edit=editor, **kwargs)


class Provisions(CodeRequired, ListView[Provision]):
    """The articles that items rest on, found by law or article."""

    code = VIEW
    template_name = "catalog/provisions.html"
    list_key = "provisions"
    orderings = {"law": ("statute__name", "id"), "items": ("cited", "id")}
    default_sort = "law"

    def rows(self) -> Any:
        """Articles with the number of items in force that cite them."""
        now = in_force_query(clock.today(), prefix="citations__version__")
        cited = Count("citations__version__item", filter=now, distinct=True)
        return amending.provisions_named(self.request.GET.get("q", "")).annotate(cited=cited)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the crumbs and what is looked for."""
        crumbs = [*CRUMBS, (_("法律条款"), "")]
        return super().get_context_data(crumbs=crumbs, q=self.request.GET.get("q", ""), **kwargs)


@dataclass(frozen=True, slots=True)
class Impact:
    """What an amendment touches, as the report of that name tells it to this reader."""

    figures: Any
    columns: Any
    rows: Any
    more: bool
    acts: Any
    notes: Any
    url: str


def impact_of(provision: Provision, on: date, officer: Officer) -> Impact | None:
    """Ask the report of what rests on an article, for those who read such reports or amend the article."""
    report = find("impact")
    held = officer.permissions(clock.today())
    if report is None or not {report.code, EDIT} & held:
        return None
    values = {"on": on, "statute": provision.statute.name, "article": provision.article}
    answer = report.found(officer, values)
    query = f"on={on.isoformat()}&statute={provision.statute.name}&article={provision.article}"
    columns = columns_of(report, answer)
    return Impact(
        figures=answer.figures,
        columns=columns,
        rows=table_of(report, answer, columns, SHOWN),
        more=len(answer.rows) > SHOWN,
        acts=answer.acts,
        notes=answer.notes,
        url=f"{reverse('catalog_report', args=['impact'])}?{query}" if report.code in held else "",
    )


class ProvisionPage(CodeRequired):
    """One article: its words from day to day, and what rests on it today."""

    code = VIEW

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        provision = get_in_county(Provision.objects.select_related("statute"), pk=pk)
        resting = amending.resting_on(on=clock.today(), provision=provision)
        context = {
            "provision": provision,
            "versions": list(provision.versions.order_by("-valid_from", "-id")),
            "items": list(resting[:SHOWN]),
            "impact": impact_of(provision, clock.today(), officer_of(request, VIEW)),
            "may_edit": may(request.user, EDIT, clock.today()),
            "crumbs": [*CRUMBS, (_("法律条款"), reverse("provisions")), (str(provision), "")],
        }
        return render(request, "catalog/provision.html", context)


class DraftAmendment(CodeRequired):
    """Draft the new words of an article."""

    code = EDIT

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form, filled with the words in force."""
        provision = get_in_county(Provision.objects.select_related("statute"), pk=pk)
        words = provision.versions.in_force(clock.today()).first()
        return self._page(request, provision, AmendmentForm(initial={"text": words.text if words else ""}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Draft them."""
        provision = get_in_county(Provision.objects.select_related("statute"), pk=pk)
        form = AmendmentForm(request.POST)
        if not form.is_valid():
            return self._page(request, provision, form, status=422)
        officer = officer_of(request, EDIT)
        try:
            made = amending.draft_amendment(
                provision=provision, words=form.words(), actor=officer, at=clock.now()
            )
        except RuleViolation as refusal:
            return self._page(request, provision, form, refusal=refusal, status=409)
        messages.success(request, _("已起草。请另一名有发布权限的人核对后发布。"))
        return redirect("amendment", made.pk)

    def _page(
        self,
        request: HttpRequest,
        provision: Provision,
        form: forms.Form,
        *,
        refusal: RuleViolation | None = None,
        status: int = 200,
    ) -> HttpResponse:
        crumbs = [*CRUMBS, (str(provision), reverse("provision", args=[provision.pk])), (_("起草修改"), "")]
        context = {"provision": provision, "form": form, "refusal": refusal, "crumbs": crumbs}
        return render(request, "catalog/amendment_new.html", context, status=status)


class AmendmentPage(CodeRequired):
    """One amendment: old words beside new, what it touches, and the act of the second person."""

    code = VIEW

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        row = get_in_county(ProvisionVersion.objects.select_related("provision__statute"), pk=pk)
        publisher = may(request.user, PUBLISH, clock.today()) and row.status == Status.DRAFT
        on = row.valid_from or clock.today()
        context = {
            "change": row,
            "named": str(row.provision),
            "published_at": row.recorded_from,
            "before": _before(row),
            "impact": impact_of(row.provision, on, officer_of(request, VIEW)),
            "affected": amending.resting_on(on=on, provision=row.provision).count(),
            "may_publish": publisher and row.drafted_by_id != request.user.pk,
            "may_discard": publisher,
            "crumbs": [*CRUMBS, (str(row.provision), "")],
        }
        return render(request, "catalog/amendment.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Publish it or give it up, or say why not."""
        row, officer = get_in_county(ProvisionVersion, pk=pk), officer_of(request, PUBLISH)
        with refusal_told(request):
            if request.POST.get("act") == "discard":
                amending.discard_amendment(version=row, actor=officer, at=clock.now())
                messages.success(request, _("已弃用该草稿"))
            else:
                n = amending.publish_amendment(version=row, actor=officer, at=clock.now())
                messages.success(request, _("已发布，%(n)s 个事项改用新的条文") % {"n": n})
        return redirect("amendment", pk)


def _before(row: ProvisionVersion) -> ProvisionVersion | None:
    """Return the words that stand, or stood, before the first day of an amendment."""
    earlier = ProvisionVersion.objects.current().filter(
        provision=row.provision_id, valid_from__lt=row.valid_from
    )
    found: ProvisionVersion | None = earlier.order_by("-valid_from").first()
    return found


urlpatterns = [
    path("items/amendments/", Amendments.as_view(), name="amendments"),
    path("items/amendments/<int:pk>/", AmendmentPage.as_view(), name="amendment"),
    path("items/provisions/", Provisions.as_view(), name="provisions"),
    path("items/provisions/<int:pk>/", ProvisionPage.as_view(), name="provision"),
    path("items/provisions/<int:pk>/amend/", DraftAmendment.as_view(), name="amendment_new"),
]
