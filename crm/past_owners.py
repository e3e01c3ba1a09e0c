"""Owners of past leads: rows that name none, and placeholders that stand for none."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from crm.issues import Issue
from crm.rep_join import join_issues
from crm.table import Table

NOBODY = frozenset(
    re.split(
        r",\s+",
        "admin, administrator, api user, automated process, automation, default, "
        "default owner, dummy, house, house account, inbound, integration user, lead "
        "pool, marketing, n a, na, nil, no one, no owner, nobody, none, not assigned, "
        "null, pool, system, tbd, unassigned, undefined, unknown, unowned, web user",
    )
)
NOBODY_WORDS = frozenset(
    ["integration", "niemand", "nobody", "queue", "unassigned", "warteschlange"]
)


def without_placeholders(
    tables: Mapping[str, Table],
) -> tuple[dict[str, Table], list[Issue]]:
    """Return the tables, past leads of no rep without an owner, and what is to be said.

    An owner such as ``nobody`` or ``Lead Queue`` who is not among the reps is none.
    """
    if not {"reps", "history"} <= tables.keys():
        return dict(tables), []
    history = tables["history"]
    owner, reps = history.frame["rep_id"], tables["reps"].frame["rep_id"]
    names = [name for name in owner.unique() if name and is_placeholder(name)]
    names = sorted(set(names) - set(reps))
    frame = history.frame.assign(rep_id=owner.mask(owner.isin(names), ""))
    counts = owner.value_counts()
    message = "stands for no rep: its {} rows have no owner"
    issues = [
        Issue(
            history.file,
            message.format(f"{counts[name]:,}"),
            None,
            "rep_id",
            name,
            "warning",
        )
        for name in names
    ]
    return {**tables, "history": replace(history, frame=frame)}, issues


def is_placeholder(name: str) -> bool:
    """Tell whether an owner's name stands for nobody."""
    words = " ".join(re.findall(r"[a-z0-9]+", name.lower()))
    return words in NOBODY | {""} or bool(NOBODY_WORDS & set(words.split()))


def owner_issues(tables: Mapping[str, Table]) -> Iterator[Issue]:
    """Yield that past leads have no owner, or owners whom the day does not know."""
    if not {"reps", "history"} <= tables.keys():
        return
    history, reps = tables["history"], tables["reps"]
    if not (history.readable("rep_id").all() and reps.readable("rep_id").all()):
        return
    owner = history.frame["rep_id"]
    n_unowned = int((owner == "").sum())
    if n_unowned:
        message = (
            f"{n_unowned:,} of {len(owner):,} rows have no owner: they train the lead "
            "model, and say nothing of the reps"
        )
        yield Issue(history.file, message, None, "rep_id", severity="warning")
    yield from join_issues(history, reps)
