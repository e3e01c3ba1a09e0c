"""On a terminal, tables fit; in a pipe, they are whole."""

import io
import sys

import pandas as pd
import pytest

from commands.shell.streams import VisibleStream
from reporting.text.layout.layout import aligned, table
from reporting.text.layout.screen import fitting, screen, shortened, text_width, wrapped

FRAME = pd.DataFrame(
    {
        "rep_id": ["R1", "R2"],
        "name of the rep": ["Ann", "東京" * 20],
        "unassigned leads": [1.5, 1234.0],
        "detail": ["x" * 80, "y"],
    }
)


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


@pytest.fixture
def printed(monkeypatch):
    """Return a function: columns, text's maker -> what a terminal is sent."""

    def send(columns, make, **environment):
        for name in ("NO_COLOR", "TERM"):
            monkeypatch.delenv(name, raising=False)
        for name, value in ({"TERM": "xterm"} | environment).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("COLUMNS", str(columns))
        terminal = Terminal()
        guarded = VisibleStream(terminal)
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", guarded)
            guarded.write(make())
        return terminal.getvalue()

    return send


def plain(text):
    return text.replace("\x1b[1m", "").replace("\x1b[2m", "").replace("\x1b[0m", "")


def test_a_table_is_as_wide_as_the_terminal_and_says_what_it_cut(printed):
    text = printed(60, lambda: table(FRAME))
    lines = plain(text).splitlines()
    assert max(map(text_width, lines)) == 60
    assert "(2 cells shortened; in a pipe whole)" in lines
    assert any(line.startswith("R2") and "…" in line for line in lines)
    assert text.startswith("\x1b[1m") and "─" in text


def test_headers_take_lines_before_they_lose_letters(printed):
    lines = plain(printed(60, lambda: table(FRAME))).splitlines()
    assert "unassigned" in lines[0] and "leads" in lines[1]


def test_rows_are_blocks_where_nothing_fits(printed):
    text = plain(printed(24, lambda: table(FRAME)))
    assert "shortened" not in text and "unassigned leads" in text
    assert "".join(text.split()).count("x" * 80) == 1


def test_a_pipe_gets_whole_cells_and_no_escapes(monkeypatch):
    monkeypatch.setenv("COLUMNS", "20")
    assert screen() is None
    assert "x" * 80 in table(FRAME) and "─" not in table(FRAME)


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_escape_is_sent_where_none_is_wanted(printed, environment):
    assert "\x1b" not in printed(60, lambda: table(FRAME), **environment)


def test_data_cannot_mark_itself(printed):
    """What looks like our marks, and escapes, are shown as text."""
    odd = pd.DataFrame({"a": ["\x1b[1mbold", "\x0e1m", "\\x0e1m"]})
    text = printed(60, lambda: table(odd))
    assert plain(text).count("\x1b") == 0 and "\\x1b[1mbold" in text


def test_long_values_go_on_below_their_beginning(printed):
    text = plain(printed(30, lambda: aligned([("rule", "one two " * 6), ("x", "y")])))
    first, second, *_, last = text.splitlines()
    assert first.startswith("rule  one two") and second.startswith(" " * 6 + "one two")
    assert max(map(len, text.splitlines())) <= 30 and last == "x     y"


def test_an_ascii_terminal_gets_ascii(printed, monkeypatch):
    monkeypatch.setattr(Terminal, "encoding", "ascii")
    ascii_only = FRAME.assign(**{"name of the rep": "z" * 70})
    assert printed(60, lambda: table(ascii_only)).isascii()


def test_widths():
    assert text_width("東京") == 4 and text_width("e\u0301") == 1
    assert shortened("東京都", 5, "…") == "東京…" and shortened("abc", 3, "…") == "abc"
    assert wrapped("one two three", 7) == ["one two", "three"]
    assert wrapped("abcdefghij", 4) == ["abcd", "efgh", "ij"]
    assert fitting([10, 30, 20], 40) == [10, 15, 15]
    assert sum(fitting([40, 8, 8], 30)) == 30
    assert fitting([9, 9, 9], 5) == [8, 8, 8]
