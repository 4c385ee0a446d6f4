"""Posts of legal review and absences of one person, as pages."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk import clock
from townships.forms.people import LastDayForm
from townships.forms.rosters import AbsenceForm, ReturnForm, ReviewerForm
from townships.models import Absence, Officer, ReviewerPost
from townships.selectors import get_officer, may_set_absence
from townships.services import absences, rosters
from townships.views.acts import ActPage
from townships.views.officers import CRUMBS, OfficerAct


class AppointReviewer(OfficerAct):
    """Put a person on a roster of reviewers."""

    form_class = ReviewerForm
    title = gettext_lazy("任命法制审核人员")
    done = gettext_lazy("已列入法制审核名册。")

    def service(self, target: Officer, values: dict[str, Any], officer: Officer) -> None:
        """Appoint them."""
        rosters.appoint_reviewer(officer=target, post=rosters.Post(**values), actor=officer, at=clock.now())


class RelieveReviewer(OfficerAct):
    """End a reviewer's post."""

    form_class = LastDayForm
    title = gettext_lazy("结束法制审核岗位")
    done = gettext_lazy("岗位的最后一日已登记。")

    def service(self, target: Officer, values: dict[str, Any], officer: Officer) -> None:
        """End it."""
        post = get_object_or_404(ReviewerPost, pk=self.kwargs["held"], officer=target)
        rosters.relieve_reviewer(post=post, last_day=values["last_day"], actor=officer, at=clock.now())


def person_of_absence(user: Officer, pk: int, on: date) -> Officer:
    """The door to somebody's absences: themselves, who leads their body, the legal department."""
    officer = get_officer(user, pk, on=on)
    if not may_set_absence(user, officer, on):
        raise PermissionDenied(_("缺勤由本人、所属机关负责人或法制机构登记。"))
    return officer


def absence_to_end(user: Officer, pk: int, on: date) -> Absence:
    """The door to one absence."""
    absence = get_object_or_404(Absence.objects.select_related("officer"), pk=pk, county_id=user.county_id)
    person_of_absence(user, absence.officer_id, on)
    return absence


class SetAbsence(ActPage):
    """Enter that a person is away."""

    form_class = AbsenceForm
    title = gettext_lazy("登记缺勤")
    done = gettext_lazy("缺勤已登记；缺勤期间的待办由替补人员办理。")
    crumbs = CRUMBS

    def door(self, officer: Officer, on: date) -> Officer:
        """Whoever may enter it."""
        return person_of_absence(officer, self.kwargs["pk"], on)

    def service(self, target: Officer, values: dict[str, Any], officer: Officer) -> None:
        """Enter it."""
        absences.set_absence(officer=target, actor=officer, at=clock.now(), **values)

    def back(self, target: Officer) -> str:
        """Go to the person."""
        return reverse("officer", args=[target.pk])


class EndAbsence(ActPage):
    """Enter that a person is back early."""

    form_class = ReturnForm
    title = gettext_lazy("登记提前返岗")
    done = gettext_lazy("返岗已登记；已改派的案件不自动换回。")
    crumbs = CRUMBS

    def door(self, officer: Officer, on: date) -> Absence:
        """Whoever may enter it."""
        return absence_to_end(officer, self.kwargs["pk"], on)

    def service(self, target: Absence, values: dict[str, Any], officer: Officer) -> None:
        """Enter it."""
        absences.end_absence(absence=target, actor=officer, at=clock.now(), **values)

    def back(self, target: Absence) -> str:
        """Go to the person."""
        return reverse("officer", args=[target.officer_id])
