"""What a system calls the reps: the column of theirs that its importer matches."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from crm import DataError, Issue, Source, listed, suggestion
from crm.importers import NAME, ImportColumn, Importer
from crm.spelling import folded

_NAMED = 5


@dataclass(frozen=True)
class OwnerWords:
    """What a system calls the reps.

    Attributes
    ----------
    header
        The column of the import file.
    column
        The column of the reps that has the words.
    word
        Rep id -> word.
    """

    header: ImportColumn
    column: str
    word: dict[str, str]


def owner_words(
    importer: Importer, reps: pd.DataFrame, needed: Iterable[str], column: str | None
) -> OwnerWords:
    """Return what the importer calls the reps who get leads.

    Parameters
    ----------
    reps
        The reps of the day.
    needed
        Ids of those who get leads.
    column
        The column to take the words from; by default the first that the importer
        understands of every needed rep.

    Raises
    ------
    DataError
        Where no column has such words, or one is that of two reps.
    """
    rep_ids = list(dict.fromkeys(needed))
    if column and column not in reps:
        near = suggestion(column, map(str, reps.columns))
        problem = f"`--owner-from` names it, no such column{near}"
        raise DataError([Issue("reps", problem, column=column)])
    for header in importer.owners:
        for name in [column] if column else _candidates(importer, header, reps):
            word = words_of(reps, name)
            if all(header.cell.fullmatch(word.get(rep, "")) for rep in rep_ids):
                _refuse_shared(name, word, rep_ids)
                return OwnerWords(header, name, word)
    raise DataError([_nothing_fits(importer, reps, rep_ids, column or "rep_id")])


def matched_by(leads: Source, reps: pd.DataFrame) -> str | None:
    """Return the column of the reps that the owners of leads were found by, if any."""
    match = getattr(leads.columns.get("current_rep_id"), "match", ())
    return next((name for name in match if name in reps), None)


def words_of(reps: pd.DataFrame, column: str) -> dict[str, str]:
    """Return rep id -> the text of a column."""
    return dict(zip(reps["rep_id"], reps[column].astype(str), strict=True))


def _candidates(
    importer: Importer, header: ImportColumn, reps: pd.DataFrame
) -> list[str]:
    """Return the columns that may hold an owner; where that is a name, the id last."""
    by_name = {folded(name): name for name in map(str, reps.columns)}
    named = [by_name[key] for key in map(folded, importer.columns) if key in by_name]
    named = [name for name in dict.fromkeys(named) if (reps[name] != "").any()]
    return [*named, "rep_id"] if header.cell == NAME else ["rep_id", *named]


def _refuse_shared(column: str, word: dict[str, str], rep_ids: list[str]) -> None:
    """Raise where a rep who gets leads has the same word as another."""
    holders: dict[str, list[str]] = {}
    for rep, text in word.items():
        holders.setdefault(" ".join(text.casefold().split()), []).append(rep)
    issues = [
        Issue("reps", f"stands for {' and '.join(reps)}", None, column, word[reps[0]])
        for reps in holders.values()
        if len(reps) > 1 and set(reps) & set(rep_ids)
    ]
    if issues:
        raise DataError(issues)


def _nothing_fits(
    importer: Importer,
    reps: pd.DataFrame,
    rep_ids: list[str],
    column: str,
) -> Issue:
    kinds = " or ".join(header.kind for header in importer.owners)
    known = listed([str(name) for name in reps.columns], len(reps.columns))
    word = words_of(reps, column)
    cells = [header.cell for header in importer.owners]
    lacking = [rep for rep in rep_ids if not _fits_any(cells, word.get(rep, ""))]
    return Issue(
        "reps",
        f"{importer.system} finds owners by {kinds}, and {column} has none of "
        f"{listed(lacking, _NAMED)}; name a column of the reps with --owner-from, or "
        f"keep one in the table of reps (it has {known})",
    )


def _fits_any(cells: list[re.Pattern[str]], text: str) -> bool:
    return any(cell.fullmatch(text) for cell in cells)
