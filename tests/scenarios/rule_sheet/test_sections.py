"""Every section of a scenario is told in sentences."""

import re
from datetime import date

from scenarios.rule_sheet.difference import NOT_RULES
from scenarios.rule_sheet.sections import _SECTIONS, section_sentences
from scenarios.schema import Scenario

FULL = {
    "version": 1,
    "name": "full",
    "data": {"leads": "l.csv", "reps": "r.csv"},
    "objective": {"maximise": "revenue", "tie_width": "auto"},
    "calendar": {"working_days": ["mon", "tue"], "holidays": [date(2026, 1, 6)]},
    "experiment": {"control_share": 0.1, "max_pair_probability": 0.8},
    "sla": {
        "clocks": {"first": {"to": "responded", "within": "4h", "recall_at": 1}},
        "recalled_penalty": 500.0,
    },
    "sticky": {"days": 30, "by": ["email"], "penalty": 100.0},
    "ageing": {"half_life": "5d", "groups": [{"where": {"x": 1}, "half_life": "2d"}]},
    "turns": {"most_credits": 2},
    "open_weight": {"column": "status", "weights": {"Paused": 0.3}},
    "duplicates": {"accounts": ["domain"], "within_days": 90},
    "morning": {"pile": 2.5},
    "solve": {"two_level": True},
    "scoring": {"lost_after_days": 90},
    "ledger": "ledger.db",
}


def test_every_section_has_its_words():
    """A new one in the schema has to be told as well."""
    assert set(_SECTIONS) == set(Scenario.model_fields) - NOT_RULES


def test_each_section_is_a_few_sentences():
    """Prices have a unit, durations are as written, and no Python object is named."""
    told = section_sentences(Scenario.model_validate(FULL))
    assert set(told) == set(_SECTIONS)
    for sentences in told.values():
        for sentence in sentences:
            assert re.fullmatch(r"[A-Z].*\.", sentence), sentence
            assert not re.search(r"None|[<{\[]", sentence), sentence
    assert "costs 500 of expected revenue" in told["sla"][1]
    assert told["sticky"] == (
        "A lead that shares its email with one of the last 30 days returns to the rep "
        "who had that; another rep costs 100 of expected revenue.",
    )


def test_what_is_not_set_is_not_told():
    """But for the objective."""
    least = {key: FULL[key] for key in ("version", "name", "data")}
    assert list(section_sentences(Scenario.model_validate(least))) == ["objective"]
