"""The card: answers first, nothing hidden, and the same in text and JSON."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from scoring import describe, train
from scoring.card.layout import WIDTH, columns, listed, row
from scoring.card.record import record_of
from scoring.diagnostics.measures import Gain
from tests.scoring.worlds import crm_of, history_of


@pytest.fixture(scope="module")
def card():
    history, _ = history_of(n=1200, rep_sd=1.0)
    rng = np.random.default_rng(0)
    won = history["outcome"] == "won"
    told = won.to_numpy(float) + rng.normal(0, 0.1, len(history))
    history["duration"] = told
    leads = history.tail(40).drop(
        columns=["rep_id", "assigned_at", "outcome", "closed_at", "origin"]
    )
    return train(crm_of(history, leads)).card


def changed(card, **figures):
    """Return the card with other figures of its validation."""
    measures = replace(card.validation.measures, **figures)
    return replace(card, validation=replace(card.validation, measures=measures))


def test_the_answer_comes_first(card):
    """Before any figure: whether it matters who gets the lead, in words."""
    first = describe(card).splitlines()[0]
    assert first.startswith("Yes, it matters measurably who gets the lead")


def test_a_leak_has_a_line_of_its_own(card):
    """Above the sections, and not among the columns that are merely unused."""
    lines = describe(card).splitlines()
    place = next(i for i, line in enumerate(lines) if line.startswith("LEAK: duration"))
    assert place < lines.index("HISTORY")
    unused = lines[next(i for i, it in enumerate(lines) if "not used  " in it)]
    assert "duration" not in unused


def test_lines_fit_a_terminal(card):
    """No line is longer than the page."""
    assert max(map(len, describe(card).splitlines())) <= WIDTH


def test_figures_stand_under_their_headings(card):
    """The whole model, the lead part alone and the constant, each in its column."""
    lines = describe(card).splitlines()
    heading = next(line for line in lines if "lead part alone" in line)
    loss = next(line for line in lines if line.startswith("  log loss   "))
    whole, lead_only, constant = (
        f"{of.log_loss:.4f}"
        for of in (
            card.validation.measures.whole,
            card.validation.measures.lead_only,
            card.validation.measures.constant,
        )
    )
    assert loss.split()[2:] == [whole, lead_only, constant]
    assert loss.index(whole) + len(whole) == heading.index("model") + len("model")


def test_every_tenth_is_shown(card):
    """The reliability table has a row per bin."""
    lines = describe(card).splitlines()
    start = next(i for i, line in enumerate(lines) if "predicted" in line)
    bins = card.validation.measures.reliability
    for tenth, one in enumerate(bins, 1):
        assert lines[start + tenth].split()[:2] == [str(tenth), f"{one.predicted:.1%}"]


@pytest.mark.parametrize(
    ("mean", "said"),
    [(0.1, "better than"), (0.0, "no better than"), (-0.1, "WORSE than")],
)
def test_quality_is_said_in_words(card, mean, said):
    """Better, no better or worse than the plain win rate, by the paired interval."""
    assert said in changed(card, over_constant=Gain(mean, 0.01)).quality


@pytest.mark.parametrize(
    ("mean", "said"), [(0.1, "easier"), (0.0, "no easier"), (-0.1, "HARDER")]
)
def test_what_the_rep_part_adds_is_said_in_words(card, mean, said):
    """The same of knowing the rep, where scores make use of it."""
    assert said in changed(card, over_lead_only=Gain(mean, 0.01)).rep_quality


def test_a_model_that_could_not_be_validated_says_why(card):
    """No figures, but the reason."""
    nothing = replace(card.validation, measures=None, problem="too few leads")
    said = describe(replace(card, validation=nothing))
    assert "could not be validated: too few leads" in said
    assert "log loss lower" not in said


def test_json_holds_what_the_text_says(card):
    """Sentences, intervals and answers are in the JSON, and every number is finite."""
    content = card.to_dict()
    assert json.loads(json.dumps(content, allow_nan=False)) == content
    measures = content["validation"]["measures"]
    assert measures["over_constant"]["low"] < measures["over_constant"]["high"]
    assert content["rep_finding"]["answer"] == "yes"
    assert content["quality"] == card.quality
    assert content["balance"]["sentence"] == card.balance.sentence
    assert content["balance"]["strata"][0]["looks_random"] in (True, False)
    assert content["teaching"]["as_of"].startswith("2026-01-01")
    assert "duration" in content["leaks"]


def test_what_is_not_finite_is_none():
    """JSON knows neither infinity nor NaN."""
    found = record_of({"a": [np.inf, 1.0], "b": (float("nan"),)})
    assert found == {"a": [None, 1.0], "b": [None]}


def test_long_rows_are_wrapped_under_themselves():
    """The second line begins where the first one's content does."""
    first, second = row("label", "word " * 20)[:2]
    assert first.index("word") == len(second) - len(second.lstrip())


def test_an_empty_row_is_a_label():
    """Nothing to say is no reason to fail."""
    assert row("label", "") == ["  label"]


def test_columns_are_right_aligned():
    """All but the labels."""
    lines = columns(("rep", "effect"), [("R1", "+0.1"), ("long", "-10.25")])
    assert len({len(line) for line in lines}) == 1


def test_long_lists_are_cut():
    """The first twelve, and how many more."""
    assert listed([str(i) for i in range(15)]).endswith("10, 11, and 3 more")
    assert listed([]) == "none"


def test_every_key_is_documented(card):
    """What the JSON holds is explained in docs/model_card.md."""
    explained = Path(__file__).parents[2].joinpath("docs", "model_card.md").read_text()
    assert not [key for key in keys_of(card.to_dict()) if f"`{key}`" not in explained]


def keys_of(content):
    """Yield each key that is not the name of a column, a rep or a model."""
    by_name = {"leaks", "suspects", "dropped", "log_losses", "deviance"}
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
