"""A person at a browser: signs in, opens a case, does an act by filling the page's own form."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

PATIENCE_MS = 120_000


class Person:
    """One signed-in person; errors of the page's scripts are kept and can be asserted on."""

    def __init__(self, page: Page, home: str, shots: Path) -> None:
        self.page, self.home, self.shots = page, home, shots
        self.errors: list[str] = []
        self.outside: list[str] = []
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda line: self.errors.append(line.text) if line.type == "error" else None)
        page.on("request", self._watch)

    def _watch(self, request: Any) -> None:
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.outside.append(request.url)

    def sign_in(self, username: str, password: str) -> None:
        self.page.goto(f"{self.home}/")
        self.page.fill("#id_username", username)
        self.page.fill("#id_password", password)
        self.page.click("button[type=submit]")
        expect(self.page.locator("main h1").first).to_be_visible()

    def open(self, path: str) -> None:
        answer = self.page.goto(f"{self.home}{path}")
        assert answer is not None
        assert answer.status == 200, (path, answer.status)

    def follow(self, path: str) -> None:
        """Click the link to a path that the page shows; a page that does not show it has no such act."""
        link = self.page.locator(f'main a[href="{path}"]').first
        if not link.is_visible():
            self.page.locator("main details:not([open]) > summary").first.click()
        link.click()
        self.page.wait_for_url(re.compile(re.escape(path)))

    def fill(self, values: dict[str, Any], upload: Path | None = None) -> None:
        for name, value in values.items():
            # What a choice does not need is out of sight; nothing is typed there.
            if value != "" or self.page.locator(f'main [name="{name}"]').first.is_visible():
                self._set(name, value)
        if upload is not None:
            self.page.set_input_files("main input[type=file]", str(upload))

    def _set(self, name: str, value: Any) -> None:
        field = self.page.locator(f'main [name="{name}"]')
        kind = field.first.evaluate("field => field.type || field.tagName.toLowerCase()")
        if kind in {"radio", "checkbox"}:
            self._tick(field, value)
        elif kind.startswith("select"):
            field.first.select_option(str(value))
        elif kind == "hidden":
            field.first.evaluate("(field, value) => { field.value = value }", str(value))
        else:
            field.first.fill(str(value))

    def _tick(self, field: Locator, value: Any) -> None:
        wanted = {str(one) for one in value} if isinstance(value, list) else {str(value)}
        for box in field.all():
            want = value is True or (box.get_attribute("value") or "") in wanted
            if want != box.is_checked() and (want or box.get_attribute("type") == "checkbox"):
                self.page.locator(f'label[for="{box.get_attribute("id")}"]').first.click()
                expect(box).to_be_checked(checked=want)

    def submit(self) -> None:
        send = "main form[method=post] button.btn-primary:visible, button[form].btn-primary:visible"
        with self.page.expect_navigation():
            self.page.locator(send).first.click()

    def shot(self, name: str) -> None:
        self.shots.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=str(self.shots / f"{name}.png"), full_page=True)
