"""What a browser or a program sends as a date and time."""

from datetime import UTC, datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from desk.controls import show
from desk.fields import DateTimeField


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-03-02T09:00", datetime(2026, 3, 2, 1, 0, tzinfo=UTC)),
        ("2026-03-02 09:00", datetime(2026, 3, 2, 1, 0, tzinfo=UTC)),
        ("2026-03-02T01:00:00Z", datetime(2026, 3, 2, 1, 0, tzinfo=UTC)),
        ("2026-03-02T09:00:00+08:00", datetime(2026, 3, 2, 1, 0, tzinfo=UTC)),
    ],
)
def test_local_time_and_time_with_a_zone_are_read(text, instant):
    assert DateTimeField().clean(text) == instant


@pytest.mark.parametrize("text", ["2026-02-30T09:00", "2026-13-01T09:00", "今天", "2026-03-02T25:00"])
def test_what_is_no_instant_is_an_error_of_the_field_and_no_crash(text):
    with pytest.raises(ValidationError):
        DateTimeField().clean(text)


@pytest.mark.parametrize(
    ("sent", "lost"), [({}, False), ({"upload": SimpleUploadedFile("甲.pdf", b"%PDF-")}, True)]
)
def test_a_file_that_came_with_a_refused_form_is_said_to_be_lost(sent, lost):
    class Refused(forms.Form):
        title = forms.CharField()
        upload = forms.FileField(required=False)

    form = Refused({}, sent)
    assert not form.is_valid()
    assert show(form["upload"]).chosen_again is lost
    assert not show(form["title"]).chosen_again
    assert not show(Refused()["upload"]).chosen_again
