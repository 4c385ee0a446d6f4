"""A timeline says when and what in local time, with the documents of each event; no word is markup."""

from datetime import UTC, datetime

from desk.parts import drawn as mark
from desk.timelines import Line, drawn

SERVED = datetime(2026, 3, 1, 17, 30, tzinfo=UTC)


def test_a_line_tells_local_time_its_documents_and_how_far_they_came():
    state = mark("status", label="已送达", tone="green", icon="circle-check")
    shown = drawn(
        [Line(SERVED, "送达", "罚款 50 元", strong=True, links=[("/cases/1/", "决定书")], mark=state)]
    )
    assert '<time datetime="2026-03-02T01:30:00+08:00">03-02 01:30</time>' in shown
    assert "<span><b>送达</b>　罚款 50 元</span>" in shown
    assert '<a href="/cases/1/"><svg' in shown
    assert "<span>决定书</span></a>" in shown
    assert state in shown


def test_words_stay_words():
    shown = drawn([Line(SERVED, "<i>", "<u>", links=[('/"', "<s>")]), Line(SERVED, "<b>")])
    assert not any(tag in shown for tag in ("<i>", "<u>", "<s>", "<b>", '/""'))
    assert shown.count("<li") == 2
