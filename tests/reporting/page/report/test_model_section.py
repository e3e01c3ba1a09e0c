"""The model on a page: what the card says, drawn and told, in any case."""

import re
from dataclasses import replace

import pytest

from reporting.page.report.model_section import model_section, render_card, strongest
from reporting.text.model.model_sentences import quality_sentence, rep_sentence
from scoring import ModelCard, train
from scoring.card.findings import RepFigure
from tests.reporting.page.report.test_page import FORBIDDEN, Outline
from tests.scoring.synthetic_history import crm_of, history_of


@pytest.fixture(scope="module")
def card() -> ModelCard:
    return train(crm_of(history_of(n=1200, rep_sd=1.0)[0])).card


def with_reps(card: ModelCard, n_reps: int, text: str = "R") -> ModelCard:
    reps = {
        f"{text}{j}": RepFigure(j / n_reps - 0.5, j / n_reps - 1, j / n_reps, 100)
        for j in range(n_reps)
    }
    return replace(card, rep_finding=replace(card.rep_finding, reps=reps))


def words_of(card: ModelCard) -> str:
    return " ".join(Outline(render_card(card, "Model")).words)


@pytest.mark.slow
def test_page_is_well_formed_and_offline(card: ModelCard) -> None:
    """Elements are closed, tables have captions, nothing is loaded, no gain claimed."""
    html = render_card(card, "Model")
    outline = Outline(html)
    assert outline.open == []
    assert outline.tags.count("table") == outline.tags.count("caption") == 5
    assert outline.tags.count("svg") == 3
    assert not {"link", "img", "iframe"} & set(outline.tags)
    assert outline.tags.count("script") == 1
    assert all(address.startswith("#") for address in outline.addresses)
    assert not FORBIDDEN.search(html)
    assert "expectation" not in html.lower()


def test_answer_and_figures_are_told(card: ModelCard) -> None:
    """The sentence, the quality, each figure of each model, and the intervals."""
    words, measures = words_of(card), card.validation.measures
    assert measures is not None
    assert rep_sentence(card) in words
    assert quality_sentence(card) in words
    for model in (measures.whole, measures.lead_only, measures.constant):
        assert f"{model.log_loss:.4f}" in words
    gain = measures.over_constant
    assert f"{gain.low:+.4f} to {gain.high:+.4f}" in words


def test_leaks_and_unused_columns_are_apart(card: ModelCard) -> None:
    """A leak is an alarm; a constant column is a row of a table."""
    why = {"duration": "AUC 0.97 alone", "country": "the same in every row"}
    leaky = replace(card, leaks={"duration": why["duration"]}, dropped=why)
    html = model_section(leaky)
    assert "<strong>Leak: duration</strong> is left out: AUC 0.97 alone" in html
    assert '<th scope="row">country</th><td>the same in every row</td>' in html
    assert '<th scope="row">duration</th>' not in html


def test_many_reps_are_cut_to_the_strongest(card: ModelCard) -> None:
    """Twenty are drawn and five hundred listed, and the page says so."""
    many = with_reps(card, 1_000)
    words = words_of(many)
    assert "The 20 largest effects of 1,000 reps are drawn." in words
    assert "and 500 more in the card's JSON" in words
    shown = [rep for rep, _ in strongest(many.rep_finding, 4)]
    assert shown == ["R999", "R2", "R1", "R0"]


def test_a_model_that_could_not_be_validated_has_a_page(card: ModelCard) -> None:
    """The reason stands where the figures would."""
    nothing = replace(card.validation, measures=None, problem="only 3 newest rows")
    words = words_of(replace(card, validation=nothing))
    assert "Not possible: only 3 newest rows." in words


def test_reps_who_do_not_differ_are_not_drawn(card: ModelCard) -> None:
    """Zeros would only look like a finding."""
    finding = card.rep_finding
    alike = replace(finding, main=finding.main.settled(False))
    html = model_section(replace(card, rep_finding=alike))
    assert html.count("<svg") == 2
    assert "Scores make no use of a difference" in html


@pytest.mark.parametrize("text", ["<b>Ann</b>", "$a_1$", "x" * 500, "李雷"])
def test_any_name_is_shown_as_text(card: ModelCard, text: str) -> None:
    """Markup and mathematics in a rep's id are neither obeyed nor lost."""
    html = render_card(with_reps(card, 3, text), "Model")
    assert Outline(html).open == []
    assert "b" not in Outline(html).tags
    assert f"{text}0" in Outline(html).words


def test_the_same_card_gives_the_same_bytes(card: ModelCard) -> None:
    """Neither clock nor chance gets into the page."""
    assert render_card(card, "Model") == render_card(card, "Model")


def test_ids_of_drawings_do_not_clash(card: ModelCard) -> None:
    """What one drawing refers to is not defined by another one otherwise."""
    drawings = re.findall(r"<svg.*?</svg>", model_section(card), flags=re.DOTALL)
    clips = [set(re.findall(r'<clipPath id="(\w+)"', drawing)) for drawing in drawings]
    assert len(set.union(*clips)) == sum(map(len, clips))
