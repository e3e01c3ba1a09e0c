"""What docs/recommend.md and docs/sheet.md show is what their commands print."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main

DOCS = Path(__file__).parents[1] / "docs"


def shown(page):
    """Return each command of a page, with what it prints."""
    text = (DOCS / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^```console\n\$ (.*?)\n(.*?)^```", text, re.DOTALL | re.M)
    return dict(blocks)


@pytest.mark.slow
@pytest.mark.parametrize("page", ["recommend.md", "sheet.md"])
def test_commands_print_what_the_page_shows(page, demo, tmp_path, monkeypatch):
    """Beside the demo and its model."""
    shutil.copytree(demo / "demo", tmp_path / "demo")
    shutil.copy(demo / "demo.model", tmp_path)
    monkeypatch.chdir(tmp_path)
    commands = shown(page)
    assert len(commands) >= 2
    for command, text in commands.items():
        done = CliRunner().invoke(main, shlex.split(command)[1:])
        assert done.exit_code == 0, (command, done.output)
        assert done.stdout == text, command
