"""Policies side by side, as text and JSON."""

from typing import Any

import pandas as pd

from evaluation import EXPECTED, MEASURED, SUGGESTED, TRUTH
from evaluation.comparison import BASELINE, CUT_SHORT, WANTED
from reporting.text.layout.json_record import record_of
from reporting.text.layout.layout import percents, table, whole_numbers
from reporting.text.words.time_limit import cut_short_sentence
from solver.policies import CutShort

EXPECTATION = (
    f"The {EXPECTED} is what the model predicts of the leads it chose, not what was\n"
    "won: it flatters whoever made the most of it."
)
TRUTH_NOTE = (
    f"The {TRUTH} is what this synthetic company would really win on average; its\n"
    f"lift over {BASELINE} is that of matching (the right rep for the lead) plus that\n"
    "of utilisation (more leads to better reps, better leads where slots are short)."
)
NO_EVIDENCE = (
    f"No {MEASURED}: nothing here tells what was really won, neither a {TRUTH} nor\n"
    "propensities. rightrep backtest looks for evidence in the history; an experiment\n"
    "in the scenario makes some."
)


def comparison_text(compared: pd.DataFrame, source: str = "") -> str:
    """Return the table, and what each kind of figure in it means.

    Parameters
    ----------
    compared
        As :func:`evaluation.compare_policies` returns it.
    source
        Where its measured lift comes from, in a sentence.
    """
    parts = [table(_for_people(compared)), EXPECTATION]
    if cut := _cut_short(compared):
        parts.insert(1, cut)
    if TRUTH in compared:
        parts.append(TRUTH_NOTE)
    if _evidence(compared):
        parts.append(source)
    if TRUTH not in compared and not _evidence(compared):
        parts.append(NO_EVIDENCE)
    return "\n\n".join(parts)


def comparison_json(compared: pd.DataFrame, source: str = "") -> dict[str, Any]:
    """Return the same as a record of JSON, every column included."""
    content = {
        "baseline": BASELINE,
        "policies": compared.to_dict("records"),
        "evidence": source or None,
    }
    if cut := _cut_short(compared):
        content["cut_short"] = cut
    record: dict[str, Any] = record_of(content)
    return record


def _cut_short(compared: pd.DataFrame) -> str:
    """Return what the time limit kept from the policies, "" for nothing."""
    if CUT_SHORT not in compared:
        return ""
    columns = compared[["policy", "draws", WANTED, CUT_SHORT]]
    return cut_short_sentence(CutShort(*row) for row in columns.itertuples(index=False))


def _for_people(compared: pd.DataFrame) -> pd.DataFrame:
    """Return the columns that fit a line; the rest is for machines."""
    names = [str(name) for name in compared]
    shown = [name for name in names if not name.startswith(f"{EXPECTED}:")]
    shown = [name for name in shown if name not in {WANTED, CUT_SHORT}]
    lifts = [name for name in shown if name.startswith(f"{TRUTH}:")]
    rows = percents(whole_numbers(compared[shown]), lifts, "+.1%")
    label = _evidence(rows)
    return _with_evidence(rows, label) if label else rows


def _evidence(compared: pd.DataFrame) -> str:
    """Return what lifts by outcomes are called in the table, "" if it has none."""
    return next((name for name in (MEASURED, SUGGESTED) if name in compared), "")


def _with_evidence(rows: pd.DataFrame, label: str) -> pd.DataFrame:
    ends = [f"{label}: low", f"{label}: high"]
    cells = percents(rows, [label, *ends], "+.1%")[[label, *ends]]
    intervals = [
        f"{middle} ({low} to {high})" if middle else "none"
        for middle, low, high in cells.to_numpy()
    ]
    return rows.drop(columns=ends).assign(**{label: intervals})
