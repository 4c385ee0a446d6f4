"""The page of a case with 40 documents and 60 events."""

from django.urls import reverse

from bench.bench import Bench
from bench.cast import thick_case
from bench.line import Line
from bench.meter import Task
from cases.dossier.models import Case

CASE = """
    SELECT k.*, t.name AS township, t.short_name, h.name AS handler, n.name AS named, i.uid, v.name AS item,
           v.violation, v.domain, p.name AS party, p.kind, l.name AS lead, s.name AS second, g.name AS place
    FROM cases_case k JOIN townships_body t ON t.id = k.township_id
    LEFT JOIN townships_body h ON h.id = k.handler_id LEFT JOIN townships_body n ON n.id = k.named_id
    LEFT JOIN catalog_item i ON i.id = k.item_id LEFT JOIN catalog_itemversion v ON v.id = k.item_version_id
    LEFT JOIN cases_party p ON p.id = k.party_id LEFT JOIN townships_officer l ON l.id = k.lead_officer_id
    LEFT JOIN townships_officer s ON s.id = k.second_officer_id
    LEFT JOIN townships_place g ON g.id = k.place_id
    WHERE k.id = %s AND k.county_id = %s AND (k.handler_id = %s OR k.named_id = %s)
"""
EVENTS = """
    SELECT seq, verb, actor_name, occurred_at, recorded_at, payload, request_id
    FROM audit_event WHERE chain = %s ORDER BY seq DESC LIMIT 500
"""
DOCUMENTS = """
    SELECT m.id, m.kind, m.number, m.state, m.issued_at, m.responsible, p.title, p.page_count,
           b.name AS issuer, s.method, s.served_at
    FROM cases_instrument m JOIN papers_paper p ON p.id = m.paper_id
    JOIN townships_body b ON b.id = m.issuer_id
    LEFT JOIN cases_service s ON s.instrument_id = m.id WHERE m.case_id = %s ORDER BY m.file_order, m.id
"""
CLOCKS = "SELECT * FROM cases_clock WHERE case_id = %s ORDER BY state, due_on"
CARDS = "SELECT number, valid_from, valid_to, domains FROM townships_certificate WHERE officer_id IN (%s, %s)"


def lines(bench: Bench) -> list[Line]:
    """Return the lines about the case page."""
    cast = bench.cast
    thick = thick_case(cast, bench.at, bench.today, bench.scale.documents)
    address = reverse("case", args=[thick.pk])
    hello = Task(bench.visit(cast.lead, "/hello/"))
    return [
        Line(
            "case_page",
            f"case page, {bench.scale.documents} documents, 60 events",
            ours=Task(bench.visit(cast.lead, address)),
            floor=Task(lambda: floor(bench, thick)),
            shared=hello,
            goal=8,
            most_queries=12,
            growth_goal=0.1,
            facts={"documents": thick.instruments.count()},
        ),
        Line(
            "case_documents",
            "case page, its tab of documents",
            ours=Task(bench.visit(cast.lead, f"{address}?tab=documents")),
            floor=Task(lambda: floor(bench, thick)),
            shared=Task(hello.call),
            goal=8,
            most_queries=12,
            growth_goal=0.1,
        ),
    ]


def floor(bench: Bench, case: Case) -> bytes:
    """Read what the page shows, by five prepared statements."""
    body, cast = bench.cast.township.pk, bench.cast
    return b"".join(
        (
            bench.as_json(CASE, case.pk, case.county_id, body, body),
            bench.as_json(EVENTS, case.chain),
            bench.as_json(DOCUMENTS, case.pk),
            bench.as_json(CLOCKS, case.pk),
            bench.as_json(CARDS, cast.lead.pk, cast.second.pk),
        )
    )
