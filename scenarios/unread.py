"""Columns of the reps that nothing reads, with what may be meant by them."""

from collections.abc import Iterator

import pandas as pd

from crm import TABLES, CrmData, Issue, listed, shorten, suggestion
from crm.column_origin import RepColumn
from crm.spelling import folded
from scenarios.validation import ScenarioFile
from solver.day.scored_columns import SCORED

NAMED = 3
"""Reps named before the rest is counted."""
MEANT = {
    "active": "status state enabled employed inactive disabled deactivated archived "
    "deleted blocked suspended user_status employment_status employee_status "
    "availability available",
    "end_date": "end ends_on leave_date leaving_date leaves_on last_day exit_date "
    "termination_date terminated_at terminated left_at left_on departure_date "
    "contract_end deactivated_at valid_to valid_until until quit_date",
    "start_date": "start hire_date hired_at hired_on joined joined_at joining_date "
    "entry_date valid_from",
    "daily_capacity": "capacity max_leads max_leads_per_day daily_limit daily_quota",
    "hours_per_day": "hours working_hours daily_hours fte part_time",
    "territories": "territory region regions area areas district",
    "products": "product product_line product_lines",
    "languages": "language spoken_languages",
    "open_leads": "leads_open current_leads",
    "open_capacity": "max_open_leads max_open",
}
"""Our column -> other names of it."""
ABSENT = "away absent on_leave leave vacation holiday holidays out_of_office ooo pto"
"""Names of columns that the table of absences stands for."""
GONE = """
inactive terminated left former resigned retired disabled deactivated suspended archived
deleted blocked locked quit dismissed onleave away absent vacation sick outofoffice
offboarded ended expired unavailable
"""
"""Words of cells that say of a rep not to be at work."""
EXPORTED = "email"
"""Column by which systems that take owners back know them."""
_KNOWN = {
    **{folded(name): ours for ours, names in MEANT.items() for name in names.split()},
    **{folded(f"is_{name}"): "active" for name in MEANT["active"].split()},
    **{folded(name): "active" for name in ("is_active", "is_enabled")},
}


def unread_issues(file: ScenarioFile, crm: CrmData) -> Iterator[Issue]:
    """Yield one warning that lists the columns of the reps that nothing reads."""
    unread = sorted(crm.file_columns["reps"] - TABLES["reps"].keys() - _read(file, crm))
    if unread:
        told = "; ".join(_told(crm, name) for name in unread)
        text = f"columns of reps that nothing reads: {told}"
        yield file.issue(("data", "reps"), text, severity="warning")


def _read(file: ScenarioFile, crm: CrmData) -> frozenset[str]:
    """Return the columns of the reps that rules, sources or exports read."""
    needs = {
        name for rule in file.scenario.rules for t, name in rule.needs if t == "reps"
    }
    matched = {
        name
        for source in crm.sources.values()
        for origin in source.columns.values()
        if isinstance(origin, RepColumn)
        for name in origin.match
    }
    where = file.scenario.data.reps.where
    return frozenset({*needs, *matched, *where, *SCORED["reps"], EXPORTED})


def _told(crm: CrmData, name: str) -> str:
    """Return a column's name, what may be meant, and who is at work against it."""
    hints = [*_meant(crm, name), *_gone(crm.reps, name)]
    return f"{name} ({'; '.join(hints)})" if hints else name


def _meant(crm: CrmData, name: str) -> Iterator[str]:
    absent = set(TABLES["reps"]) - crm.file_columns["reps"]
    key = folded(name)
    if key in map(folded, ABSENT.split()):
        yield "who is away, and when, is read from a table of absences"
    elif _KNOWN.get(key) in absent:
        yield f"did you mean {_KNOWN[key]!r}?"
    elif near := suggestion(name, absent, likeness=0.8):
        yield near.removeprefix("; ")


def _gone(reps: pd.DataFrame, name: str) -> Iterator[str]:
    """Yield which active reps a column says to be gone."""
    cells = reps[name].astype(str)
    gone = cells.map(folded).isin(GONE.split()) & reps["active"]
    if gone.any():
        words = " or ".join(map(shorten, cells[gone].unique()[:NAMED]))
        who = listed(reps.loc[gone, "rep_id"].tolist(), NAMED)
        yield f"it says {words} of {who}, who count as active"
