"""The keys of a source that would make cells readable, and what they would mean."""

import re
from collections.abc import Iterable, Sequence

import numpy as np

from crm.cells import are_iso, numbers
from crm.issues import Issue, listed
from crm.reading.amounts import Signs, amount, fitting_signs, may_be_thousands
from crm.reading.dates import fitting_formats, iso_texts
from crm.schema import Column
from crm.table import Table
from crm.value_keys import ValueKeys

MOST_ODD = 0.2
"""Share of the texts that may hold no digit, such as ``unknown`` among dates."""
NAMED = 3
"""Such texts that are named."""


def mending_keys(
    column: Column, name: str, texts: Sequence[str], keys: ValueKeys
) -> str:
    """Return the keys that would make all cells readable, in words; "" for none.

    Parameters
    ----------
    column
        What the cells should be.
    name
        Our name of the column.
    texts
        The distinct filled texts, as the file has them.
    keys
        What the source says of its cells.
    """
    if not texts or column.kind not in ("timestamp", "number", "integer"):
        return ""
    is_date = column.kind == "timestamp"
    odd = [text for text in texts if not re.search("[0-9]", text)]
    rest = [text for text in texts if re.search("[0-9]", text)] if odd else texts
    if len(odd) > MOST_ODD * len(texts):
        return ""
    if odd and _fit_already(name, rest, keys, is_date):
        return f"all but {_translated(odd)}"
    if odd and (are_iso(rest) if is_date else not np.isnan(numbers(rest)).any()):
        return ""
    told = _dates(name, rest, keys) if is_date else _signs(column, name, rest, keys)
    return f"{told}; but not {_translated(odd)}" if told and odd else told


def _translated(odd: Sequence[str]) -> str:
    """Return words that are no date and no number, and what to do about them."""
    words = listed(list(map(repr, odd)), NAMED)
    return f"{words}: translate it under `values`, or say missing: [{odd[0]!r}]"


def _fit_already(
    name: str, texts: Sequence[str], keys: ValueKeys, is_date: bool
) -> bool:
    """Tell whether all texts are written as the keys say that they are."""
    if is_date:
        read = [iso_texts(texts, form) for form in keys.formats(name) if form != "iso"]
        return bool(read) and all(map(any, zip(*read, strict=True)))
    sign = keys.decimal_of(name)
    signs = Signs(sign or ".", keys.thousands_of(name))
    return bool(sign) and all(amount(text, signs).text for text in texts)


def first_of(
    table: Table, name: str, texts: np.ndarray, wrong: np.ndarray, message: str
) -> Issue:
    """Return one issue for all wrong cells of a column, at the first, with their count.

    Parameters
    ----------
    table, name
        Where the cells are.
    texts
        The cells, shape (n_rows,) object.
    wrong
        Which of them are wrong, shape (n_rows,) bool.
    message
        What is wrong.
    """
    first = int(np.flatnonzero(wrong)[0])
    rows = f" (rows: {wrong.sum():,})" if wrong.sum() > 1 else ""
    row, text = int(table.rows[first]), texts[first]
    return Issue(table.file, f"{message}{rows}", row, name, text)


def _dates(name: str, texts: Sequence[str], keys: ValueKeys) -> str:
    forms = [f for f in fitting_formats(texts) if f not in keys.formats(name)]
    by_name = isinstance(keys.dates, dict) or keys.dates is not None
    told = [f'dates: {{{name}: "{f}"}}' if by_name else f'dates: "{f}"' for f in forms]
    if len(forms) == 1:
        return f"{told[0]} fits {_all(texts)}"
    sample = next((t for t in texts if _differ(t, forms)), "")
    means = [
        f"{t} ({_shown(iso_texts([sample], f)[0])})"
        for t, f in zip(told, forms, strict=True)
    ]
    return f"{sample!r} may be {' or '.join(means)}: say which" if sample else ""


def _differ(text: str, forms: Sequence[str]) -> bool:
    return len({iso_texts([text], form)[0] for form in forms}) > 1


def _shown(iso: str) -> str:
    return iso.removesuffix(".000000").replace("T", " ")


def _signs(column: Column, name: str, texts: Sequence[str], keys: ValueKeys) -> str:
    found = [s for s in fitting_signs(texts) if _inside(column, texts, s)]
    declared = keys.decimal_of(name)
    now = Signs(declared, keys.thousands_of(name)) if declared else None
    found = [signs for signs in found if signs != now]
    by_name = name if isinstance(keys.decimal or keys.thousands, dict) else None
    if len(found) == 1:
        return f"{found[0].key(by_name)} reads {_all(texts)}"
    sample = next((t for t in texts if len({amount(t, s) for s in found}) > 1), "")
    means = [
        f"{s.key(by_name)} ({float(amount(sample, s).text):g})" for s in found if sample
    ]
    return f"{sample!r} may be {' or '.join(means)}: say which" if sample else ""


def _inside(column: Column, texts: Sequence[str], signs: Signs) -> bool:
    amounts = [float(amount(text, signs).text) for text in texts]
    inside = column.minimum <= min(amounts) and max(amounts) <= column.maximum
    is_whole = column.kind == "number" or all(a % 1 == 0 for a in amounts)
    return inside and min(amounts) > column.above and is_whole


def _all(texts: Sequence[str]) -> str:
    return f"all {len(texts):,} texts" if len(texts) > 1 else "it"


def thousands_or_decimals(
    column: Column, name: str, texts: Iterable[str], keys: ValueKeys
) -> str:
    """Return what to say where every dot of plain numbers may separate thousands.

    "" where the source says how its numbers are written, or a cell tells.
    """
    dotted: dict[str, None] = {}
    for text in texts:
        if "." in text:
            if not may_be_thousands(text):
                return ""
            dotted[text] = None
    if not dotted or not _inside(column, list(dotted), Signs(",", ".")):
        return ""
    told = _signs(column, name, list(dotted), keys)
    return f"{len(dotted):,} numbers have three digits after each dot: {told}"
