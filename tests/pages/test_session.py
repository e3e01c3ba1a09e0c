"""What doing a page's blocks finds, and what it keeps from one to the next."""

import pytest

from tests.pages.blocks import Block, blocks_of
from tests.pages.session import Session


@pytest.fixture
def do(tmp_path):
    """Return a function that does a block of a language in one folder."""
    folder = tmp_path / "reader"
    folder.mkdir()
    session = Session(folder, {"long": "short"})
    return lambda language, text: session.do(Block("page.md", 1, language, text))


def test_a_command_that_fails_is_named(do):
    with pytest.raises(AssertionError, match=r"page.md, line 1: false\nexit code 1"):
        do("bash", "true\nfalse\n")


def test_an_exit_code_is_as_the_page_says(do):
    do("bash", "(exit 7)  # exits 7\n")
    with pytest.raises(AssertionError, match="exit code 0, not 7"):
        do("bash", "true  # exits 7\n")


def test_what_is_shown_is_printed(do):
    """In this order; other lines may stand between where the page says so."""
    do("bash", "printf 'one\\ntwo   2\\nthree\\n'\n")
    do("text", "one\n...\nthree\n")
    do("text", "two 2\n")
    for wrong in ("four\n", "three\none\n"):
        with pytest.raises(AssertionError, match="is not in"):
            do("text", wrong)


def test_a_session_shows_what_each_command_prints(do):
    do("console", "$ printf 'one\\ntwo\\n'\none\n...\n\n$ echo three\nthree\n")
    with pytest.raises(AssertionError, match="two\nis not in"):
        do("console", "$ echo one\ntwo\n$ echo two\n")


def test_the_shell_goes_on(do, tmp_path):
    """Folder and environment, but no more, are those of the command before."""
    do("bash", "mkdir inner && cd inner\nexport WORD=here\n")
    do("bash", 'echo "$WORD" > \\\n  word.txt\n')
    assert (tmp_path / "reader" / "inner" / "word.txt").read_text() == "here\n"


def test_files_are_written_where_the_reader_is(do, tmp_path):
    """With what takes long made shorter."""
    do("yaml", "# sub/day.yaml\nname: long\n")
    written = tmp_path / "reader" / "sub" / "day.yaml"
    assert written.read_text() == "# sub/day.yaml\nname: short\n"


def test_a_block_with_a_reason_is_left_out(do, tmp_path, monkeypatch):
    """The reason stands above it, and is none of what readers see."""
    monkeypatch.setattr("tests.pages.blocks.ROOT", tmp_path)
    page = tmp_path / "page.md"
    page.write_text("<!-- not tested: it fails -->\n```bash\nfalse\n```\n")
    [block] = blocks_of(page)
    assert (block.why_not, block.text, block.line) == ("it fails", "false\n", 2)
    Session(tmp_path, {}).do(block)


def test_what_a_page_has(tmp_path, monkeypatch):
    """Blocks without a language are commands only where they begin like some."""
    monkeypatch.setattr("tests.pages.blocks.ROOT", tmp_path)
    page = tmp_path / "page.md"
    page.write_text("# Page\n\n```\nrightrep demo\n```\n\n```\ncrm -> cli\n```\n")
    commands, picture = blocks_of(page)
    assert (commands.kind, commands.line) == ("commands", 3)
    assert picture.kind == ""
