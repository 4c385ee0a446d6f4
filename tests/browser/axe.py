"""axe-core in the page: what breaks WCAG 2.2 AA or its best practice, and what runs off the screen."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "var" / "assets" / "testing" / "axe.min.js"
HIDDEN = """() => [...document.querySelectorAll(".tabs .on")].some((tab) => {
    const place = tab.getBoundingClientRect(), row = tab.parentElement.getBoundingClientRect();
    return place.left < row.left - 1 || place.right > row.right + 1;
})"""
OVER = """() => [...document.querySelectorAll(".stack > .box")].filter((box) =>
    box.getBoundingClientRect().right > box.parentElement.getBoundingClientRect().right + 1).length"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """Return each broken rule with the elements that break it."""
    if not page.evaluate("'axe' in window"):
        # The pages to come bring it with them: to send it into each takes a fifth of the whole check.
        page.add_init_script(path=AXE)
        page.evaluate(AXE.read_text(encoding="utf-8"))
    asked = {"runOnly": RULES, "resultTypes": ["violations"]}
    found = page.evaluate("asked => axe.run(asked)", asked)["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]


def problems(page: Page) -> list[object]:
    """Return what is wrong with a page as it stands: rules broken, what is off the screen or in the way."""
    wide, hidden, over = overflow(page), page.evaluate(HIDDEN), page.evaluate(OVER)
    return [
        *violations(page),
        *([f"{wide} px too wide"] if wide else []),
        *(["the open tab is out of view"] if hidden else []),
        *([f"{over} boxes reach over their column"] if over else []),
    ]


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
