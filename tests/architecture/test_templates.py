"""No words of a page stand untranslated in a tag or behind a filter of its template."""

import re

from tests.architecture.sources import ROOT

TAG = re.compile(r"{%.*?%}|{{.*?}}")
TRANSLATED = re.compile(r'_\("[^"]*"\)')
OWN = ("{% translate", "{% blocktranslate", "{% comment")
HAN = re.compile(r"[\u4e00-\u9fff]")


def test_every_word_handed_to_a_tag_or_filter_is_marked_for_translation():
    pages = [page for page in ROOT.glob("templates/**/*.html") if "instruments" not in page.parts]
    assert len(pages) > 150
    found = [
        f"{page.relative_to(ROOT)}: {tag}"
        for page in pages
        for tag in TAG.findall(page.read_text())
        if not tag.startswith(OWN) and HAN.search(TRANSLATED.sub("", tag))
    ]
    assert found == []
