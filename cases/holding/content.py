"""What the party is told of a hold and of its end."""

from django.utils import timezone

from cases.holding.models import Hold


def notice_paragraphs(hold: Hold) -> list[str]:
    """Tell why, where and until when the things are held (行政处罚法第五十六条)."""
    began = timezone.localdate(hold.started_at)
    until = f"{hold.due_on:%Y年%-m月%-d日}" if hold.due_on else "七个工作日内"
    return [
        f"因{hold.reason.rstrip('。')}，依照《中华人民共和国行政处罚法》第五十六条的规定，"
        f"经本机关负责人批准，自{began:%Y年%-m月%-d日}起对下列物品先行登记保存，保存地点：{hold.place}。",
        "保存期间，当事人或者有关人员不得销毁或者转移。",
        f"本机关将在{until}前作出处理决定；逾期未作出处理决定的，先行登记保存自动解除。",
    ]


def disposal_paragraphs(hold: Hold) -> list[str]:
    """Tell what became of what was held."""
    number = hold.notice.number if hold.notice else ""
    return [
        f"对{number}先行登记保存的物品，本机关依照《中华人民共和国行政处罚法》第五十六条的规定处理如下："
        f"{hold.get_disposal_display()}。",
        *([hold.disposal_note] if hold.disposal_note else []),
    ]
