"""Docs name files and folders that are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    """Every relative link of a page is a file or a folder."""
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_map_names_what_is_there():
    """Paths in docs/architecture.md exist, those of folders of a room in that room."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    paths = [name for name in re.findall(r"`([\w./]+)`", text) if "/" in name]
    rows = [line.split("|") for line in text.splitlines() if line.startswith("| [")]
    rooms = {
        name: re.findall(r"\(\.\./(\w+)\)", row[1])
        for row in rows
        for name in re.findall(r"`(\w+/)`", row[2])
    }
    missing = [
        name
        for name in paths
        if not (ROOT / name).exists()
        and not any((ROOT / room / name).exists() for room in rooms.get(name, []))
    ]
    assert len(paths) > 25 and missing == []
