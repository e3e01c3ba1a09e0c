"""Reps named in a file by name or e-mail, found among the reps of the day."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from difflib import get_close_matches

import pandas as pd

from crm.column_origin import RepColumn
from crm.issues import DataError, Issue, listed, suggestion
from crm.past_owners import is_placeholder
from crm.reading.departed import without_mark
from crm.rep_join import as_written, in_lower_case, short_id, spelling
from crm.source import Source
from crm.spelling import LIKENESS, folded, without_accents
from crm.table import Table

NAMED = 6
"""Owners that are named; further ones are counted."""


WAYS: tuple[tuple[Callable[[str], str], str], ...] = (
    (as_written, ""),
    (in_lower_case, "but for case"),
    (short_id, "by the first 15 characters"),
    (spelling, "by the words of the name"),
    (lambda text: spelling(without_mark(text)), "but for a mark such as (Deactivated)"),
    (lambda text: spelling(without_accents(without_mark(text))), "but for accents"),
)
"""How a text of a file may be one of the reps, the surest first."""


def with_matched_reps(
    source: Source, table: Table, reps: pd.DataFrame | None
) -> tuple[Table, list[Issue]]:
    """Return the table with ids of reps where it names them otherwise, and what to say.

    Parameters
    ----------
    source
        Which columns are to be matched, and by what.
    table
        Our columns, all text.
    reps
        The reps' table, all text, with the further columns of its file; None where
        it could not be read, which leaves names as they are.

    Raises
    ------
    DataError
        If the reps lack a column, or a name fits two reps.
    """
    issues: list[Issue] = []
    frame = table.frame
    for ours, origin in source.columns.items():
        if not isinstance(origin, RepColumn) or reps is None:
            continue
        if lacking := [name for name in origin.match if not _column(name, reps)]:
            raise DataError([_lacks(table, ours, name, reps) for name in lacking])
        match = [_column(name, reps) for name in origin.match]
        codes, names = pd.factorize(frame[ours].to_numpy())
        ids, told = _found(table, ours, list(names), match, reps)
        issues += told
        counts = pd.Series(codes).map(pd.Series(names)).value_counts()
        issues += _unmatched(table, ours, ids, counts, match, reps)
        ids |= _one_spelling([n for n in counts.index if n and n not in ids])
        cells = pd.Series([ids.get(n, n) for n in names], dtype=object)
        frame = frame.assign(**{ours: cells.take(codes).reset_index(drop=True)})
    errors = [issue for issue in issues if issue.severity == "error"]
    if errors:
        raise DataError(issues)
    return replace(table, frame=frame), issues


def _column(name: str, reps: pd.DataFrame) -> str:
    """Return the reps' column of this name, case and signs aside; "" for none."""
    if name in reps:
        return name
    alike = [str(c) for c in reps.columns if folded(str(c)) == folded(name)]
    return alike[0] if len(alike) == 1 else ""


def _one_spelling(names: list[str]) -> dict[str, str]:
    """Return each name as the first one that is spelt alike: ``Alt, Hugo`` as others.

    They are no reps of the day, and still one person each.
    """
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(spelling(without_mark(name)), name)
    return {name: first[spelling(without_mark(name))] for name in names}


def _lacks(table: Table, ours: str, name: str, reps: pd.DataFrame) -> Issue:
    there = list(map(str, reps.columns))
    message = f"`match`: no such column of the reps{suggestion(name, there)}; "
    message += f"there are {listed(there, 20)}"
    return Issue(table.file, message, column=ours, value=name)


def _found(
    table: Table, ours: str, names: Sequence[str], match: list[str], reps: pd.DataFrame
) -> tuple[dict[str, str], list[Issue]]:
    """Return name -> rep id, an error where two reps fit, and what was inexact."""
    ids: dict[str, str] = {}
    issues = []
    rest = [name for name in names if name]
    for way, in_words in WAYS:
        keyed = {column: _keyed(reps, column, way) for column in match}
        alike = []
        for name in rest:
            fits = next((k[way(name)] for k in keyed.values() if way(name) in k), [])
            if len(fits) > 1:
                message = f"names {len(fits)} reps: {listed(fits, NAMED)}; match by a "
                message += "column that tells them apart"
                issues.append(Issue(table.file, message, column=ours, value=name))
            if fits:
                ids[name] = fits[0]
                alike.append(f"{name} is {fits[0]}")
        if alike and in_words:
            message = f"found among the reps {in_words}: {listed(alike, NAMED)}"
            issues.append(Issue(table.file, message, None, ours, severity="warning"))
        rest = [name for name in rest if name not in ids]
    return ids, issues


def _keyed(
    reps: pd.DataFrame, column: str, way: Callable[[str], str]
) -> dict[str, list[str]]:
    """Return key -> the ids of the reps that have it."""
    keyed: dict[str, list[str]] = {}
    for text, rep in zip(reps[column], reps["rep_id"], strict=True):
        if text and rep not in keyed.setdefault(way(text), []):
            keyed[way(text)].append(rep)
    return keyed


def _unmatched(
    table: Table,
    ours: str,
    ids: dict[str, str],
    counts: pd.Series,
    match: list[str],
    reps: pd.DataFrame,
) -> list[Issue]:
    unknown = [n for n in counts.index if n and n not in ids and not is_placeholder(n)]
    if not unknown:
        return []
    theirs = {text for column in match for text in reps[column] if text}
    told = [f"{n!r} (rows: {counts[n]:,}{_near(n, theirs)})" for n in unknown]
    n_all = sum(1 for name in counts.index if name)
    message = f"{n_all - len(unknown)} of {n_all} owners are reps by "
    message += f"{' or '.join(match)}; not found: {listed(told, NAMED)}; "
    message += "those spelt alike count as one"
    return [Issue(table.file, message, None, ours, severity="warning")]


def _near(name: str, theirs: set[str]) -> str:
    near = get_close_matches(name, sorted(theirs), 1, LIKENESS)
    return f", nearest {near[0]!r}" if near else ""
