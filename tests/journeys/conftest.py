"""The demo county, laid once for all journeys of a run and rolled back after the last of them."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction
from django.test import override_settings

from cases.demo.ground import Ground
from cases.demo.loading import settle
from cases.dossier import law_book

OPENING, TODAY = date(2026, 1, 5), date(2026, 10, 30)


@pytest.fixture(scope="package")
def laid(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Ground]:
    folder = tmp_path_factory.mktemp("var")
    with override_settings(VAR_DIR=folder), django_db_blocker.unblock(), transaction.atomic():
        yield settle(today=TODAY, opening=OPENING)
        transaction.set_rollback(True)
    law_book.forget()


@pytest.fixture
def ground(laid, db) -> Iterator[Ground]:
    """The county, with everything a test does to it undone at its end."""
    law_book.forget()
    yield laid
    law_book.forget()
