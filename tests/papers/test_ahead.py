"""Papers laid out beside other work are those that would have been laid out at once."""

from papers import files, rendering, services
from papers.ahead import Ahead
from papers.models import Paper
from tests.papers.samples import SAMPLES


def test_a_paper_begun_ahead_is_laid_out_once_and_prints_the_same_bytes(db, at):
    begun, other = (
        services.freeze(template=kind, content=SAMPLES[kind], at=at)
        for kind in ("service_receipt", "filing_approval")
    )
    html = rendering.render_html(begun.template, begun.content)

    with Ahead() as ahead:
        ahead.begin(begun)
        ahead.begin(Paper.objects.get(pk=begun.pk))
        laid_out = ahead.lay_out(html)
        assert ahead.lay_out(html) is laid_out, "laid out once"
        printed = [services.render(paper, lay_out=ahead.lay_out) for paper in (begun, other)]

    assert files.open_checked(printed[0]) == laid_out.pdf == rendering.render_pdf(html)
    expected = rendering.render_pdf(rendering.render_html(other.template, other.content))
    assert files.open_checked(printed[1]) == expected, "what was never begun is laid out when asked for"
