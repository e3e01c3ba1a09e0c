"""What came back from the CRM, and what of it was left out, as text and JSON."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from crm import listed
from reporting.text.layout.json_record import record_of
from reporting.text.layout.layout import aligned, counted, number

SHOWN = 20
"""Rows left out that are named before the rest is counted."""
NAMED = 10
_KINDS = {
    "responded": "first responses",
    "progressed": "next steps",
    "won": "won",
    "lost": "lost",
    "reopened": "reopened",
}


@dataclass(frozen=True, eq=False)
class OutcomeFigures:
    """What an export of outcomes brought.

    Attributes
    ----------
    file, ledger
        What was read, and where it went.
    moment
        The moment that the export is of.
    is_dry
        Whether nothing was written.
    n_rows, n_nothing_new
        Rows of the file, and its leads of which the ledger knew all that it says.
    events
        New events: lead_id, kind, at, value.
    corrected
        Leads whose outcome was corrected: lead_id, before, after.
    left_out
        Rows that were left out: row, lead_id, reason, detail.
    owners
        Leads that the CRM shows under another owner: lead_id, rep_id (of the CRM),
        owner (of the ledger), and whether the CRM's was taken over: is_taken.
    n_planned
        Next steps that are still to come.
    """

    file: str
    ledger: str
    moment: pd.Timestamp
    is_dry: bool
    n_rows: int
    n_nothing_new: int
    events: pd.DataFrame
    corrected: pd.DataFrame
    left_out: pd.DataFrame
    owners: pd.DataFrame
    n_planned: int = 0

    @property
    def needs_attention(self) -> bool:
        """Whether a person has to look at something."""
        return bool(len(self.left_out) or not self.owners["is_taken"].all())


def outcomes_text(figures: OutcomeFigures) -> str:
    """Return what came in, what was corrected, and every row that was left out."""
    parts = [aligned([*_lines(figures)]), *_sentences(figures)]
    if len(figures.left_out):
        parts.append("\n".join(_left_out(figures)))
    return "\n\n".join(parts)


def outcomes_json(figures: OutcomeFigures) -> dict[str, Any]:
    """Return the same as a record of JSON, every row included."""
    won = figures.events["kind"] == "won"
    record: dict[str, Any] = record_of(
        {
            "file": figures.file,
            "ledger": figures.ledger,
            "moment": figures.moment.isoformat(),
            "dry_run": figures.is_dry,
            "rows": figures.n_rows,
            "nothing_new": figures.n_nothing_new,
            "new": {kind: _count(figures, kind) for kind in _KINDS},
            "won_value": float(figures.events.loc[won, "value"].sum()),
            "planned": figures.n_planned,
            "corrected": figures.corrected.to_dict("records"),
            "left_out": figures.left_out.to_dict("records"),
            "other_owners": figures.owners.to_dict("records"),
        }
    )
    return record


def _count(figures: OutcomeFigures, kind: str) -> int:
    return int((figures.events["kind"] == kind).sum())


def _lines(figures: OutcomeFigures) -> Iterator[tuple[str, str]]:
    yield "read", f"{counted(figures.n_rows, 'row')} of {figures.file}"
    for kind, label in _KINDS.items():
        if n := _count(figures, kind):
            yield label, f"{n:,}{_value(figures) if kind == 'won' else ''}"
    if figures.n_nothing_new:
        yield "nothing new", counted(figures.n_nothing_new, "lead")
    if len(figures.left_out):
        yield "left out", counted(len(figures.left_out), "row")
    where = "nothing (dry run)" if figures.is_dry else figures.ledger
    yield "written", where


def _value(figures: OutcomeFigures) -> str:
    won = figures.events[figures.events["kind"] == "won"]
    known = won["value"].notna()
    if not known.any():
        return ", value not said"
    missing = "" if known.all() else f", value of {int((~known).sum()):,} not said"
    return f", value {number(float(won['value'].sum()))}{missing}"


def _sentences(figures: OutcomeFigures) -> Iterator[str]:
    if figures.n_planned:
        steps = counted(figures.n_planned, "next step")
        yield f"Still to come, so no events yet: {steps}."
    if len(figures.corrected):
        told = [
            f"{row['lead_id']} (was {row['before']}, is {row['after']})"
            for row in figures.corrected.to_dict("records")
        ]
        yield f"Corrected: {listed(told, NAMED)}."
    taken, others = (
        figures.owners[figures.owners["is_taken"] == is_taken]
        for is_taken in (True, False)
    )
    if len(taken):
        yield f"Owner taken over from the CRM: {_owners(taken)}."
    if len(others):
        yield (
            f"The CRM shows another owner than the ledger: {_owners(others)}. With "
            "--owners, those of the CRM are taken over, where they are reps of the "
            "scenario."
        )


def _owners(rows: pd.DataFrame) -> str:
    told = [
        f"{row['lead_id']} ({row['rep_id']}, not {row['owner'] or 'nobody'})"
        for row in rows.to_dict("records")
    ]
    return f"{counted(len(rows), 'lead')}, {listed(told, NAMED)}"


def _left_out(figures: OutcomeFigures) -> Iterator[str]:
    yield "Left out:"
    for row in figures.left_out.head(SHOWN).to_dict("records"):
        yield f"  row {row['row']}, lead {row['lead_id']}: {row['detail']}"
    more = figures.left_out.iloc[SHOWN:]["reason"].value_counts()
    for reason, n in more.items():
        words = str(reason).replace("_", " ")
        yield f"  ... and {counted(int(n), 'row')} more: {words}"
