"""What joins history with the reps of the day: ids, names and e-mails as written."""

import re
from collections.abc import Callable, Iterator

import pandas as pd

from crm.issues import Issue
from crm.spelling import folded
from crm.table import Table

SALESFORCE_ID = 15
"""Characters of a Salesforce id; its long form has three more, which say its case."""
FIRST_NAMES = frozenset(["firstname", "vorname", "givenname", "prenom", "nombre"])
LAST_NAMES = frozenset(["lastname", "nachname", "surname", "familyname", "nom"])
"""Columns of reps that make a name together, as :func:`crm.spelling.folded`."""
HARDLY_ANY = 0.1
"""Share of the day's reps with a history below which a better join is looked for."""
JOINED = 0.5
"""Share of the day's reps that a join must find to be suggested."""


def join_issues(history: Table, reps: Table) -> Iterator[Issue]:
    """Yield an error where hardly any rep of the day is one of the history."""
    owners, rep_ids = distinct(history.frame["rep_id"]), distinct(reps.frame["rep_id"])
    if not owners or not rep_ids:
        return
    known = owners & rep_ids
    if len(known) >= HARDLY_ANY * len(rep_ids):
        return
    join = better_join(history.frame, reps.frame)
    if join or not known:
        yield Issue(
            history.file,
            f"{len(known)} of the {len(rep_ids):,} reps are among the {len(owners):,} "
            f"owners of the history: it has {min(owners)!r}, {reps.file} has "
            f"{min(rep_ids)!r}; {join or 'map to rep_id a column that both have'}",
            column="rep_id",
        )


def distinct(cells: pd.Series) -> set[str]:
    """Return the different texts of a column, the empty one left out."""
    return {cell for cell in cells.unique() if isinstance(cell, str) and cell}


def as_written(text: str) -> str:
    """Return the text itself."""
    return text


def in_lower_case(text: str) -> str:
    """Return the text in lower case, one space between its words."""
    return " ".join(text.casefold().split())


def short_id(text: str) -> str:
    """Return the first 15 characters of a Salesforce id, other texts as they are."""
    long = re.fullmatch(r"[0-9A-Za-z]{15}([0-9A-Za-z]{3})?", text)
    return text[:SALESFORCE_ID] if long else text


def mailbox(text: str) -> str:
    """Return what stands before the @ of an e-mail, in lower case."""
    return in_lower_case(text.split("@")[0])


def bare_number(text: str) -> str:
    """Return the text without leading zeros, and without a last ``.0``."""
    return re.sub(r"\.0+$", "", text.lstrip("0"))


def name_parts(text: str) -> str:
    """Return the words of a name or e-mail, whatever their order and what parts them.

    ``Lee, Anna`` and ``anna.lee@example.com`` are the same.
    """
    return " ".join(sorted(re.findall(r"\w+", text.split("@")[0].casefold())))


def spelling(text: str) -> str:
    """Return what is equal for names in any order of words, and e-mails in any case."""
    return in_lower_case(text) if "@" in text else name_parts(text)


WAYS: tuple[tuple[Callable[[str], str], str], ...] = (
    (as_written, ""),
    (in_lower_case, ", in lower case"),
    (short_id, ", cut to the first 15 characters"),
    (bare_number, ", without leading zeros"),
    (mailbox, ", before the @"),
    (name_parts, ", as words of a name"),
)


def better_join(history: pd.DataFrame, reps: pd.DataFrame) -> str:
    """Return which columns would join history and reps, in words; empty if none do."""
    ours_of, theirs_of = (
        {name: distinct(frame[name]) for name in text_columns(frame, "rep_id")}
        for frame in (history, reps)
    )
    pairs = [
        (left, right)
        for left in ours_of
        for right in theirs_of
        if left == "rep_id" or right in ("rep_id", "name", "email")
    ]
    for way, in_words in WAYS:
        for left, right in pairs:
            theirs = {way(text) for text in theirs_of[right]} - {""}
            ours = {way(text) for text in ours_of[left]} - {""}
            is_now = (left, right) == ("rep_id", "rep_id") and way is as_written
            if theirs and not is_now and len(theirs & ours) >= JOINED * len(theirs):
                return (
                    f"{left!r} of the history and {right!r} of the reps would "
                    f"join{in_words}: {_key(left, right)}"
                )
    return _joined_names(ours_of["rep_id"], reps)


def _key(left: str, right: str) -> str:
    column = "..." if left == "rep_id" else left
    return f"columns: {{rep_id: {{column: {column}, match: [{right}]}}}}"


def _joined_names(owners: set[str], reps: pd.DataFrame) -> str:
    """Return that first and last name of the reps would join; empty if not."""
    first, last = (
        next((str(c) for c in reps.columns if folded(str(c)) in names), "")
        for names in (FIRST_NAMES, LAST_NAMES)
    )
    if not (first and last):
        return ""
    theirs = {
        name_parts(f"{a} {b}") for a, b in zip(reps[first], reps[last], strict=True)
    }
    if len(theirs & set(map(name_parts, owners))) < JOINED * len(theirs):
        return ""
    return (
        f"{first!r} and {last!r} of the reps, joined, are rep_id of the history: "
        f"reps: columns: {{name: {{join: [{first}, {last}]}}}}, "
        f"and {_key('rep_id', 'name')}"
    )


def text_columns(frame: pd.DataFrame, first: str) -> list[str]:
    """Return the columns of texts, `first` before the others."""
    texts = [
        name
        for name in frame.columns
        if name != first and len(distinct(frame[name].head(1000))) > 0
    ]
    return [first, *map(str, texts)]
