"""What docs/replay.md and docs/differences.md show can be given as it stands there."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main

DOCS = Path(__file__).parents[1] / "docs"


def blocks(page: str, language: str) -> list[str]:
    """Return a page's blocks of a language."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


@pytest.mark.slow
@pytest.mark.parametrize("page", ["replay.md", "differences.md"])
def test_commands_of_a_page_work(page, demo, tmp_path, monkeypatch):
    """In a folder with the demo; a scenario that the page shows lies beside its own."""
    shutil.copytree(demo / "demo", tmp_path / "demo")
    monkeypatch.chdir(tmp_path)
    for text in blocks(page, "yaml"):
        Path("demo/company/wider.yaml").write_text(text, encoding="utf-8")
    lines = [line for block in blocks(page, "bash") for line in block.splitlines()]
    assert len(lines) > 2
    printed = []
    for line in lines:
        done = CliRunner().invoke(main, shlex.split(line)[1:])
        assert done.exit_code == 0, (line, done.output, done.exception)
        printed.append(done.stdout)
    for shown in blocks(page, "text"):
        assert any(shown in text for text in printed), shown
