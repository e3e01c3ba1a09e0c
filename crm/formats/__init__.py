"""File formats: text, Excel, Parquet and JSON files as tables of text cells."""

from csv import field_size_limit
from dataclasses import replace
from pathlib import Path

import numpy as np

from crm.files import PARQUET, why_unreadable_table
from crm.formats.appearance import as_it_looks
from crm.formats.csv import read_csv
from crm.formats.fill_down import filled_down
from crm.formats.footer import footer_checked, without_footer
from crm.formats.json_lines import read_json_lines
from crm.formats.other_content import refuse_other_content
from crm.formats.parquet import read_parquet
from crm.formats.utf8 import PACKED
from crm.issues import DataError, Issue
from crm.layout import Layout
from crm.table import Table

__all__ = ["read_table", "writable"]

_TEXT, _EXCEL = (".csv", ".tsv", ".txt"), (".xlsx", ".xls")
_JSON_LINES = ".jsonl"
_KEYS = {
    "encoding": (*_TEXT, _JSON_LINES),
    "separator": _TEXT,
    "header_row": (*_TEXT, *_EXCEL),
    "skip_footer": (*_TEXT, *_EXCEL),
    "sheet": _EXCEL,
    "rows": (PARQUET,),
}
"""Key of the layout -> the endings of the files that it says something of."""


def read_table(path: Path, file: str, layout: Layout | None = None) -> Table:
    """Return the file's rows as text cells, ``""`` where a cell is empty.

    Texts that look the same are the same: :func:`crm.characters.cleaned`.

    Parameters
    ----------
    path
        The file; its ending tells the format.
    file
        The file as the user wrote it, for messages.
    layout
        How its rows are to be found; ``None`` for what the file itself tells.

    Raises
    ------
    DataError
        If the file cannot be read as a table.
    """
    if problem := why_unreadable_table(path):
        raise DataError([Issue(file, problem)])
    layout = layout or Layout(file=file)
    try:
        return _laid_out(path, file, layout)
    except OSError as error:
        problem = f"cannot be read: {error.strerror or error}"
        raise DataError([Issue(file, problem)]) from error
    except DataError as error:
        raise DataError([*error.issues, *_behind(error, path, file, layout)]) from error


def _behind(
    error: DataError, path: Path, file: str, layout: Layout
) -> tuple[Issue, ...]:
    """Return what else the reader would ask for, were its first question answered."""
    keys = error.issues[0].mended_by
    if len(error.issues) > 1 or not keys:
        return ()
    try:
        _laid_out(path, file, layout.model_copy(update=dict(keys)))
    except DataError as further:
        return tuple(issue for issue in further.issues if issue.mended_by)
    return ()


def _laid_out(path: Path, file: str, layout: Layout) -> Table:
    table = _read(path, file, layout)
    if layout.skip_footer is not None:
        shorter = without_footer(table, layout.skip_footer)
        n_footer_rows = len(table.rows) - len(shorter.rows)
        form = replace(table.form, n_footer_rows=n_footer_rows)
        table = replace(shorter, form=form)
    elif _ending(path) not in (PARQUET, _JSON_LINES):
        table = footer_checked(table)
    return filled_down(table, layout.fill_down)


def _read(path: Path, file: str, layout: Layout) -> Table:
    ending = _ending(path)
    _refuse_needless_keys(file, layout, ending)
    if ending in _TEXT:
        refuse_other_content(path, file, is_excel=False)
        return read_csv(path, file, layout)
    if ending in _EXCEL:
        from crm.formats.excel import read_excel

        return as_it_looks(writable(read_excel(path, file, layout)))
    if ending == PARQUET:
        return as_it_looks(writable(read_parquet(path, file, layout)))
    if ending == _JSON_LINES:
        return as_it_looks(writable(read_json_lines(path, file, layout)))
    known = ", ".join((*_TEXT, *_EXCEL, PARQUET, _JSON_LINES))
    expected = f"expected a file ending in one of {known}"
    raise DataError([Issue(file, expected, value=path.suffix)])


def _ending(path: Path) -> str:
    """Return the ending of the name, without that of a packed text file."""
    name = path.name.lower()
    is_packed = name.removesuffix(PACKED).endswith((*_TEXT, _JSON_LINES))
    return Path(name.removesuffix(PACKED) if is_packed else name).suffix


def _refuse_needless_keys(file: str, layout: Layout, ending: str) -> None:
    issues = [
        Issue(
            file, f"`{key}`: only {', '.join(endings)} files have it", value=str(said)
        )
        for key, endings in _KEYS.items()
        if (said := getattr(layout, key)) is not None and ending not in endings
    ]
    if issues:
        raise DataError(issues)


def writable(table: Table) -> Table:
    """Return the table, once all its cells are known to fit into a CSV file."""
    longest = field_size_limit()
    expected = f"expected text without NUL, of at most {longest:,} characters"
    issues: list[Issue] = []
    for name in table.names:
        cells = table.frame[name].to_numpy()
        if "\0" not in "".join(cells) and max(map(len, cells), default=0) <= longest:
            continue
        odd = np.array(["\0" in cell or len(cell) > longest for cell in cells], bool)
        issues += table.issues(odd, name, expected)
    if issues:
        raise DataError(issues)
    return table
