"""Sections of the page by themselves: load, scores, kept leads and fairness."""

import re

import numpy as np
import pandas as pd
import pytest

from reporting.page.environment import FORMS
from reporting.page.report.baseline_section import (
    Baseline,
    Expected,
    baseline_section,
)
from reporting.page.report.fairness_section import fairness_section
from reporting.page.report.kept_section import kept_section
from reporting.page.report.load_section import load_section
from reporting.page.report.scores_section import Scores, bands_of
from reporting.page.report.unassigned_section import unassigned_section
from tests.reporting.fair_days import fairness_of_eight_leads


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_load_says_who_is_full() -> None:
    """Slots that are left are those of reps with a limit; who is away is not full."""
    load = pd.DataFrame(
        {
            "rep_id": ["R1", "R2", "R3"],
            "rep": ["Ann (R1)", "Bo (R2)", "Cy (R3)"],
            "team": "",
            "capacity": [2.0, 5.0, 0.0],
            "slots_used": [2, 1, 0],
            "slotless": [0, 0, 0],
            "at_work": [True, True, False],
        }
    )
    text = words(load_section(load).content)
    full = "1 of 2 reps at work has no slot left; 4 slots are left with the others."
    assert full in text
    unlimited = words(load_section(load.assign(capacity=np.nan)).content)
    assert "no slot left" not in unlimited


@pytest.mark.parametrize(
    ("p_average", "bands"),
    [
        ([0.001, 0.02], ["0% to 1%", "1% to 2%"]),
        ([0.04, 0.58], [f"{n}% to {n + 5}%" for n in range(0, 60, 5)]),
        ([1.0], [f"{10 * n}% to {10 * n + 10}%" for n in range(10)]),
        ([0.0], ["0% to 1%"]),
    ],
)
def test_bands_are_as_narrow_as_there_is_room(
    p_average: list[float], bands: list[str]
) -> None:
    """Every lead is in one."""
    p = np.array(p_average)
    rows = bands_of(Scores(p, p > 0.01))
    assert rows["leads"].sum() == len(p)
    assert rows["assigned"].sum() == (p > 0.01).sum()
    assert rows["band"].tolist() == bands


@pytest.mark.parametrize("reason", ["owned", "duplicate_of"])
def test_duplicates_are_told_where_there_are_any(reason: str) -> None:
    """Without one there is neither a sentence nor a column of them."""
    is_duplicate = reason == "duplicate_of"
    kept = pd.DataFrame(
        {
            "lead_id": ["L1"],
            "company": "Acme",
            "rep": "Ann (R1)",
            "reason": reason,
            "duplicate_of": "L2" if is_duplicate else "",
            "same": "email" if is_duplicate else "",
            "score": 0.99 if is_duplicate else np.nan,
        }
    )
    text = words(kept_section(kept).content)
    assert ("1 is a duplicate and goes with the other lead." in text) is is_duplicate
    assert ("Duplicate of" in text) is is_duplicate
    assert "Acme" in text


def test_fairness_is_plain_first_and_statistics_are_folded() -> None:
    """Who has more or less than a fair share, by name; the Gini for analysts."""
    fairness = fairness_of_eight_leads()
    names = {"R0": "Ana", "R1": "Bo", "R2": "Cy"}
    html = fairness_section(fairness, names).content
    plain, _, folded = html.partition("For analysts")
    assert "2 of 2 reps have between 0.8 and 1.25 times their fair share." in (
        words(plain)
    )
    assert "Ana (R0)" in plain and "The same by team" in folded
    assert "Gini" not in plain and "Gini" in folded


def test_what_is_optimised_is_told_where_penalties_are() -> None:
    """Round robin may expect more, by breaking soft rules that count against it."""
    own, other = Expected(3, 1.4, 1.35), Expected(3, 1.5, 1.2)
    text = words(baseline_section(Baseline(own, other, 5, 0.1, [])).content)
    assert "After penalties this run 3 1.40 1.35 round robin 3 1.50 1.20" in text
    kept = Baseline(Expected(3, 1.4, 1.4), Expected(3, 1.3, 1.3), 5, 0.1, [])
    assert "penalties" not in words(baseline_section(kept).content)


def test_details_of_unassigned_leads_have_names() -> None:
    """A manager knows no ids."""
    row = ("L1", "", np.nan, "", "the eligible reps are full", "full: R1, R2")
    names = ["lead_id", "company", "deal_value", "territory", "reason", "detail"]
    leads = pd.DataFrame([row], columns=names)
    section = unassigned_section(leads, [], {"R1": "Ann", "R2": ""}, "conversions")
    assert "full: Ann (R1), R2" in words(section.content)


@pytest.mark.parametrize(
    ("amount", "text"),
    [(89.99, "89.99"), (0.0, "0"), (50.0, "50"), (1234567.5, "1,234,568")],
)
def test_money_has_no_third_digit(amount: float, text: str) -> None:
    """Cents are shown where they count."""
    assert FORMS["money"](amount) == text
