"""Policies side by side: for people, and for machines."""

from typing import Any

import pandas as pd

from evaluation import EXPECTED, MEASURED, TRUE
from evaluation.comparison.side_by_side import BASELINE
from reporting.columns import percents, whole_numbers
from reporting.text import table
from scoring.card.json_record import record_of

BELIEF = (
    f"The {EXPECTED} is what the model believes of the leads it chose, not what was\n"
    "won: it flatters whoever made the most of it."
)
TRUTH = (
    f"The {TRUE} is what this made-up company would really win on average; its lift\n"
    f"over {BASELINE} is that of matching (the right rep for the lead) plus that of\n"
    "utilisation (more leads to better reps, better leads where slots are short)."
)
NO_EVIDENCE = (
    f"No {MEASURED}: nothing here tells what was really won, neither a {TRUE} nor\n"
    "propensities. rightrep backtest looks for evidence in the history; an experiment\n"
    "in the scenario makes some."
)


def comparison_text(compared: pd.DataFrame, source: str = "") -> str:
    """Return the table, and what each kind of figure in it is worth.

    Parameters
    ----------
    compared
        As :func:`evaluation.compare_policies` returns it.
    source
        Where its measured lift comes from, in a sentence.
    """
    said = [table(_for_people(compared)), BELIEF]
    if TRUE in compared:
        said.append(TRUTH)
    if MEASURED in compared:
        said.append(source)
    if TRUE not in compared and MEASURED not in compared:
        said.append(NO_EVIDENCE)
    return "\n\n".join(said)


def comparison_json(compared: pd.DataFrame, source: str = "") -> dict[str, Any]:
    """Return the same as JSON knows it, every column included."""
    content = {
        "baseline": BASELINE,
        "policies": compared.to_dict("records"),
        "evidence": source or None,
    }
    found: dict[str, Any] = record_of(content)
    return found


def _for_people(compared: pd.DataFrame) -> pd.DataFrame:
    """Return the columns that fit a line; the rest is for machines."""
    names = [str(name) for name in compared]
    shown = [name for name in names if not name.startswith(f"{EXPECTED}:")]
    lifts = [name for name in shown if name.startswith(f"{TRUE}:")]
    found = percents(whole_numbers(compared[shown]), lifts, "+.1%")
    return _with_evidence(found) if MEASURED in found else found


def _with_evidence(found: pd.DataFrame) -> pd.DataFrame:
    ends = [f"{MEASURED}: low", f"{MEASURED}: high"]
    said = percents(found, [MEASURED, *ends], "+.1%")
    between = [
        f"{middle} ({low} to {high})" if middle else "none"
        for middle, low, high in said[[MEASURED, *ends]].to_numpy()
    ]
    return found.drop(columns=ends).assign(**{MEASURED: between})
