"""The pages on rules and their tests show what the commands print."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main

DOCS = Path(__file__).parents[1] / "docs"
BLOCK = re.compile(r"^```(yaml|bash|text)\n(.*?)^```", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("name", ["rules.md", "rule_tests.md"])
def test_a_page_shows_what_is_printed(name, demo, tmp_path, monkeypatch):
    """Files are written as shown; each line shown after a command is printed."""
    shutil.copytree(demo / "demo", tmp_path / "demo")
    monkeypatch.chdir(tmp_path)
    printed, n_lines = "", 0
    for language, text in BLOCK.findall((DOCS / name).read_text("utf-8")):
        if language == "yaml":
            Path(re.match(r"# (\S+)\n", text)[1]).write_text(text, encoding="utf-8")
        elif language == "bash":
            words = shlex.split(text, comments=True)
            done = CliRunner().invoke(main, words[1:])
            expected = re.search(r"ends with (\d)", text)
            assert done.exit_code == int(expected[1] if expected else 0), done.output
            printed = done.stdout
        else:
            for line in text.splitlines():
                assert line in printed
                n_lines += 1
    assert n_lines > 5
