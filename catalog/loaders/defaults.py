"""What a list says of all its items, and what a sheet says of them by its name and title."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from catalog.loaders.headers import Header
from catalog.loaders.headings import PLACE
from catalog.loaders.reading import Sheet

# 街道 or 乡镇 alone names no place.
SHORTEST_PLACE = 2
FIELD = re.compile(r"^[\u4e00-\u9fff（）、]{2,12}$")
# Sheets are named after laws and kinds of tables too.
OF_A_LAW = re.compile(
    r"(?:法|条例|办法|规定|细则|规则|决定|令)(?:（[^）]*）)?$"
    r"|清单|目录|表|处罚|裁量|基准|标准|事项|说明|附件|工作|幅度|罚款|赋权|下放|承接|委托"
    r"|权力|权责|职权|汇总|统计|对照|台账|定稿|终稿|修订|公布|公示|依据|批$"
)
POWER = re.compile(
    r"^行政(?:处罚|强制|检查|许可|征收|确认|给付|奖励|裁决)"
    r"|^(?:处罚|强制|检查|许可)类?$|^其他(?:行政)?(?:权力|职权|类)?$"
)
DEPARTMENT = re.compile(r"(?:局|委|委员会|办|办公室|中心|大队|支队|部门|厅|站|院|政府|分局|银行|公司)$")
POWER_OF_BASIS = {"coercion": "行政强制", "inspection": "行政检查"}
ORDER = re.compile(
    r"^(?:附件|附表|表)?\s*[（(]?(?:[一二三四五六七八九十]+|\d+(?:[-－.]\d+)*)[）)]?[、.．\s\-_]*"
)
COUNTED = re.compile(r"[（(]?\s*(?:共|计)?\s*\d+\s*[项条个件]\s*[）)]?$")
# A line above the table: 执法领域：城市管理.
AREA_TOLD = re.compile(r"^(?:执法|所属|行业|专业|监管)?领域\s*[:：]\s*(?P<area>[\u4e00-\u9fff（）、]{2,15})$")
OF_A_LIST = re.compile(
    r"(?:行政执法|综合执法|行政处罚|行政权力|赋权|执法)?(?:权力|权责|职权)?(?:事项)?"
    r"(?:清单|目录|一览表|汇总表|裁量(?:权)?(?:基准|标准)(?:表)?|表)$"
)


@dataclass(frozen=True, slots=True)
class Defaults:
    """What is said of all items, where the rows do not say otherwise."""

    department_name: str = ""
    domain: str = ""
    table_title: str = ""
    power_type: str = ""
    # A sheet for each township names the list that its items stand in.
    township: str = ""
    domains: Mapping[str, str] = field(default_factory=dict)


def is_department(text: str) -> bool:
    """Tell the name of a body from that of a field."""
    return bool(text) and bool(DEPARTMENT.search(text))


def defaults_of_sheet(sheet: Sheet, header: Header, defaults: Defaults) -> Defaults:
    """Take power, field and department of all items from the sheet's name or title where no column tells."""
    defaults = _by_name(sheet, header, defaults)
    above = [sheet.own(row, column) for row in range(header.row) for column in sheet.filled(row)]
    area = next((told["area"] for text in above if (told := AREA_TOLD.match(text))), "")
    if area and not header.has("domain"):
        defaults = replace(defaults, domain=area)
    if header.has("department"):
        return defaults
    found = [named for text in (sheet.name, *above) if (named := department_in(text))]
    # 自规局 on the sheet is 县自然资源和规划局 in its title.
    whole = max((one for one in found if _abbreviates(found[0], one)), key=len, default="")
    return replace(defaults, department_name=whole) if whole else defaults


def _abbreviates(short: str, name: str) -> bool:
    """Tell a short form of a name: its characters stand in the name in the same order."""
    rest = iter(name)
    return all(one in rest for one in short)


def _by_name(sheet: Sheet, header: Header, defaults: Defaults) -> Defaults:
    """Read a sheet's name as a kind of power, a township or a field of enforcement, where it is one."""
    plain = COUNTED.sub("", ORDER.sub("", sheet.name.strip()))
    if not header.has("penalty", "basis", "power_type"):
        told = next((power for name, power in POWER_OF_BASIS.items() if header.has(name)), "")
        defaults = replace(defaults, power_type=told or defaults.power_type)
    if POWER.search(plain) and not header.has("power_type"):
        return replace(defaults, power_type=plain)
    area = OF_A_LIST.sub("", plain).removesuffix("领域").removesuffix("类")
    if len(area) > SHORTEST_PLACE and PLACE.search(area):
        return replace(defaults, township=area)
    named = FIELD.match(area) and not OF_A_LAW.search(area) and not is_department(area)
    return replace(defaults, domain=area) if named and not header.has("domain") else defaults


def department_in(text: str) -> str:
    """Read a department out of a sheet's name or title: 2.水务局（32项） or 县水利局行政处罚事项清单."""
    plain = ORDER.sub("", COUNTED.sub("", text.strip()))
    plain = re.sub(r"^(?:填报|责任|主管|实施)?(?:单位|部门|主体)[（(盖章）)]*[:：]\s*", "", plain)
    for _round in range(3):
        plain = OF_A_LIST.sub("", plain).strip()
    return plain if len(plain) <= 30 and is_department(plain) and "《" not in plain else ""
