"""The findings of a model card in sentences, from its figures and codes."""

import math
from collections.abc import Iterator
from typing import Any

from crm import listed
from reporting.text.layout.json_record import record_of
from reporting.text.model.lead_sentences import level_clause
from scoring import ModelCard
from scoring.card.figures import StratumBalance
from scoring.card.findings import OriginFinding, RepFinding
from scoring.card.model_card import CensoringFigures
from scoring.deal_value.estimates import ValueFinding
from scoring.rep_effects import VarianceComponent
from scoring.rep_effects.variance_component import MATERIAL_SD

MAX_NAMED = 5


def card_json(card: ModelCard) -> dict[str, Any]:
    """Return the card as a record of JSON, with its sentences."""
    content: dict[str, Any] = record_of(card)
    content["quality"], content["rep_quality"] = (
        quality_sentence(card),
        rep_quality_sentence(card),
    )
    content["rep_finding"]["sentence"] = rep_sentence(card)
    content["censoring"]["sentence"] = censoring_sentence(card.censoring)
    content["origins"]["sentence"] = origin_sentence(card.origins)
    content["value"]["sentence"] = value_sentence(card.value)
    warnings = map(stratum_warning, card.balance)
    strata = zip(content["balance"], warnings, strict=True)
    content["balance"] = {
        "sentence": balance_sentence(card.balance),
        "warnings": balance_warnings(card.balance),
        "caveat": balance_caveat(card.balance),
        "strata": [row | {"warning": warning} for row, warning in strata],
    }
    return content


def quality_sentence(card: ModelCard) -> str:
    """Return whether newer leads were predicted any better than by the win rate."""
    measures = card.validation.measures
    if measures is None:
        return f"The model could not be validated: {card.validation.problem}."
    gain, n_test = measures.over_constant, card.validation.n_test
    newest = f"On the newest {n_test:,} leads, which it had not seen, the model"
    if measures.level.is_off:
        newest = f"{level_clause(measures.level)} {newest}"
    if gain.low > 0:
        return f"{newest} predicts better than the plain win rate."
    if gain.high < 0:
        return f"{newest} predicts WORSE than the plain win rate: do not rely on it."
    return f"{newest} predicts no better than the plain win rate, within chance."


def rep_quality_sentence(card: ModelCard) -> str:
    """Return whether knowing the rep helped there; empty where it is not used."""
    measures = card.validation.measures
    if measures is None or not card.rep_finding.used:
        return ""
    gain = measures.over_lead_only
    if gain.low > 0:
        return "Knowing who got them made these leads easier to predict."
    if gain.high < 0:
        return "Knowing who got them made these leads HARDER to predict."
    return "Knowing who got them made these leads no easier to predict, within chance."


def rep_sentence(card: ModelCard) -> str:
    """Return whether it matters who gets the lead, and if leads may be why."""
    answer = answer_sentence(card.rep_finding)
    caveat = balance_caveat(card.balance)
    if card.rep_finding.answer != "yes" or not caveat:
        return answer
    return f"{answer} {caveat}"


def answer_sentence(finding: RepFinding) -> str:
    """Return whether it matters who gets the lead, the evidence in brackets.

    Spreads are standard deviations of the reps' log odds.
    """
    main, interaction = finding.main, finding.interaction
    if finding.answer == "yes":
        ways = [
            *spread(
                finding, main, "some reps win more than others with the same leads"
            ),
            *spread(
                finding, interaction, "some leads suit some reps better than others"
            ),
        ]
        return (
            f"Yes, it matters measurably who gets the lead: {', and '.join(ways)}."
            f"{untested(finding)}"
        )
    if finding.doubt:
        return f"Cannot tell whether it matters who gets the lead: {finding.doubt}."
    smallest = min(main.test.p_value, interaction.test.p_value)
    if finding.answer == "cannot_tell" and main.test.detectable_sd <= MATERIAL_SD:
        return (
            "Cannot tell whether it matters who gets the lead: there are signs that "
            "it does, but chance alone gives such signs now and then "
            f"(p = {smallest:.2g})."
        )
    if finding.answer == "cannot_tell":
        return (
            "Cannot tell whether it matters who gets the lead: there is too little "
            f"history, and a real difference between reps may have gone unseen "
            f"({undetectable(main)})."
        )
    if main.test.significant or interaction.test.significant:
        return (
            "No, it does not matter in a way that lasts who gets the lead: what older "
            "leads showed of the reps did not hold on newer ones (differences beyond "
            f"chance, p = {smallest:.2g})."
        )
    return (
        "No, it does not matter measurably who gets the lead: there is no rep effect "
        f"beyond noise (p = {main.test.p_value:.2g}, and "
        f"p = {interaction.test.p_value:.2g} for leads that suit a rep; a spread of "
        f"{main.test.detectable_sd:.2f} between reps would have shown)."
    )


def spread(
    finding: RepFinding, component: VarianceComponent, in_words: str
) -> Iterator[str]:
    """Yield how reps differ in one way, if that was confirmed."""
    if component.confirmed:
        kind = "lasting spread" if finding.lasting_tested else "spread"
        sd = component.persistence * component.sd
        p_value = component.test.p_value
        yield f"{in_words} ({kind} {sd:.2f} in log odds, p = {p_value:.2g})"


def untested(finding: RepFinding) -> str:
    """Return that nothing tells whether differences last; empty if something does."""
    if finding.lasting_tested:
        return ""
    return (
        " Whether that lasts cannot be told: history has no order in time to test it."
    )


def undetectable(main: VarianceComponent) -> str:
    """Return the spread between reps that history could hide."""
    if not math.isfinite(main.test.detectable_sd):
        return "there are no two reps with leads enough to compare"
    return f"a spread below {main.test.detectable_sd:.2f} in log odds would not show"


def censoring_sentence(figures: CensoringFigures) -> str:
    """Return how long leads take to close, and how recent ones are counted."""
    if figures.is_misleading:
        return (
            "Every closed lead counts once: weights for leads still open would have "
            "misled a while ago."
        )
    if not figures.is_weighted:
        return "Every closed lead counts once: none need stand for one still open."
    return (
        f"Half of the won leads close within {figures.median_won_days:.0f} days, half "
        f"of the lost within {figures.median_lost_days:.0f}; closed leads younger than "
        f"{figures.window_days:.0f} days stand for those still open, and "
        f"{figures.n_left_out:,} younger than {figures.min_age_days:.0f} days are left "
        "out."
    )


def balance_sentence(balance: tuple[StratumBalance, ...]) -> str:
    """Return where assignment looks random, and where it was not."""
    if not balance:
        return "Too few leads to tell whether reps were assigned like leads."
    random = [stratum.name for stratum in balance if stratum.looks_random]
    uneven = [stratum.name for stratum in balance if stratum.is_uneven]
    n_unclear = len(balance) - len(random) - len(uneven)
    kinds = [
        ("assignment looks random in", random),
        ("leads were not assigned at random in", uneven),
    ]
    parts = [f"{what} {listed(names, MAX_NAMED)}" for what, names in kinds if names]
    if n_unclear:
        parts.append(f"{n_unclear} of {len(balance)} groups cannot tell")
    return f"{capitalised('; '.join(parts))}."


def balance_warnings(balance: tuple[StratumBalance, ...]) -> list[str]:
    """Return one sentence for each stratum where reps cannot be compared."""
    warnings = [stratum_warning(stratum) for stratum in balance]
    return [warning for warning in warnings if warning]


def balance_caveat(balance: tuple[StratumBalance, ...]) -> str:
    """Return why a difference between reps may be one of leads; empty if not.

    Where reps got leads that look better, they may have got leads that are better in
    ways no column tells: nothing here can take that off.
    """
    n_uneven = len(balance_warnings(balance))
    if n_uneven <= len(balance) / 2:
        return ""
    return (
        f"But in {n_uneven} of {len(balance)} groups leads were not assigned at "
        "random: some reps may owe part of this to leads that are better in ways no "
        "column tells."
    )


def stratum_warning(stratum: StratumBalance) -> str:
    """Return whose leads cannot be compared here; empty if all can."""
    if not stratum.low_overlap:
        return ""
    n_leads = sum(rep.n_leads for rep in stratum.low_overlap)
    effective = sum(rep.effective_leads for rep in stratum.low_overlap)
    reps = {
        kind: [rep.rep_id for rep in stratum.low_overlap if rep.better is better]
        for kind, better in (("better", True), ("worse", False))
    }
    kinds = [f"{listed(ids, MAX_NAMED)} {kind}" for kind, ids in reps.items() if ids]
    return (
        f"{capitalised(stratum.name)}: leads were not assigned at random "
        f"(p = {stratum.adjusted_p:.2g}); {' and '.join(kinds)} ones than most. The "
        f"effective sample size of their {n_leads:,} leads is {effective:,.0f} leads "
        "assigned at random."
    )


def origin_sentence(origins: OriginFinding) -> str:
    """Return who does better with leads of one kind."""
    if not origins.reps:
        return (
            "Cannot compare distributed with self-generated leads: history does not "
            "hold enough of both, won and lost."
        )
    own = [rep.rep_id for rep in origins.reps if rep.better_self_generated]
    distributed = [rep.rep_id for rep in origins.reps if rep.better_distributed]
    kinds = (("self-generated", own), ("distributed", distributed))
    apart = " and ".join(
        f"{listed(ids, MAX_NAMED)} {'is' if len(ids) == 1 else 'are'} better at "
        f"closing {kind} leads"
        for kind, ids in kinds
        if ids
    )
    return (
        f"{origins.rate_distributed:.0%} of the distributed leads were won, "
        f"{origins.rate_self_generated:.0%} of the self-generated. Beyond what that "
        f"tells of all, {apart or 'no rep is better with one kind than the other'}."
    )


def value_sentence(value: ValueFinding) -> str:
    """Return where the value of a won lead comes from."""
    won = f"{value.n_won:,} won leads"
    if value.source == "none":
        return "Every lead counts 1: no value is known."
    if value.source == "regression":
        return f"A regression on the lead's features, fitted on what {won} brought."
    missing = f"{value.where_missing:,.2f}"
    few = f"history has {won} with a won_value"
    if value.source == "mean" and value.selection is None:
        return f"{missing} for every lead, their mean: {few}."
    if value.source == "mean":
        return (
            f"{missing} for every lead, the mean of what {won} brought: nothing that "
            "is known of a lead beforehand tells more."
        )
    if value.selection is None:
        return f"Each lead's own deal_value, {missing} where it is missing: {few}."
    return (
        f"Each lead's own deal_value times {value.ratio:.3g}, as {won} turned out; "
        f"{missing} where it is missing."
    )


def capitalised(text: str) -> str:
    """Return the text with a capital first letter, the others as they are."""
    return f"{text[0].upper()}{text[1:]}"
