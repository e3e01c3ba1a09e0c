"""Figures of a ledger's days as text, JSON and CSV."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from evaluation.labels import MEASURED
from reporting.text.company.kpi_figures import KpiFigures
from reporting.text.company.kpi_sentences import (
    evenness_text,
    kpi_lines,
    kpi_notes,
    overrides_text,
)
from reporting.text.company.kpi_words import (
    COHORTS,
    DISTRIBUTION,
    FOLLOW_UP,
    NUMBERS,
    OUTCOMES,
    count_text,
    written,
)
from reporting.text.evidence.arms import arm_json
from reporting.text.layout.json_record import record_of
from reporting.text.layout.layout import aligned, table

MOST_ROWS = 40
"""Rows of a table of text."""
COHORT = (
    "Won so far, with its 95 % interval: open leads may still be won. In 7, 30 and 90 "
    "days: where all leads of the cohort are old enough."
)
HORIZON = (
    "Of all leads old enough to tell, with 95 % intervals; no open lead is a loss."
)
JSON_NAMES = {
    "expectation": "model_expectation",
    "expected_cost": "model_expectation_cost",
    "expected_given_up": "model_expectation_given_up",
}


def kpi_text(kpi: KpiFigures) -> str:
    """Return the main figures, what is odd, and the tables that have rows."""
    parts = [aligned(list(kpi_lines(kpi)))]
    if notes := list(kpi_notes(kpi)):
        parts.append("\n".join(f"- {note}" for note in notes))
    for title, frame, text in kpi_tables(kpi):
        shown = _right(frame.head(MOST_ROWS))
        lines = [title, *([text] if text else []), table(shown)]
        if len(frame) > MOST_ROWS:
            more = count_text(len(frame) - MOST_ROWS)
            lines.append(f"and {more} more rows; --csv and --json have all")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def kpi_tables(kpi: KpiFigures) -> Iterator[tuple[str, pd.DataFrame, str]]:
    """Yield the tables that have rows: a title, texts of cells, and what it is."""
    if kpi.by and len(kpi.slices):
        of = f"by {' and '.join(kpi.by)}"
        for what, columns in (
            ("Distribution", DISTRIBUTION),
            ("Follow-up", FOLLOW_UP),
            ("Outcomes", OUTCOMES),
        ):
            yield f"{what} {of}", written(kpi.slices, (*kpi.by, *columns)), ""
    if len(kpi.periods) > 1:
        yield f"Throughput by {kpi.every}", written(kpi.periods), ""
    if kpi.ages["n_waiting"].any():
        yield "Leads that wait, by age", written(kpi.ages), ""
    if len(kpi.clocks):
        yield "Leads by SLA clock", written(kpi.clocks), ""
    if len(kpi.cohorts):
        yield (
            f"Cohorts by {kpi.every} of assignment",
            written(kpi.cohorts, COHORTS),
            COHORT,
        )
        yield "Won in time", written(kpi.horizons), HORIZON
    if kpi.shares["n_assigned"].any():
        yield "Leads by rep", _shares(kpi), evenness_text(kpi)
    if len(kpi.actors):
        yield "Overrides", written(kpi.actors), overrides_text(kpi)
        yield "Overrides, from whom to whom", written(kpi.directions), ""


def kpi_json(kpi: KpiFigures) -> dict[str, Any]:
    """Return everything as a record of JSON; what is not known is null."""
    tables = {name: _records(frame) for name, frame in kpi.tables.items()}
    return {
        "scenario": kpi.scenario,
        "from": str(kpi.first),
        "to": str(kpi.last),
        "every": kpi.every,
        "time_zone": kpi.zone,
        "unit": kpi.unit,
        "by": list(kpi.by),
        "runs": kpi.n_runs,
        "leads": kpi.n_leads,
        "waiting": record_of(dict(kpi.waiting)),
        **tables,
        "evenness": record_of(dict(kpi.evenness)),
        MEASURED: None if kpi.lift is None else arm_json(kpi.lift),
        "reason": kpi.lift_doubt,
        "odd": dict(kpi.odd),
        "notes": list(kpi_notes(kpi)),
    }


def kpi_csv(kpi: KpiFigures) -> pd.DataFrame:
    """Return the figures of all slices, one row each, as CSV takes them."""
    return kpi.slices.drop(columns="seen_least")


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    cells = frame.drop(columns="seen_least", errors="ignore").rename(columns=JSON_NAMES)
    days = cells.select_dtypes("datetime").columns
    cells = cells.assign(**{n: cells[n].dt.strftime("%Y-%m-%d") for n in days})
    plain = cells.astype(object).where(cells.notna(), None)
    rows = plain.to_dict("records")
    return [{str(name): cell for name, cell in row.items()} for row in rows]


def _shares(kpi: KpiFigures) -> pd.DataFrame:
    named = kpi.shares.assign(
        name=[kpi.names.get(rep, "") for rep in kpi.shares["rep_id"]]
    )
    columns = ("name",) if kpi.names else ()
    columns = ("rep_id", *columns, "n_assigned", "expectation", "n_scored")
    ranked = named.sort_values("n_assigned", ascending=False, kind="stable")
    return written(ranked, columns)


def _right(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the table with its numbers, and their names, to the right."""
    padded = {}
    for name in frame:
        width = max([len(str(name)), *(len(cell) for cell in frame[name])])
        is_right = str(name) in NUMBERS
        label = str(name).rjust(width) if is_right else str(name)
        padded[label] = frame[name].str.rjust(width) if is_right else frame[name]
    return pd.DataFrame(padded)
