"""The language of the law: taken for what is written on file, and given back to the page it came from."""

from threading import Barrier, Thread

from django.utils import translation

from desk.language import in_legal_language


def test_pages_drawn_at_the_same_time_each_keep_their_own_language():
    entered, left = Barrier(2), Barrier(2)
    found = {}

    @in_legal_language()
    def write(language: str) -> None:
        # Both are inside before either leaves.
        entered.wait(timeout=180)

    def page(language: str) -> None:
        with translation.override(language):
            write(language)
            left.wait(timeout=180)
            found[language] = translation.get_language()

    pages = [Thread(target=page, args=[language]) for language in ("en", "zh-hans")]
    for one in pages:
        one.start()
    for one in pages:
        one.join()
    assert found == {"en": "en", "zh-hans": "zh-hans"}
