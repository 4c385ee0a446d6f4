"""REST of agreements: drafting, acts on a grant, lists, batches, orders, meetings, bodies, a day's powers."""

from typing import Any

from django.shortcuts import get_object_or_404

from desk import clock
from townships import selectors
from townships.api.posting import Posting, by_key
from townships.forms import agreements as shapes
from townships.forms import bodies as standing
from townships.forms.grants import GrantForm, PowerForm, WithdrawForm
from townships.grant_acts import GRANT_ACTS, GrantAct
from townships.models import Body, GrantBatch, ItemOrder, Officer
from townships.services import bodies, founding, lifecycle, orders, tailoring
from townships.views.agreements import start_job
from townships.views.grants import draft_from, register_from
from townships.views.orders import answer_from


def _grant(officer: Officer, keys: dict[str, int]) -> Any:
    return selectors.get_grant(officer, keys["pk"], on=clock.today(), code="authority.edit")


def _grant_item(officer: Officer, keys: dict[str, int]) -> Any:
    return get_object_or_404(_grant(officer, keys).items, pk=keys["row"])


def _on_grant(act: GrantAct) -> Posting:
    def do(grant: Any, values: dict[str, Any], officer: Officer) -> Any:
        return act.service(grant=grant, actor=officer, at=clock.now(), **values)

    return Posting(f"grant-{act.name}", act.form, do, _grant, about=str(act.title))


def _plainly(service: Any, **named: str) -> Any:
    """Call a service with what was found under a name, and the form's values."""

    def do(target: Any, values: dict[str, Any], officer: Officer) -> Any:
        about = dict.fromkeys(named.values(), target)
        return service(actor=officer, at=clock.now(), **about, **values)

    return do


def _draft_batch(batch: GrantBatch, values: dict[str, Any], officer: Officer) -> Any:
    ends = values["valid_to"]
    terms = {**values, "valid_to": ends.isoformat() if ends else ""}
    return start_job("draft_batch", "批量起草协议", officer, batch, terms, officer.pk)


def _print_batch(batch: GrantBatch, values: dict[str, Any], officer: Officer) -> Any:
    return start_job("print_batch", "批量印制协议", officer, batch)


POSTINGS: dict[str, Posting] = {
    "grants/draft/": Posting("grant-draft", GrantForm, lambda none, said, who: draft_from(said, who)),
    "grants/register/": Posting(
        "power-register", PowerForm, lambda none, said, who: register_from(said, who)
    ),
    **{f"grants/<int:pk>/{act.name}/": _on_grant(act) for act in GRANT_ACTS.values()},
    "grants/<int:pk>/items/<int:row>/withdraw/": Posting(
        "grant-item-withdraw", WithdrawForm, _plainly(lifecycle.withdraw_item, target="row"), _grant_item
    ),
    "tailored-lists/save/": Posting(
        "tailored-list-save", shapes.TailoredListForm, _plainly(tailoring.tailor_list)
    ),
    "tailored-lists/choose/": Posting(
        "tailored-list-choose", shapes.ChooseListForm, _plainly(tailoring.choose_list)
    ),
    "tailored-lists/change/": Posting(
        "tailored-list-change", shapes.ChangeForm, _plainly(tailoring.change_item)
    ),
    "meetings/record/": Posting("meeting-record", shapes.MeetingForm, _plainly(tailoring.record_meeting)),
    "grant-batches/open/": Posting("batch-open", shapes.BatchForm, _plainly(tailoring.open_batch)),
    "grant-batches/<int:pk>/draft/": Posting(
        "batch-draft", shapes.BatchTermsForm, _draft_batch, by_key(GrantBatch)
    ),
    "grant-batches/<int:pk>/print/": Posting(
        "batch-print", shapes.NothingForm, _print_batch, by_key(GrantBatch)
    ),
    "orders/place/": Posting(
        "order-place", shapes.OrderForm, _plainly(orders.order_item), code="authority.order"
    ),
    "orders/<int:pk>/answer/": Posting("order-answer", shapes.AnswerForm, answer_from, by_key(ItemOrder)),
    "county/": Posting("county-settle", standing.CountyForm, _plainly(founding.settle_county)),
    "bodies/found/": Posting("body-found", standing.FoundBodyForm, _plainly(founding.found_body)),
    "bodies/<int:pk>/describe/": Posting(
        "body-describe",
        standing.DescribeBodyForm,
        _plainly(founding.describe_body, target="body"),
        by_key(Body),
    ),
    "bodies/<int:pk>/teams/": Posting(
        "body-team", standing.TeamForm, _plainly(founding.form_team, target="body"), by_key(Body)
    ),
    "bodies/<int:pk>/places/": Posting(
        "body-places", standing.PlacesForm, _plainly(founding.enter_places, target="body"), by_key(Body)
    ),
    "bodies/<int:pk>/end/": Posting(
        "body-end", shapes.EndBodyForm, _plainly(bodies.end_body, target="body"), by_key(Body)
    ),
    "bodies/<int:pk>/alias/": Posting(
        "body-alias", shapes.AliasForm, _plainly(bodies.add_alias, target="body"), by_key(Body)
    ),
}
