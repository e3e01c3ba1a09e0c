"""What a card says in words is what its figures and codes mean."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from reporting.text.model.model_sentences import (
    answer_sentence,
    balance_caveat,
    balance_sentence,
    balance_warnings,
    card_json,
    censoring_sentence,
    origin_sentence,
    quality_sentence,
    rep_quality_sentence,
    rep_sentence,
    value_sentence,
)
from scoring.card.figures import Gain, LowOverlapRep, StratumBalance
from scoring.card.findings import OriginFinding, RepOrigins
from scoring.card.model_card import CensoringFigures
from scoring.deal_value.estimates import ValueFinding, ValueSelection
from scoring.rep_effects import SpreadTest, VarianceComponent
from tests.reporting.leaky_card import card as card
from tests.reporting.leaky_card import changed


@pytest.mark.parametrize(
    ("mean", "words"),
    [(0.1, "better than"), (0.0, "no better than"), (-0.1, "WORSE than")],
)
def test_quality_is_said_in_words(card, mean, words):
    """Better, no better or worse than the plain win rate, by the paired interval."""
    assert words in quality_sentence(changed(card, over_constant=Gain(mean, 0.01)))


@pytest.mark.parametrize(
    ("mean", "words"), [(0.1, "easier"), (0.0, "no easier"), (-0.1, "HARDER")]
)
def test_what_the_rep_effects_add_is_said_in_words(card, mean, words):
    """The same of knowing the rep, where scores make use of it."""
    assert words in rep_quality_sentence(changed(card, over_lead_only=Gain(mean, 0.01)))


NOTHING = SpreadTest(p_value=0.6, upper_sd=0.2, detectable_sd=0.1)
SHORT = SpreadTest(p_value=0.6, upper_sd=2.0, detectable_sd=0.9)
SIGNS = SpreadTest(p_value=0.05, upper_sd=0.7, detectable_sd=0.1)
CLEAR = SpreadTest(p_value=1e-6, upper_sd=0.7, detectable_sd=0.1)
ALONE = SpreadTest(p_value=1.0, upper_sd=float("inf"), detectable_sd=float("inf"))


def component(test, persistence=0.9):
    return VarianceComponent(0.4, test, 0.8, persistence, used=True)


@pytest.mark.parametrize(
    ("main", "interaction", "answer", "start"),
    [
        (component(CLEAR), component(NOTHING), "yes", "Yes, it matters measurably"),
        (component(NOTHING), component(CLEAR), "yes", "Yes, it matters measurably"),
        (component(NOTHING), component(NOTHING), "no", "No, it does not matter meas"),
        (component(CLEAR, 0.0), component(NOTHING), "no", "No, it does not matter in"),
        (component(SHORT), component(SHORT), "cannot_tell", "Cannot tell whether"),
        (component(SIGNS), component(NOTHING), "cannot_tell", "Cannot tell whether"),
        (component(ALONE), component(ALONE), "cannot_tell", "Cannot tell whether"),
    ],
)
def test_the_answer_on_reps_is_a_sentence(card, main, interaction, answer, start):
    """Three answers, each with its evidence in brackets."""
    finding = replace(
        card.rep_finding, answer=answer, main=main, interaction=interaction
    )
    sentence = answer_sentence(finding)
    assert sentence.startswith(start)
    assert sentence.endswith(").")


def test_what_did_not_hold_is_said_not_to_last(card):
    """Differences beyond chance that newer leads do not confirm."""
    finding = replace(card.rep_finding, answer="no", main=component(CLEAR, 0.0))
    assert "lasts" in answer_sentence(finding)


def stratum(**changes):
    even = StratumBalance("territory T0", 900, 9, 0.4, 1.0, 0.0, 0.03, 1.0, ())
    return replace(even, **changes)


UNEVEN = stratum(
    p_value=1e-5,
    adjusted_p=1e-4,
    low_overlap=(
        LowOverlapRep("R10", True, 60, 20.0),
        LowOverlapRep("R00", False, 40, 10.0),
    ),
)


def test_balance_is_said_in_words():
    """Where assignment looks random, where it does not, and where nobody can tell."""
    assert balance_sentence(()).startswith("Too few leads")
    assert balance_sentence((stratum(),)) == "Assignment looks random in territory T0."
    unclear = stratum(name="product P0", detectable_share=0.5)
    sentence = balance_sentence((UNEVEN, unclear))
    assert sentence.startswith("Leads were not assigned at random in territory T0")
    assert "1 of 2 groups cannot tell" in sentence


def test_a_warning_names_reps_and_their_effective_sample_size():
    """Whose leads were better, whose worse, and how many random leads tell as much."""
    (warning,) = balance_warnings((UNEVEN, stratum()))
    assert warning.startswith("Territory T0: leads were not assigned at random")
    assert "R10 better and R00 worse" in warning
    assert "100 leads is 30 leads assigned at random" in warning


def test_uneven_leads_are_a_caveat(card):
    """Reps who differ may owe it to leads that are better in ways no column tells."""
    assert balance_caveat((UNEVEN, stratum())) == ""
    assert "no column tells" in balance_caveat((UNEVEN, UNEVEN, stratum()))
    uneven = replace(card, balance=(UNEVEN,))
    assert rep_sentence(uneven).endswith(balance_caveat((UNEVEN,)))
    even = replace(card, balance=(stratum(),))
    assert rep_sentence(even) == answer_sentence(card.rep_finding)


def test_censoring_is_said_in_words():
    """How long leads take, or why every closed lead counts once."""
    weighted = CensoringFigures(True, False, 110.0, 25.0, 14.0, 3.0, 1200)
    sentence = censoring_sentence(weighted)
    assert "Half of the won leads close within 25 days" in sentence
    assert "1,200 younger than 3 days are left out" in sentence
    once = CensoringFigures(False, False, 0.0, None, None, 0.0, 0)
    assert censoring_sentence(once).startswith("Every closed lead counts once")
    assert "misled" in censoring_sentence(replace(once, is_misleading=True))


def origins(*differences):
    return OriginFinding(
        0.2,
        0.4,
        tuple(
            RepOrigins(f"R{j:02d}", 9, 3, 9, 3, 0.3, 0.3, of, of - 0.1, of + 0.1, 0.01)
            for j, of in enumerate(differences)
        ),
    )


def test_origins_are_said_in_words():
    """Who does better with leads of one kind, if anybody."""
    own = origin_sentence(origins(-1.0, -1.0))
    assert "R00, R01 are better at closing self-generated leads" in own
    assert "R00 is better at closing distributed leads" in origin_sentence(origins(1.0))
    assert "no rep is better with one kind" in origin_sentence(origins(0.0))
    assert origin_sentence(OriginFinding()).startswith("Cannot compare")


SELECTION = ValueSelection(90, 30, {"mean": 1.0}, 0.0, 0.0, "mean")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (ValueFinding("none", 0, 1.0, 1.0, None), "Every lead counts 1"),
        (ValueFinding("mean", 3, 1.0, 50.0, None), "50.00 for every lead, their mean"),
        (ValueFinding("mean", 120, 1.0, 50.0, SELECTION), "the mean of what 120 won"),
        (
            ValueFinding("own estimate", 3, 1.0, 70.0, None),
            "Each lead's own deal_value",
        ),
        (
            ValueFinding("own estimate", 120, 0.8, 70.0, SELECTION),
            "own deal_value times 0.8, as 120 won leads turned out; 70.00 where it is",
        ),
        (ValueFinding("regression", 120, 1.0, None, SELECTION), "A regression on"),
    ],
)
def test_the_source_of_values_is_said_in_words(value, words):
    """Own estimates, a mean, a regression, or nothing."""
    assert words in value_sentence(value)


def test_json_holds_what_the_text_says(card):
    """Sentences, intervals and answers are in the JSON, and every number is finite."""
    content = card_json(card)
    assert json.loads(json.dumps(content, allow_nan=False)) == content
    measures = content["validation"]["measures"]
    assert measures["over_constant"]["low"] < measures["over_constant"]["high"]
    assert content["rep_finding"]["answer"] == "yes"
    assert content["quality"] == quality_sentence(card)
    assert content["balance"]["sentence"] == balance_sentence(card.balance)
    assert content["balance"]["strata"][0]["looks_random"] in (True, False)
    assert content["training"]["as_of"].startswith("2026-01-01")
    assert "duration" in content["leaks"]


def test_every_key_is_documented(card):
    """What the JSON holds is explained in docs/model_card.md."""
    explained = Path(__file__).parents[4].joinpath("docs", "model_card.md").read_text()
    assert not [key for key in keys_of(card_json(card)) if f"`{key}`" not in explained]


def keys_of(content):
    """Yield each key that is not the name of a column, a rep or a model."""
    by_name = {"leaks", "suspects", "dropped", "aliases", "unused", "log_losses"}
    by_name |= {"deviance", "contributions"}
    if isinstance(content, dict):
        for key, value in content.items():
            yield key
            if key == "reps" and isinstance(value, dict):
                value = list(value.values())
            if key not in by_name:
                yield from keys_of(value)
    elif isinstance(content, list):
        for value in content:
            yield from keys_of(value)
