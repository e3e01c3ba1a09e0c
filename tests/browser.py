"""Chromium without a window, for pages as people see them."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
PHONE, DESK = 390, 1280


@dataclass
class Seen:
    """A page in a browser, and what it said and asked for.

    Attributes
    ----------
    page
        Playwright's page.
    messages, requests, dialogs
        Of the console; addresses asked for; boxes that opened.
    """

    page: Any
    messages: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def open(self, file: Path) -> None:
        """Open a file, and note all that it does."""
        page = self.page
        page.on("console", lambda message: self.messages.append(message.text))
        page.on("pageerror", lambda error: self.messages.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("dialog", self._dismissed)
        page.goto(file.as_uri())

    def _dismissed(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    @property
    def overflow(self) -> int:
        """Pixels by which the page is wider than its window."""
        root = "document.documentElement"
        asked = f"{root}.scrollWidth - {root}.clientWidth"
        return int(self.page.evaluate(asked))

    def texts(self, selector: str) -> list[str]:
        """Return the texts of the elements that are shown."""
        shown = self.page.locator(f"{selector} >> visible=true")
        return [text.strip() for text in shown.all_inner_texts()]


@dataclass
class Browser:
    """A browser that opens files."""

    chromium: Any

    @contextmanager
    def showing(self, file: Path, width: int = DESK, **options: Any) -> Iterator[Seen]:
        """Give a file in a window of its own.

        Parameters
        ----------
        width
            Of the window, in CSS pixels.
        **options
            As for Playwright's ``new_context``, such as ``color_scheme``.
        """
        size = {"width": width, "height": 844}
        context = self.chromium.new_context(viewport=size, **options)
        try:
            seen = Seen(context.new_page())
            seen.open(file)
            yield seen
        finally:
            context.close()


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Give a browser; skips where the machine has none."""
    sync = pytest.importorskip("playwright.sync_api", reason="no playwright")
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("no Chromium: install Debian's package chromium")
    with sync.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"]
        )
        try:
            yield Browser(chromium)
        finally:
            chromium.close()
