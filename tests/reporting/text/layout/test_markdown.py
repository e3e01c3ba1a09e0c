"""Markdown shows what is in a table, and obeys none of it."""

import pandas as pd
import pytest

from reporting.text.layout.markdown import escaped, markdown_table


def test_numbers_stand_to_the_right_and_whole():
    frame = pd.DataFrame({"rep_id": ["R1", "R2"], "n": [1, None]}, dtype=object)
    assert markdown_table(frame).splitlines() == [
        "| rep_id | n |",
        "| --- | ---: |",
        "| R1 | 1 |",
        "| R2 |  |",
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a|b", r"a\|b"),
        ("<script>", r"\<script\>"),
        ("[x](javascript:y)", r"\[x\](javascript:y)"),
        ("two\nlines", r"two\\nlines"),
        ("rep_id", "rep_id"),
        ("_all_ *of* it", r"\_all\_ \*of\* it"),
        ("`code`", r"\`code\`"),
        ("\x1b[31m", r"\\x1b\[31m"),
    ],
)
def test_nothing_is_obeyed(text, shown):
    assert escaped(text) == shown
