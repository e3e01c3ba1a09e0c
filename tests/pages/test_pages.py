"""Every command and every Python block of the documentation, done as it stands."""

from pathlib import Path

import pytest

from tests.pages.blocks import KINDS, ROOT, SHELL, blocks_of, pages
from tests.pages.session import Session
from tests.pages.stages import (
    ELSEWHERE,
    NOT_TESTED,
    ONLY_READ,
    SHORTER,
    STAGES,
    first_commands,
)

BLOCKS = {str(page.relative_to(ROOT)): list(blocks_of(page)) for page in pages()}
DONE = {"commands", "session", "python", "sql"}
EXECUTED = [
    page
    for page, blocks in BLOCKS.items()
    if page not in ELSEWHERE
    and any(block.kind in DONE and not block.why_not for block in blocks)
]
QUICK = {"docs/connect/databases.md"}
"""Pages of which no block takes long."""


@pytest.fixture(scope="session")
def week(shared):
    """Return a folder with the demo's week, lived once."""
    from tests.conftest import printed

    return shared("week", lambda path: printed("demo", "--days", 5, "--out", path))


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(page, marks=[] if page in QUICK else [pytest.mark.slow])
        for page in EXECUTED
    ],
)
def test_a_page_can_be_followed(page, request, tmp_path, forked):
    """Block by block in one folder; what a page shows as printed, is printed."""
    folder = tmp_path / "reader"
    folder.mkdir()
    stage = STAGES.get(page, first_commands)
    stage(request.getfixturevalue, folder)
    session = Session(folder, SHORTER, forked)
    for block in BLOCKS[page]:
        session.do(block)


def test_what_is_not_executed_says_why():
    """Each such block has the reason above it, and all reasons stand in one list."""
    told = {
        page: [block.why_not for block in blocks if block.why_not]
        for page, blocks in BLOCKS.items()
    }
    assert {page: reasons for page, reasons in told.items() if reasons} == NOT_TESTED


def test_every_language_is_executed_or_only_read():
    """A block in another language would be silently left out."""
    known = {"", *SHELL, *KINDS, *ONLY_READ, "{toctree}", "{eval-rst}"}
    known.add("{scenario-reference}")
    assert {b.language for blocks in BLOCKS.values() for b in blocks} <= known


def test_every_stage_and_every_other_test_is_needed():
    """No page that is gone keeps a stage; who gives commands elsewhere is there."""
    assert STAGES.keys() <= set(EXECUTED)
    assert ELSEWHERE.keys() <= BLOCKS.keys()
    assert all((ROOT / Path(test)).exists() for test in ELSEWHERE.values())
    text = "".join(b.text for blocks in BLOCKS.values() for b in blocks)
    assert [words for words in SHORTER if words not in text] == []
