"""Legal bases as one cell writes them."""

import pytest

from catalog.loaders.basis import correction_first, penalty_kinds, read_basis

CASES = [
    ("第十三条第二款：责任主体不履行本条例第十一条所列的主体责任的，处罚款。", "第十一条", "第十三条第二款"),
    ("第二十条第一、三款：违反第一款规定的，处五百元罚款。", "第二十条第一款", "第二十条第三款"),
    ("第四十一条第一款、第四款：违反第一款规定的，处罚款。", "第四十一条第一款", "第四十一条第四款"),
    ("第三十二条、第六十三条：违反本条例第三十二条规定的，处罚款。", "第三十二条", "第六十三条"),
    ("第四十六条第一、二、六、七项，第六十九条：处罚款。", "第四十六条第一、二、六、七项", "第六十九条"),
    ("第十七条：违反前款规定的，处罚款。", "第十七条", "第十七条"),
    (
        "《某某法》第九十九条之一第二款：有下列行为的，处罚款。",
        "第九十九条之一第二款",
        "第九十九条之一第二款",
    ),
]


@pytest.mark.parametrize(("cell", "obligation", "penalty"), CASES)
def test_the_article_obliged_to_is_told_from_the_one_that_punishes(cell, obligation, penalty):
    basis = read_basis(cell, "《某条例》" if not cell.startswith("《") else "")
    assert (basis.obligation_article, basis.penalty_article) == (obligation, penalty)
    assert basis.text.endswith("罚款。")
    assert not basis.text.startswith("第")


def test_an_unheeded_order_is_a_condition_and_a_mere_order_is_none():
    assert correction_first("责令限期改正；逾期未改正的，处罚款")
    assert correction_first("责令改正，拒不改正的，处罚款")
    assert not correction_first("责令改正，并处罚款")


def test_the_kinds_of_penalty_are_named():
    text = "给予警告，没收违法所得，并处罚款；情节严重的，责令停产停业，吊销许可证"
    kinds = ["warning", "fine", "confiscate_gains", "revoke_licence", "suspend_business"]
    assert sorted(penalty_kinds(text)) == sorted(kinds)
