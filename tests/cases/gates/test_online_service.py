"""Electronic service of what the party may contest names the online way to do so."""

from cases.dossier.stages import Stage
from cases.instruments.models import Service
from tests.cases.standing import again, denied, done, standing_at

laid = standing_at("serve-decision")


def test_online_service_online_review_is_told_or_the_service_does_not_count(standing):
    online = {"method": "electronic", "consent": True}
    denied(
        standing,
        "online_service_online_review",
        "第二十二条",
        again(standing, "serve-decision", **online),
    )
    note = "文书载明可经行政复议网上平台申请。"
    assert done(standing, again(standing, "serve-decision", **online, note=note)).stage == Stage.SERVED
    assert Service.objects.latest("id").note == note
