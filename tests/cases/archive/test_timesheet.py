"""The time line of a file: what each act made, and the office's own periods."""

from cases.archive.clocksheet import clocks_told
from cases.archive.timesheet import timeline_of
from tests.cases.standing import standing_at

laid = standing_at("archive")


def test_a_decision_after_the_party_had_its_time_is_not_called_late(standing):
    rows = {row["step"]: row for row in timeline_of(standing.case())}
    decided = rows["作出处罚决定"]
    # Ninety days by national law; by the rules of the sector from the day of filing.
    assert decided["due"] > "2026-03-25"
    assert decided["state"].endswith("按期")
    assert not [row for row in rows.values() if "超期" in row["state"]]


def test_nobody_is_told_to_be_late_or_done_with_what_ran_for_the_party(standing):
    told = {row["name"]: row["state"] for row in clocks_told(standing.case())}
    assert told["陈述申辩期限"] == "期限届满"
    assert told["申请行政复议"].endswith("（结案）尚未届满")
    assert not [state for state in told.values() if "超期" in state]


def test_each_act_names_the_papers_it_made(standing):
    rows = {row["step"]: row["detail"] for row in timeline_of(standing.case())}
    assert rows["作出处罚决定"] == "王建平；行政处罚决定审批表；行政处罚决定书 青禾罚决〔2026〕1号"
    assert rows["决定书送达"] == "赵敏；送达回证"
    assert rows["呈报立案"] == "赵敏"
