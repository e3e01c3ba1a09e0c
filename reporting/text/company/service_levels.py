"""What the clocks of a company show, and who has to do what."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from reporting.text.layout.layout import counted, table

STATES = {
    "due_soon": "due soon",
    "overdue": "overdue",
    "escalated": "escalated",
    "recalled": "recalled",
    "stays": "recalled before, stays",
    "locked": "overridden, stays",
}
"""What is true of a lead -> in words."""
WANTED = {
    "responded": "respond",
    "progressed": "take the next step",
    "closed": "close it",
}
"""What a clock waits for -> what has to be done."""
WHEN = "%a %d %b %H:%M"


def todo_text(due: pd.DataFrame, wanted: Mapping[str, str], zone: Any) -> str:
    """Return one line per lead that has reached a step of a clock.

    Parameters
    ----------
    due
        lead_id, rep_id, manager, clock, due_at (with a zone), state and, per step, when
        it was newly reached.
    wanted
        Clock -> what it waits for.
    zone
        Of the times that are shown.
    """
    times = due["due_at"].dt.tz_convert(zone)
    columns = {
        "due": times.dt.strftime(WHEN),
        "lead": due["lead_id"],
        "clock": due["clock"],
        "who": [_who(row) for row in due.to_dict("records")],
        "what": [_what(row, wanted) for row in due.to_dict("records")],
        "state": due["state"].map(STATES),
        "": ["" if _is_known(row) else "new" for row in due.to_dict("records")],
    }
    return table(pd.DataFrame(columns, dtype=object))


def clock_sentence(
    name: str, counts: dict[str, int], *, is_restricted: bool = False
) -> str:
    """Return in a sentence how many leads a clock is about, and where they stand.

    Parameters
    ----------
    counts
        n_leads, n_running, n_undated, n_foreign, and each state.
    is_restricted
        Whether the clock is about some leads only.
    """
    if not counts["n_leads"]:
        which = " that its `where` selects" if is_restricted else ""
        return f"{name}: it is about no open lead{which}."
    states = [f"{counts[key]:,} {text}" for key, text in STATES.items() if counts[key]]
    text = f"{name}: {counted(counts['n_leads'], 'open lead')}"
    text += f", running for {counts['n_running']:,}"
    text += f"; {', '.join(states)}." if states else "; none is due."
    if counts["n_undated"]:
        text += f" It cannot run for {counts['n_undated']:,} without created_at."
    if counts["n_foreign"]:
        n_foreign = f"{counts['n_foreign']:,}"
        text += f" For {n_foreign} no time zone is known: the company's hours count."
    return text


def _who(row: dict[Any, Any]) -> str:
    if not row["rep_id"]:
        return "nobody owns it"
    if row["state"] in {"escalated", "recalled", "stays", "locked"}:
        manager = row["manager"] or "no manager"
        return f"{manager} ({row['rep_id']})"
    return str(row["rep_id"])


def _what(row: dict[Any, Any], wanted: Mapping[str, str]) -> str:
    if row["state"] == "recalled":
        return "goes to others in the next run"
    if not row["rep_id"]:
        return "assign it"
    if row["state"] in {"stays", "locked"}:
        return f"{WANTED[wanted[row['clock']]]}, or override its owner"
    return WANTED[wanted[row["clock"]]]


def _is_known(row: dict[Any, Any]) -> bool:
    return all(pd.isna(row[step]) for step in ("warned", "escalated", "recalled"))
