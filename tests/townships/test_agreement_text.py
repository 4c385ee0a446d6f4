"""What the text of an agreement says of its basis and its area."""

import re

from papers.rendering import render_html
from tests.factories.townships import AuthorityGrantFactory
from townships.models import AuthorityGrant
from townships.services import printing


def test_an_agreement_names_its_area_as_a_territory_and_each_statute_once(new_item, township):
    """行政处罚法第二十条第二款：委托书载明事项、权限、期限；区域不是机关。"""
    cited = "《中华人民共和国行政处罚法》第二十条、第二十一条；《某条例》第五条"
    grant = AuthorityGrantFactory(holder=township, township=township, items=[new_item()], legal_basis=cited)

    said = printing.agreement_content(AuthorityGrant.objects.get(pk=grant.pk))
    text = re.sub(r"<[^>]+>|\s", "", render_html("delegation_agreement", said))

    assert f"区域：{township.short_name}行政区域。" in text
    assert text.count("《中华人民共和国行政处罚法》第二十条") == 1
    plain = {**said, "legal_basis": "《某条例》第五条"}
    other = re.sub(r"<[^>]+>|\s", "", render_html("delegation_agreement", plain))
    assert "《中华人民共和国行政处罚法》第二十条、第二十一条；《某条例》第五条。" in other
