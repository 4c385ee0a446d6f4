"""点单 as pages: a township asks for an item, the county answers."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from audit.county import get_in_county, in_county
from desk import clock
from townships.forms.agreements import AnswerForm, OrderForm
from townships.models import Body, ItemOrder, Mode, Officer
from townships.selectors import named_items
from townships.services import orders
from townships.services.batches import BatchTerms
from townships.views.acts import ActPage
from townships.views.authority import CRUMBS, require_editor, require_viewer


class OrderItem(ActPage):
    """A township asks for an item."""

    crumbs = CRUMBS
    form_class = OrderForm
    title = gettext_lazy("点单申请事项")
    done = gettext_lazy("已提交，等县法制机构答复。")

    def door(self, officer: Officer, on: date) -> Body | None:
        """Heads and leaders of a township order for it."""
        if not officer.may("authority.order", on):
            raise PermissionDenied(_("由乡镇（街道）负责人或队长点单。"))
        return officer.body

    def form(self, target: Body | None, data: Any = None) -> OrderForm:
        """Offer the one township that may be ordered for."""
        form = OrderForm(data, on=clock.today())
        form.order_for(target)
        return form

    def back(self, target: Body | None) -> str:
        """Go to the orders."""
        return reverse("orders")

    def service(self, target: Body | None, values: dict[str, Any], officer: Officer) -> ItemOrder:
        """Order it."""
        return orders.order_item(actor=officer, at=clock.now(), **values)


def answer_from(order: ItemOrder, values: dict[str, Any], officer: Officer) -> ItemOrder:
    """Answer an order as a form says; pages and REST call this alike."""
    agree, answer = values.pop("agree"), values.pop("answer")
    terms = BatchTerms(**{**values, "mode": Mode(values["mode"])})
    return orders.answer_order(
        order=order, agree=agree, answer=answer, terms=terms, actor=officer, at=clock.now()
    )


class AnswerOrder(ActPage):
    """The county answers."""

    crumbs = CRUMBS
    form_class = AnswerForm
    title = gettext_lazy("答复点单")
    done = gettext_lazy("已答复。同意的已生成协议草稿。")

    def door(self, officer: Officer, on: date) -> ItemOrder:
        """The legal department only."""
        require_editor(officer, on)
        return get_in_county(ItemOrder, pk=self.kwargs["pk"])

    def back(self, target: ItemOrder) -> str:
        """Go to the orders."""
        return reverse("orders")

    def subject(self, target: ItemOrder) -> str:
        """Name township and item."""
        names = named_items([target.item_id], clock.today())
        return " · ".join([target.township.short_name, *names.values()])

    def service(self, target: ItemOrder, values: dict[str, Any], officer: Officer) -> ItemOrder:
        """Answer it."""
        return answer_from(target, values, officer)


@login_required
@require_GET
def orders_page(request: HttpRequest) -> HttpResponse:
    """What townships asked for, and the answers: their own for a township, all for the county."""
    officer, today = require_viewer(request), clock.today()
    may_edit = officer.may("authority.edit", today)
    rows = in_county(ItemOrder).select_related("township", "department", "grant")
    rows = rows if may_edit else rows.filter(township=officer.body)
    listed = list(rows[:200])
    names = named_items([row.item_id for row in listed], today)
    context = {
        "orders": [(row, names.get(row.item_id, "")) for row in listed],
        "may_edit": may_edit,
        "may_order": officer.may("authority.order", today),
        "crumbs": [*CRUMBS, (_("点单"), "")],
    }
    return render(request, "townships/orders.html", context)
