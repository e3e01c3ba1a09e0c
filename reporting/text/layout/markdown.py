"""Tables as Markdown, in which nothing of the data is obeyed."""

import re

import pandas as pd

from crm import one_line
from crm.cells import cell_text
from reporting.text.layout.layout import is_numbers

_ACTING = re.compile(r"[\\`*{}\[\]<>|#~$&!]|(?<![^\W_])_|_(?![^\W_])")
"""What Markdown obeys; an underscore inside a word is none."""


def markdown_table(frame: pd.DataFrame) -> str:
    """Return the frame as a table of GitHub's Markdown, numbers to the right."""
    names = [escaped(str(name)) for name in frame.columns]
    columns = [frame.iloc[:, place] for place in range(frame.shape[1])]
    rules = ["---:" if is_numbers(column) else "---" for column in columns]
    cells = [[escaped(cell_text(cell)) for cell in column] for column in columns]
    rows = [names, rules, *zip(*cells, strict=True)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def heading(text: str) -> str:
    """Return a heading of the second level."""
    return f"## {escaped(text)}"


def escaped(text: str) -> str:
    """Return a text that Markdown shows as it is, on one line."""
    return _ACTING.sub(lambda sign: f"\\{sign[0]}", one_line(text))
