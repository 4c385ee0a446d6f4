"""Two ways into the same room: the pages' forms and the REST endpoints."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from cases.dossier.models import Case
from tests.doors.county import SmallCounty
from tests.doors.script import Step

SHANGHAI = ZoneInfo("Asia/Shanghai")
BACKEND = "django.contrib.auth.backends.ModelBackend"


def photo() -> SimpleUploadedFile:
    """A small real JPEG."""
    data = BytesIO()
    Image.new("RGB", (320, 240), "#88aacc").save(data, "JPEG")
    return SimpleUploadedFile("现场照片.jpg", data.getvalue(), content_type="image/jpeg")


def instant(moment: str) -> datetime:
    """Read a local instant."""
    return datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)


@contextmanager
def at(moment: str) -> Iterator[None]:
    """Stand at a local instant."""
    with time_machine.travel(instant(moment), tick=False):
        yield


def form_values(values: dict[str, Any]) -> dict[str, Any]:
    """Write values as a browser sends them: a ticked box is there, an unticked one is not."""
    return {
        key: "on" if value is True else value for key, value in values.items() if value not in (False, None)
    }


class Door(ABC):
    """A way in: signs people in, does steps, tells the answer."""

    language = "zh-hans"

    def __init__(self, county: SmallCounty) -> None:
        self.county = county
        self.case_id = 0

    def client(self, step: Step) -> Client:
        client = Client()
        client.force_login(getattr(self.county, step.who), backend=BACKEND)
        client.cookies["django_language"] = self.language
        return client

    def case(self) -> Case:
        return Case.objects.get(pk=self.case_id)

    def walk(self, steps: list[Step]) -> None:
        for step in steps:
            with at(step.at):
                answer = self.do(step)
            assert answer.status_code in (200, 201, 302), (
                step,
                answer.status_code,
                answer.content.decode()[:3000],
            )

    @abstractmethod
    def do(self, step: Step) -> Any: ...


class PageDoor(Door):
    """Posts the forms of the pages."""

    def do(self, step: Step) -> Any:
        values = form_values(step.values) | {name: photo() for name in step.files}
        client = self.client(step)
        if not step.move:
            answer = client.post(reverse("lead_new"), values)
            self.case_id = Case.objects.latest("id").pk if answer.status_code == 302 else 0
            return answer
        url = reverse(f"act-{step.move}", args=[self.case_id])
        assert client.get(url).status_code == 200
        return client.post(url, values | {"version": self.case().version})


class RestDoor(Door):
    """Posts JSON, or multipart where a file goes along."""

    def do(self, step: Step) -> Any:
        client = self.client(step)
        url = reverse(f"api-{step.move}", args=[self.case_id]) if step.move else reverse("api-leads")
        if step.files:
            answer = client.post(url, form_values(step.values) | {name: photo() for name in step.files})
        else:
            answer = client.post(url, step.values, content_type="application/json")
        if not step.move and answer.status_code == 201:
            self.case_id = answer.json()["id"]
        return answer
