"""询问: the person who is asked is a natural person."""

import pytest

from cases.parties.models import Party


@pytest.mark.parametrize(
    ("party", "speaker"),
    [
        (Party(kind="citizen", name="李某某"), "李某某"),
        (Party(kind="organisation", name="云帆公司", legal_representative="王建平"), "王建平"),
        (Party(kind="organisation", name="云帆公司"), ""),
        (Party(kind="sole_trader", name="老周水果店", operator="周某某"), "周某某"),
    ],
)
def test_a_shop_or_company_speaks_through_its_person(party, speaker):
    assert party.speaker == speaker
