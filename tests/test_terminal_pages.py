"""What docs/terminal.md and docs/excel.md show can be given as it stands there."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main

DOCS = Path(__file__).parents[1] / "docs"
LEDGER = "\nledger: ledger.db\n"


def commands(page: str) -> list[str]:
    """Return the command lines of a page."""
    text = (DOCS / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^```bash\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    return [line for block in blocks for line in block.splitlines()]


def given(line: str) -> str:
    """Return what a command prints that succeeds."""
    done = CliRunner().invoke(main, shlex.split(line)[1:])
    assert done.exit_code == 0, f"{line}: {done.output}"
    return done.stdout


@pytest.fixture
def here(company, monkeypatch) -> Path:
    """Return the current folder, a copy of the small company with a run of Monday."""
    (company / "runs").mkdir()
    shutil.move(company / "run", company / "runs" / "monday")
    monkeypatch.chdir(company)
    return company


@pytest.mark.slow
def test_commands_of_the_terminal_page_work(here):
    lines = commands("terminal.md")
    assert len(lines) == 8
    for line in lines:
        assert given(line).strip()


@pytest.mark.slow
def test_commands_of_the_excel_page_work(here):
    path = here / "daily.yaml"
    path.write_text(path.read_text(encoding="utf-8") + LEDGER, encoding="utf-8")
    given("rightrep run daily.yaml --model daily.model --out runs/monday --replace")
    export, override = commands("excel.md")
    assert "written" in given(export)
    assert "nothing is left to change" in given(export)
    assert "30 rows as before" in given(override)
