"""One act on people's records: what it asks, what does it, what it is about, whose right it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from townships.forms.people import DatedForm
from townships.models import Officer

REFUSED = _("这项操作不在你的岗位权限内；可请系统管理员或法制机构办理。")


@dataclass(frozen=True, slots=True)
class StaffAct:
    """One act: its name and address, what it asks, what does it, what it is about, and whose right it is.

    about: under which name the service takes the row that the address names; none for a new record.
    page: where to go afterwards; a page of one person is told by `person`, which finds them from the row.
    within: the body for which the right must be held, found from the row; without it, for any.
    """

    name: str
    path: str
    form: type[DatedForm]
    service: Callable[..., Any]
    title: str | Promise
    done: str | Promise
    model: type[Model] | None = None
    about: str = ""
    page: str = "officer"
    person: Callable[[Any], int] = lambda row: row.officer_id
    code: str = "authority.edit"
    within: Callable[[Any], int | None] | None = None
    warning: str | Promise = ""

    def find(self, officer: Officer, keys: Mapping[str, int], on: date) -> Any:
        """The one door of the act: the row it is about, or a refusal to whom it is not given."""
        if not officer.may(self.code, on):
            raise PermissionDenied(REFUSED)
        if self.model is None:
            return None
        found = get_object_or_404(self.model, pk=keys["pk"], county_id=officer.county_id)
        if self.within is not None and not officer.scope(on, self.code).covers(self.within(found)):
            raise PermissionDenied(REFUSED)
        return found

    def back(self, target: Any) -> str:
        """Return the address of the page on which the act stands."""
        return (
            reverse(self.page, args=[self.person(target)]) if self.page == "officer" else reverse(self.page)
        )
