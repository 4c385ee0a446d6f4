"""A document is called the same on the page, in the contents and on its own head."""

import pytest

from cases.instruments.kinds import FORMS, Kind
from papers.instruments import INSTRUMENTS


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.SCAN and not FORMS[kind].template])
def test_the_title_on_the_page_is_the_printed_title(kind):
    assert str(kind.label) == INSTRUMENTS[kind.value].title
