"""The names in a table's first row."""

from collections import Counter
from collections.abc import Sequence

from crm.issues import DataError, Issue


def column_names(file: str, cells: Sequence[str], row: int = 1) -> list[str]:
    """Return the column names, without space around them.

    Raises
    ------
    DataError
        If a name is empty, appears twice or holds NUL.
    """
    names = [cell.strip() for cell in cells]
    issues = [
        Issue(file, f"column {position} has no name", row)
        for position, name in enumerate(names, start=1)
        if not name
    ]
    issues += [
        Issue(file, "expected a name without NUL", row, value=name)
        for name in names
        if "\0" in name
    ]
    issues += [
        Issue(file, f"{count} columns have this name", row, value=name)
        for name, count in Counter(names).items()
        if name and count > 1
    ]
    if issues:
        raise DataError(issues)
    return names
