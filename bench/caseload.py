"""Fill the cases: ~5 % open, three clocks and a chained trail each, spread evenly over all townships."""

from datetime import date

from django.conf import settings

from audit.models import Event
from bench.filling import advance, fill, run
from bench.scales import BODIES, DEPARTMENTS, ITEMS, OFFICERS, TOWNSHIPS, Scale
from cases.clocks.models import Clock
from cases.dossier.models import Assignment, Case
from cases.dossier.moves import Move
from cases.dossier.stages import TABLE
from cases.instruments.models import Instrument
from cases.parties.models import Party
from law.time_limits import kind_to_clock
from papers.models import Paper

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢"
)
GIVEN = (
    "一伟芳娜敏静秀丽强磊军洋勇艳杰涛明超兰霞平刚桂英华玉萍红玲建国"
    "春梅海燕志文斌宇浩凯晨欣怡佳嘉俊峰鑫鹏飞龙婷雪琳瑞"
)
OPEN_STAGES = [
    "lead",
    *["verifying"] * 2,
    "verified",
    *["filing"] * 2,
    *["investigating"] * 5,
    "investigated",
    *["notified"] * 2,
    "review",
    "reviewed",
    "decided",
    *["served"] * 2,
    "executed",
]
OVER_STAGES = [*["archived"] * 7, "closed", "not_filed", "void"]
BEFORE_FILING = "('lead', 'verifying', 'verified', 'filing', 'not_filed', 'void')"
VERBS = [
    TABLE[move].verb.code
    for move in (
        Move.ROUTE,
        Move.ACCEPT,
        Move.VERIFY,
        Move.PROPOSE_FILING,
        Move.APPROVE_FILING,
        Move.RECORD_INSPECTION,
        Move.RECORD_INTERVIEW,
        Move.CONCLUDE,
        Move.ISSUE_NOTICE,
        Move.SERVE_NOTICE,
    )
]


def _dice(number: int, sides: int) -> str:
    """A number from 0 to sides-1 that looks random and is the same for the same case."""
    return f"((hashint8(id * 31 + {number})::bigint & 2147483647) % {sides})::int"


def _pick(number: int, values: list[str]) -> str:
    array = "ARRAY[" + ", ".join(f"'{value}'" for value in values) + "]"
    return f"({array})[1 + {_dice(number, len(values))}]"


def _letter(number: int, letters: str) -> str:
    return f"substr('{letters}', 1 + {_dice(number, len(letters))}, 1)"


PERSON = (
    f"{_letter(1, SURNAMES)} || {_letter(2, GIVEN)}"
    f" || CASE WHEN {_dice(3, 4)} > 0 THEN {_letter(4, GIVEN)} ELSE '' END"
)
COMPANY = (
    f"{_letter(1, GIVEN)} || {_letter(2, GIVEN)} || {_letter(3, GIVEN)}"
    f" || {_pick(4, ['建材', '餐饮', '物业', '商贸', '食品'])} || '有限公司'"
)


def fill_cases(scale: Scale, today: date) -> None:
    """Fill the cases and all that belongs to them."""
    _seeds(scale)
    _cases(today)
    _parties()
    _documents(scale)
    _duties()
    _clocks(scale)
    run("DROP TABLE bench_seed")
    advance(Case, Party, Paper, Instrument, Clock, Assignment)


def _seeds(scale: Scale) -> None:
    """Draw once for each case what several tables need."""
    run("DROP TABLE IF EXISTS bench_seed")
    run(
        f"""
        CREATE UNLOGGED TABLE bench_seed AS
        SELECT *, tau / {TOWNSHIPS} AS c,
               (tau / {TOWNSHIPS}) * {BODIES} + {DEPARTMENTS} + 1 + tau % {TOWNSHIPS} AS township,
               (tau / {TOWNSHIPS}) * {BODIES} + 1 + item % {DEPARTMENTS} AS department,
               tau * {DEPARTMENTS} + 1 + item % {DEPARTMENTS} AS grant_id,
               tau * {OFFICERS} + 6 + hand AS lead, tau * {OFFICERS} + 6 + (hand + 1) % 5 AS second,
               CASE WHEN is_open THEN {_pick(9, OPEN_STAGES)} ELSE {_pick(9, OVER_STAGES)} END AS stage,
               CASE WHEN {_dice(10, 10)} < 6 THEN {PERSON} ELSE {COMPANY} END AS party
        FROM (
            SELECT id, {_dice(5, scale.townships)} AS tau, {_dice(6, 20)} = 0 AS is_open,
                   {_dice(7, 5)} AS hand, 1 + {_dice(8, ITEMS)} AS item
            FROM generate_series(1, {scale.cases}) id
        ) drawn
        """
    )
    run("ANALYZE bench_seed")


def _cases(today: date) -> None:
    begun = f"DATE '{today}' - CASE WHEN is_open THEN {_dice(11, 80)} ELSE 60 + {_dice(11, 1000)} END"
    led = "CASE WHEN stage <> 'lead' THEN {} END"
    filed = f"CASE WHEN stage NOT IN {BEFORE_FILING} THEN {{}} END"
    columns = {
        "id": "id",
        "county_id": f"{settings.COUNTY_CODE} + c",
        "lead_number": "'线索' || id || '号'",
        "number": filed.format("'综执罚案〔2026〕' || id || '号'"),
        "stage": "stage",
        "is_open": "is_open",
        "source": "'patrol'",
        "summary": f"'巡查发现浙K·' || lpad({_dice(15, 90_000)}::text, 5, '0') || '停在人行道上经营。'",
        "cause": "party || '涉嫌超出门、窗外墙摆卖、经营案'",
        "party_name": "party",
        "party_id": "id",
        "address": f"'第' || {_dice(12, 10)} || '村人民路' || {_dice(13, 500)} || '号'",
        "township_id": "township",
        "place_id": f"tau * 10 + 1 + {_dice(12, 10)}",
        "item_id": "item",
        "item_version_id": filed.format("item"),
        "handler_id": led.format("township"),
        "named_id": led.format("department"),
        "mode": "CASE WHEN stage <> 'lead' THEN 'delegated' ELSE '' END",
        "grant_id": led.format("grant_id"),
        "lead_officer_id": led.format("lead"),
        "second_officer_id": led.format("second"),
        "registered_by_id": "lead",
        "found_on": begun,
        "registered_at": f"({begun})::timestamptz",
        "filed_on": filed.format(begun),
        "next_due_on": f"CASE WHEN is_open THEN DATE '{today}' - 5 + {_dice(14, 95)} END",
        "next_clock": f"CASE WHEN is_open THEN '{kind_to_clock('case_decision', 'mohurd')}' ELSE '' END",
    }
    fill(Case, columns, "bench_seed")


def _parties() -> None:
    kind = f"CASE WHEN {_dice(10, 10)} < 6 THEN 'citizen' ELSE 'organisation' END"
    fill(
        Party,
        {"id": "id", "name": "party", "kind": kind, "county_id": str(settings.COUNTY_CODE)},
        "bench_seed",
    )


def _documents(scale: Scale) -> None:
    county = {"id": "id", "county_id": f"{settings.COUNTY_CODE} + c"}
    paper = {
        "template": "'lead_register'",
        "title": "'案件来源登记表'",
        "number": "'源' || id",
        "content": "'{}'",
    }
    fill(Paper, county | paper | {"digest": "'-'", "created_at": "now()"}, "bench_seed")
    instrument = {
        "kind": "'lead_register'",
        "case_id": "id",
        "paper_id": "id",
        "issuer_id": "township",
        "issued_at": "now()",
        "issued_by_id": "lead",
        "file_order": "10",
        "event_id": f"(id - 1) * {scale.events} + 1",
        "number": "'源' || id",
    }
    fill(Instrument, county | instrument, "bench_seed")


def _duties() -> None:
    duty = {"county_id": f"{settings.COUNTY_CODE} + c", "case_id": "id", "duty": "'investigator'"}
    duty |= {"began_on": "DATE '2026-01-01'", "officer_id": "unnest(ARRAY[lead, second])"}
    fill(Assignment, duty, "bench_seed WHERE is_open AND stage <> 'lead'")


def _clocks(scale: Scale) -> None:
    kinds = ("transfer_accept", "filing_check", "case_decision")
    table = ", ".join(f"('{kind}', '{kind_to_clock(kind, 'mohurd')}')" for kind in kinds)
    running = "s.is_open AND v.kind = 'case_decision'"
    columns = {
        "county_id": f"{settings.COUNTY_CODE} + s.c",
        "kind": "v.kind",
        "clock_id": "v.clock_id",
        "case_id": "s.id",
        "event_id": f"(s.id - 1) * {scale.events} + 1",
        "state": f"CASE WHEN {running} THEN 'running' ELSE 'stopped' END",
        # The law counts ninety days from here to the due day, so that recomputing finds it right.
        "started_at": "coalesce((k.next_due_on - 90)::timestamptz, k.registered_at)",
        "due_on": "coalesce(k.next_due_on, k.found_on + 90)",
        "stopped_at": f"CASE WHEN {running} THEN NULL ELSE k.registered_at END",
    }
    source = f"bench_seed s JOIN cases_case k ON k.id = s.id CROSS JOIN (VALUES {table}) v(kind, clock_id)"
    fill(Clock, columns, source)


def fill_trail(scale: Scale) -> None:
    """Chain the events of all cases, one link of every chain at a time."""
    for seq in range(1, scale.events + 1):
        _link(scale, seq)
    advance(Event)


def _link(scale: Scale, seq: int) -> None:
    told = {
        "id": f"(k.id - 1) * {scale.events} + {seq}",
        "county_id": "k.county_id",
        "chain": "'case:' || k.id",
        "seq": str(seq),
        "verb": f"'{VERBS[seq - 1]}'",
        "target_type": "'cases.case'",
        "target_id": "k.id",
        "payload": "jsonb_build_object('from', 'lead', 'to', k.stage)",
        "actor_id": "k.registered_by_id",
        "actor_name": "'王执'",
        "address": "'10.0.0.1'",
        "request_id": "'7F3A-91C2'",
        "occurred_at": f"k.registered_at + interval '{seq} hours'",
        "recorded_at": f"k.registered_at + interval '{seq} hours'",
        "prev_hash": "coalesce(p.hash, ''::bytea)" if seq > 1 else "''::bytea",
    }
    fields = [field.column for field in Event._meta.local_concrete_fields]
    row = ", ".join(told.get(column, "''::bytea") for column in fields)
    before = f" JOIN audit_event p ON p.id = (k.id - 1) * {scale.events} + {seq - 1}" if seq > 1 else ""
    fill(Event, told | {"hash": f"audit_event_digest(ROW({row})::audit_event)"}, f"cases_case k{before}")
