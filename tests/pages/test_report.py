"""docs/report.md says what the demo's page says."""

import re
from html import unescape
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "report.md").read_text(encoding="utf-8")
LATER = {"Since the last run", "Kept leads"}
"""Sections of a second day with a ledger."""


def text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def test_the_opening_is_the_demo_s(demo: Path) -> None:
    """Its first sentence is the one that the page quotes."""
    html = (demo / "demo" / "report.html").read_text(encoding="utf-8")
    opening = re.search(r'<p class="opening">(.*?)</p>', html, re.DOTALL)
    (quoted,) = re.findall(r"```text\n(.*?)\n```", PAGE, re.DOTALL)
    assert opening and text(opening[1]).startswith(quoted)


def test_every_section_is_described_in_its_order(demo: Path) -> None:
    """No section is missing from the table, and none in it is gone."""
    html = (demo / "demo" / "report.html").read_text(encoding="utf-8")
    shown = [text(title) for title in re.findall(r"<h2[^>]*>(.*?)</h2>", html)]
    table = PAGE.partition("| section |")[2].partition("\n\n")[0]
    told = re.findall(r"^\| ([^|-][^|]*?) \|", table, re.MULTILINE)
    assert [name for name in told if name not in LATER] == shown
    assert set(told) >= LATER
