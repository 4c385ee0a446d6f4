"""Sample values for the sheet of parts; nothing here is ever stored."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from desk.models import Job, JobState
from desk.parts import Step, drawn
from desk.strips import Day, strip
from desk.timelines import Line
from desk.typeahead import Option, TypeAhead
from law.errors import RuleViolation


class SampleForm(forms.Form):
    """One field of every shape."""

    source = forms.ChoiceField(
        label=_("来源"),
        choices=[("patrol", _("巡查发现")), ("hotline", _("12345 转办")), ("report", _("群众举报"))],
        widget=forms.RadioSelect,
        initial="patrol",
    )
    item = forms.CharField(
        label=_("什么事项"),
        help_text=_("不清楚可不填，核查后再定"),
        required=False,
        widget=TypeAhead(url=reverse_lazy("desk:component_options"), footer=_("名称或俗称都可以")),
    )
    what = forms.CharField(label=_("发生了什么"), help_text=_("一两句话即可"), widget=forms.Textarea)
    town = forms.ChoiceField(label=_("乡镇（街道）"), choices=[("1", _("样张甲镇")), ("2", _("样张乙镇"))])
    when = forms.DateTimeField(label=_("什么时候"))
    revisit_on = forms.DateField(label=_("复查日期"))
    photo = forms.FileField(label=_("照片"), required=False)
    confirmed = forms.BooleanField(label=_("当事人已签名"), required=False)

    def clean(self) -> dict[str, Any] | None:
        """Show how an error reads."""
        if "revisit_on" in self.cleaned_data:
            self.add_error("revisit_on", _("复查日期早于责令改正期限（样例）。请改日期，或补登延期通知。"))
        return self.cleaned_data


def options(query: str) -> list[Option]:
    """Answer the sample type-ahead."""
    names = ["商场、门店超出门、窗外墙摆卖", "从门店向城市道路倾倒垃圾、污水", "擅自占用城市道路设置各种设施"]
    return [
        Option(str(number), name, _("样例第 %(n)s 项") % {"n": number}, "赋权", "blue", "building-community")
        for number, name in enumerate(names, start=1)
        if any(character in name for character in query)
    ]


STATES = [
    (
        _("案件"),
        [
            ("线索", "grey", ""),
            ("调查取证", "blue", ""),
            ("中止", "amber", "player-pause"),
            ("已结案", "green", ""),
            ("已撤销", "red", ""),
        ],
    ),
    (
        _("文书"),
        [
            ("草稿", "grey", "file-text"),
            ("已批准", "blue", "file-check"),
            ("已签发", "blue", "rubber-stamp"),
            ("已送达", "green", ""),
        ],
    ),
    (
        _("权限"),
        [
            ("赋权", "blue", "building-community"),
            ("委托", "teal", "file-text"),
            ("已届满", "grey", "history"),
        ],
    ),
]


def _strip(today: date) -> Any:
    kinds = ["start", "counted", "counted", "off", "off", "off", "counted", "counted", "due"]
    numbers = [None, 1, 2, None, None, None, 3, 4, 5]
    days = [
        Day(today + timedelta(days=n - 7), kind, number)
        for n, (kind, number) in enumerate(zip(kinds, numbers, strict=True))
    ]
    return strip(days, today=today)


def _steps() -> list[Step]:
    marks = [
        ("线索", "done", "8-11"),
        ("立案", "done", "8-31"),
        ("强制措施", "na", ""),
        ("调查取证", "done", "9-15"),
        ("告知", "now", ""),
        ("法制审核", "ahead", ""),
        ("决定", "ahead", ""),
    ]
    return [Step(*mark) for mark in marks]


def _gate() -> dict[str, Any]:
    return {
        "tone": "block",
        "title": _("还不能提交法制审核、作出决定"),
        "article": "《行政处罚法》第六十二条、第六十四条第（一）项",
        "missing": _("申请听证期限未满，或当事人明确放弃的书面记录"),
        "ways": [
            {"title": _("等期满"), "text": _("期满次日自动解除并提醒承办人")},
            {"title": _("当事人已书面放弃"), "url": "#gates", "label": _("登记放弃书并上传签名页")},
        ],
        "met": [_("权限"), _("两名持证人员"), _("追责时效")],
    }


def _tiles(now: datetime) -> list[dict[str, Any]]:
    scene = {"number": "05", "title": _("店外摆放全景"), "place": _("样张路 1 号"), "by": _("样张甲")}
    licence = {"number": "07", "title": _("营业执照复印件"), "place": _("当事人提供"), "by": _("样张乙")}
    return [
        {**scene, "when": now, "digest": "9f3c0b2d71ab", "icon": "photo", "verified": True},
        {
            **licence,
            "when": now,
            "digest": "51e80c9220c9",
            "icon": "file-text",
            "verified": False,
            "missing": _("缺证明对象"),
            "mend_url": "#evidence",
        },
    ]


def _events(now: datetime) -> list[Line]:
    served = Line(
        now,
        _("送达处罚听证告知书"),
        detail=_("拟罚款 50,000 元"),
        strong=True,
        links=[("#timeline", _("听证告知书"))],
        mark=drawn("status", label=_("已送达"), tone="green", icon="circle-check"),
    )
    return [served, Line(now - timedelta(days=1), _("批准告知"))]


def _routing() -> dict[str, Any]:
    return {
        "title": _("由样张甲镇人民政府办理"),
        "badges": [
            {"label": _("赋权"), "tone": "blue", "icon": "building-community"},
            {"label": _("今天有效"), "tone": "green"},
        ],
        "facts": [(_("依据"), "《行政处罚法》第二十四条第一款"), (_("生效日期"), "2025-07-01")],
        "others": [{"name": _("县综合行政执法局"), "why": _("该事项已交由乡镇行使，县局保留指导监督")}],
    }


def _job(now: datetime) -> Job:
    return Job(
        pk=0,
        title=str(_("导入赋权事项清单")),
        state=JobState.RUNNING,
        total=296,
        done=172,
        message=str(_("正在核对条文版本")),
        created_at=now,
    )


def context(*, today: date, now: datetime) -> dict[str, Any]:
    """Return what the sheet shows."""
    return {
        "states": STATES,
        "violation": RuleViolation(
            "sample",
            "还不能作出处罚决定",
            article="《行政处罚法》第六十二条",
            unblock="等期限届满，或登记当事人书面放弃",
            link="#gates",
            message_en="The decision cannot be made yet",
            unblock_en="Wait for the end of the time, or enter the party's written waiver",
        ),
        "gate": _gate(),
        "steps": _steps(),
        "strip": _strip(today),
        "job": _job(now),
        "left": 20,
        "tiles": _tiles(now),
        "events": _events(now),
        "routing": _routing(),
        "tabs": [
            {"url": "#tabs", "label": _("概况"), "active": True},
            {"url": "#tabs", "label": _("证据"), "count": 14},
        ],
    }
