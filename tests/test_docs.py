"""Docs name files and folders that are there."""

import re

import pytest

from tests.pages.blocks import ROOT, pages

DOCS = pages()


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    """Every relative link of a page is a file or a folder."""
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_first_page_leads_to_every_other():
    """Itself, or by the first page of a folder."""
    folder = ROOT / "docs"
    linked = set(re.findall(r"\]\(([^)#:]+)", (folder / "index.md").read_text("utf-8")))
    own = {page.name for page in folder.glob("*.md")} - {"index.md"}
    firsts = {f"{page.parent.name}/README.md" for page in folder.glob("*/README.md")}
    assert len(own) > 15 and len(firsts) > 3
    assert (own | firsts) - linked == set()


@pytest.mark.parametrize(
    "first", sorted(ROOT.glob("docs/*/README.md")), ids=lambda first: first.parent.name
)
def test_the_first_page_of_a_folder_leads_to_its_pages(first):
    linked = set(re.findall(r"\]\(([^)#:]+)", first.read_text("utf-8")))
    own = {page.name for page in first.parent.glob("*.md")} - {first.name}
    assert own and own - linked == set()


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
