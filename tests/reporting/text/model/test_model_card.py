"""The card in text: answers first, nothing hidden, every figure in its column."""

from dataclasses import replace

from reporting import card_text
from reporting.text.model.model_rows import WIDTH
from tests.reporting.leaky_card import card as card


def test_the_answer_comes_first(card):
    """Before any figure: whether it matters who gets the lead, in words."""
    first = card_text(card).splitlines()[0]
    assert first.startswith("Yes, it matters measurably who gets the lead")


def test_a_leak_has_a_line_of_its_own(card):
    """Above the sections, and not among the columns that are merely unused."""
    lines = card_text(card).splitlines()
    place = next(i for i, line in enumerate(lines) if line.startswith("LEAK: duration"))
    assert place < lines.index("HISTORY")
    unused = lines[next(i for i, it in enumerate(lines) if "not used  " in it)]
    assert "duration" not in unused


def test_lines_fit_a_terminal(card):
    """No line is longer than the page."""
    assert max(map(len, card_text(card).splitlines())) <= WIDTH


def test_figures_stand_under_their_headings(card):
    """The whole model, the lead model alone and the constant, each in its column."""
    lines = card_text(card).splitlines()
    heading = next(line for line in lines if "lead model alone" in line)
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
    lines = card_text(card).splitlines()
    start = next(
        i for i, line in enumerate(lines) if "predicted" in line and "observed" in line
    )
    bins = card.validation.measures.reliability
    for tenth, one in enumerate(bins, 1):
        assert lines[start + tenth].split()[:2] == [str(tenth), f"{one.predicted:.1%}"]


def test_a_model_that_could_not_be_validated_says_why(card):
    """No figures, but the reason."""
    nothing = replace(card.validation, measures=None, problem="too few leads")
    text = card_text(replace(card, validation=nothing))
    assert "could not be validated: too few leads" in text
    assert "log loss lower" not in text
