"""Columns of a file under the names that it has for them, or without them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from crm.column_origin import Joined, RepColumn, columns_of
from crm.issues import DataError, Issue, listed
from crm.source import Source
from crm.systems.known_headers import recognised
from crm.table import Table

NAMED = 20
"""Columns that are named before the rest is counted."""
TOLD = 3
"""Headers that are named as those of a system."""
_BY_COLUMN = ("values", "fill", "dates", "decimal", "thousands", "split")
_Names = Callable[[Iterable[str]], list[str]]


def as_in_file(name: str, source: Source, file: Table) -> tuple[Source, list[Issue]]:
    """Return the source with the names that its file has, and what was left out.

    Parameters
    ----------
    name
        One of :data:`crm.schema.TABLES`.
    source
        May know several names of a column, and columns that need not be there.
    file
        The file as it is.

    Raises
    ------
    DataError
        Where the file has two names of one column.
    """
    if not (source.headers or source.optional):
        return source, []
    names = {column: _in_file(name, column, source, file) for column in source.headers}
    gone = {c for c in source.optional if names.get(c, c) not in file.names}

    def there(columns: Iterable[str]) -> list[str]:
        return [names.get(column, column) for column in columns if column not in gone]

    origins = {ours: _named(o, there) for ours, o in source.columns.items()}
    absent = {ours for ours, origin in origins.items() if origin is None}
    update: dict[str, Any] = {
        "columns": {ours: o for ours, o in origins.items() if o is not None},
        "where": _conditions(source.where, there),
        "drop": there(source.drop),
        "optional": [],
        "headers": {c: also for c, also in source.headers.items() if names[c] == c},
    }
    if source.rates and source.rates.column:
        column = next(iter(there([source.rates.column])), None)
        update["rates"] = source.rates.model_copy(update={"column": column})
    known = source.model_copy(update=update)
    known = known.model_copy(update=_without(absent - set(file.names), known))
    return known, _left_out(name, source, file, gone)


def another_system(source: Source, file: Table) -> list[Issue]:
    """Return what the file seems to be, where most columns of the source are absent."""
    read = source.consumed
    seen = recognised(file.names)
    if not seen or 2 * len(read & set(file.names)) > len(read):
        return []
    export, telling = seen[0].export, ", ".join(map(repr, seen[0].telling[:TOLD]))
    message = "hardly any column is there that the scenario reads: the headers are "
    message += f"those of {export.system}, {export.name} ({telling}); is it the right "
    return [Issue(file.file, message + "file, and the right `extends`?")]


def _in_file(table: str, column: str, source: Source, file: Table) -> str:
    """Return what the file calls a column, its first name where it has none."""
    known = [column, *source.headers[column]]
    found = [name for name in dict.fromkeys(known) if name in file.names]
    if len(found) > 1:
        ours = next((o for o, c in source.columns.items() if column in columns_of(c)))
        message = f"{listed(found, NAMED)} may all be {column}; say which is meant, "
        message += f"as `columns: {{{ours}: {found[0]}}}`, or `drop: [{found[1]}]`"
        keys = ("data", table, "headers")
        raise DataError([Issue(file.file, message, column=column, keys=keys)])
    return found[0] if found else column


def _named(origin: Any, there: _Names) -> Any:
    """Return an origin with the file's names, None where nothing is left of it."""
    match origin:
        case str():
            return next(iter(there([origin])), None)
        case list():
            return there(origin) or None
        case Joined():
            left = there(origin.join)
            return origin.model_copy(update={"join": left}) if left else None
        case RepColumn():
            column = _named(origin.column, there)
            return origin.model_copy(update={"column": column}) if column else None
        case dict():
            return {word: _conditions(where, there) for word, where in origin.items()}
    return origin


def _conditions(where: Mapping[str, Any], there: _Names) -> dict[str, Any]:
    return {
        name: condition
        for column, condition in where.items()
        for name in there([column])
    }


def _without(absent: set[str], source: Source) -> dict[str, Any]:
    """Return the keys by column of ours, without the columns that are left out."""
    return {
        key: {ours: value for ours, value in given.items() if ours not in absent}
        for key in _BY_COLUMN
        if isinstance(given := getattr(source, key), dict)
    }


def _left_out(
    name: str, source: Source, file: Table, gone: Iterable[str]
) -> list[Issue]:
    missing = [column for column in source.optional if column in set(gone)]
    if not missing:
        return []
    message = f"columns that it need not have, and has not: {listed(missing, NAMED)}"
    keys = ("data", name, "optional")
    return [Issue(file.file, message, severity="warning", keys=keys)]
