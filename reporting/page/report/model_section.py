"""The model card as a section of a page, and as a page of its own."""

from collections.abc import Sequence

from markupsafe import Markup

from reporting.page.environment import environment
from reporting.page.report.model_drawings import (
    effects_drawing,
    reliability_drawing,
    spread_drawing,
)
from reporting.text.model.lead_sentences import block_sentence
from reporting.text.model.model_sentences import (
    balance_sentence,
    censoring_sentence,
    origin_sentence,
    quality_sentence,
    rep_quality_sentence,
    rep_sentence,
    stratum_warning,
    value_sentence,
)
from scoring import ModelCard
from scoring.card.figures import StratumBalance
from scoring.card.findings import RepFigure, RepFinding

_REPS_DRAWN = 20
_REPS_LISTED = 500
_STRATA_LISTED = 20

PLAIN = {
    "yes": "It matters who gets a lead: with the same leads, some reps win more than "
    "others.",
    "no": "It makes no measurable difference who gets a lead.",
    "cannot_tell": "Whether it matters who gets a lead cannot be told from this "
    "history.",
}
"""The answer of a card without its statistics."""

Effects = list[tuple[str, RepFigure]]


def render_card(card: ModelCard, title: str) -> str:
    """Return the card as one HTML document that asks nothing of any network."""
    template = environment().get_template("card.html.j2")
    return template.render(title=title, model=_section(card, is_open=True))


def model_section(card: ModelCard) -> Markup:
    """Return the card as a part of a page, its statistics in a fold.

    The same card gives the same text.
    """
    return _section(card, is_open=False)


def _section(card: ModelCard, *, is_open: bool) -> Markup:
    finding, measures = card.rep_finding, card.validation.measures
    effects = strongest(finding, _REPS_DRAWN)
    uneven = least_alike(card.balance)
    template = environment().get_template("model.html.j2")
    content = template.render(
        card=card,
        is_open=is_open,
        sentences=sentences(card),
        blocks=[block_sentence(block) for block in card.blocks],
        finding=finding,
        measures=measures,
        unused=card.unused,
        reliability=""
        if measures is None
        else reliability_drawing(measures.reliability),
        spread=spread_drawing(finding.win_rates),
        effects=effects_drawing(effects) if finding.main.used else "",
        n_drawn=len(effects),
        reps=strongest(finding, _REPS_LISTED),
        uneven=[(part, stratum_warning(part)) for part in uneven[:_STRATA_LISTED]],
        n_uneven=len(uneven),
        origins=card.origins.reps[:_REPS_LISTED],
    )
    return Markup(content)


def sentences(card: ModelCard) -> dict[str, str]:
    """Return what the page says in sentences, by subject."""
    return {
        "plain": PLAIN[card.rep_finding.answer],
        "reps": rep_sentence(card),
        "quality": f"{quality_sentence(card)} {rep_quality_sentence(card)}",
        "balance": balance_sentence(card.balance),
        "origins": origin_sentence(card.origins),
        "censoring": censoring_sentence(card.censoring),
        "value": value_sentence(card.value),
    }


def strongest(finding: RepFinding, most: int) -> Effects:
    """Return the reps of the largest effects, whatever the sign; highest first."""
    ranked = sorted(finding.reps.items(), key=lambda item: -abs(item[1].effect))
    return sorted(ranked[:most], key=lambda item: -item[1].effect)


def least_alike(balance: Sequence[StratumBalance]) -> Sequence[StratumBalance]:
    """Return where leads were not assigned at random, the worst first."""
    uneven = [stratum for stratum in balance if stratum.is_uneven]
    return sorted(uneven, key=lambda stratum: stratum.effective_share)
