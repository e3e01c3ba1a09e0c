"""A model card as text: the answers first, then the evidence."""

from collections.abc import Mapping, Sequence

from reporting.text.model.lead_sentences import (
    block_sentence,
    contribution_sentence,
    level_sentence,
    open_sentence,
)
from reporting.text.model.model_rows import (
    MAX_LISTED,
    bin_cells,
    columns,
    component_cells,
    extreme_reps,
    figures,
    gains,
    listed,
    paragraph,
    row,
)
from reporting.text.model.model_sentences import (
    balance_sentence,
    balance_warnings,
    censoring_sentence,
    origin_sentence,
    quality_sentence,
    rep_quality_sentence,
    rep_sentence,
    value_sentence,
)
from scoring import ModelCard
from scoring.card.figures import ColumnBlock, StratumBalance
from scoring.card.findings import RepFinding
from scoring.lead_model.lead_model import ModelSelection

MAX_WARNINGS = 3
REP_HEADINGS = ("rep", "effect", "95 % interval", "leads")


def card_text(card: ModelCard) -> str:
    """Return the card in aligned lines: the answers first, then their evidence."""
    sections = [
        answer_lines(card),
        [
            *leak_lines(card.leaks),
            *alias_lines(card.aliases),
            *suspect_lines(card.suspects),
            *block_lines(card.blocks),
        ],
        ["HISTORY", *history_lines(card)],
        ["LEAD MODEL", *lead_lines(card)],
        ["VALIDATION", *validation_lines(card)],
        ["REP EFFECTS", *rep_lines(card.rep_finding)],
        ["COVARIATE BALANCE", *balance_lines(card.balance)],
        ["LEAD ORIGIN", *row("by rep", origin_sentence(card.origins))],
        ["VALUE", *row("once won", value_sentence(card.value))],
    ]
    return "\n\n".join("\n".join(lines) for lines in sections if lines)


def answer_lines(card: ModelCard) -> list[str]:
    """Return whether the rep matters, and whether the model is any good."""
    sentences = (
        rep_sentence(card),
        f"{quality_sentence(card)} {rep_quality_sentence(card)}",
    )
    return [line for sentence in sentences for line in paragraph(sentence)]


def leak_lines(leaks: Mapping[str, str]) -> list[str]:
    """Return a line for each column with target leakage."""
    reasons = [f"LEAK: {name} is left out: {why}" for name, why in leaks.items()]
    return cut([paragraph(reason) for reason in reasons], "leaks", MAX_LISTED)


def alias_lines(aliases: Mapping[str, str]) -> list[str]:
    """Return a line for each column that is the rep under another name."""
    reasons = [f"OWNER: {name} is left out: {why}" for name, why in aliases.items()]
    return cut([paragraph(reason) for reason in reasons], "owners", MAX_LISTED)


def suspect_lines(suspects: Mapping[str, str]) -> list[str]:
    """Return a line for each column in use that might have target leakage."""
    reasons = [f"SUSPECT: {name} is used, yet: {why}" for name, why in suspects.items()]
    return cut([paragraph(reason) for reason in reasons], "suspects", MAX_LISTED)


def block_lines(blocks: Sequence[ColumnBlock]) -> list[str]:
    """Return a line for each block of columns that might be a leak together."""
    reasons = [f"SUSPECT: {block_sentence(block)}" for block in blocks]
    return cut([paragraph(reason) for reason in reasons], "blocks", MAX_LISTED)


def cut(blocks: Sequence[list[str]], noun: str, most: int) -> list[str]:
    """Return the lines of the first blocks, and how many more there are."""
    lines = [line for block in blocks[:most] for line in block]
    more = len(blocks) - most
    return [*lines, f"  and {more} more {noun}"] if more > 0 else lines


def history_lines(card: ModelCard) -> list[str]:
    """Return what the model was fitted on."""
    first, last = card.first_assigned[:10], card.last_assigned[:10]
    won = card.n_won / card.n_closed
    return [
        *row("known at", card.training.as_of[:16].replace("T", " ")),
        *row("closed leads", f"{card.n_closed:,}, {won:.1%} won, {first} to {last}"),
        *row("open leads", open_sentence(card)),
        *unowned_lines(card),
        *row("closing", censoring_sentence(card.censoring)),
    ]


def unowned_lines(card: ModelCard) -> list[str]:
    """Return how many closed leads name no rep, if any do."""
    if not card.n_unowned:
        return []
    text = f"{card.n_unowned:,} of the closed leads: they train the lead model only"
    return row("no owner", text)


def lead_lines(card: ModelCard) -> list[str]:
    """Return what the lead is judged by, and how."""
    reasons = [f"{name} ({reason})" for name, reason in card.unused.items()]
    return [
        *row("judged by", listed(card.features)),
        *row("not used", listed(reasons)),
        *row("chosen", chosen_model(card.selection)),
        *row("contributions", contribution_sentence(card.selection)),
    ]


def chosen_model(selection: ModelSelection) -> str:
    """Return which lead model is used, and why."""
    if not selection.log_losses:
        return selection.chosen
    losses = [f"{name} {loss:.4f}" for name, loss in selection.log_losses.items()]
    return (
        f"{selection.chosen}; log loss on the newest {selection.n_test:,} leads: "
        f"{', '.join(losses)} (difference {abs(selection.difference):.4f}, standard "
        f"error {selection.standard_error:.4f})"
    )


def validation_lines(card: ModelCard) -> list[str]:
    """Return the figures on the newest rows, or why there are none."""
    validation = card.validation
    measures = validation.measures
    if measures is None:
        return row("not possible", validation.problem)
    since = validation.test_from[:10]
    return [
        *row("training", f"{validation.n_train:,} leads closed before {since}"),
        *row(
            "test",
            f"{validation.n_test:,} leads assigned from then on, "
            f"{validation.n_test_won:,} of them won",
        ),
        *row("level", level_sentence(measures.level)),
        "",
        *columns(
            ("", "whole model", "lead model alone", "constant"), figures(measures)
        ),
        "",
        *columns(("log loss lower", "per lead", "95 % interval"), gains(measures)),
        "",
        *columns(
            ("tenth of leads", "predicted", "observed", "95 % interval", "leads"),
            [bin_cells(*numbered) for numbered in enumerate(measures.reliability, 1)],
        ),
    ]


def rep_lines(finding: RepFinding) -> list[str]:
    """Return how far reps differ, on what evidence, and who stands out."""
    rates = finding.win_rates
    spread = (
        f"sd {rates.observed_sd:.3f}, and {rates.noise_sd:.3f} by chance alone "
        f"(chi-square p = {rates.chi2_p:.2g})"
    )
    headings = ("log odds", "spread", "p", "probability", "lasts", "used")
    ways = {"rep effect": finding.main, "interaction": finding.interaction}
    lines = [
        *row("win rates", spread),
        "",
        *columns(
            headings,
            [
                [name, *component_cells(way, finding.lasting_tested)]
                for name, way in ways.items()
            ],
        ),
    ]
    if finding.interaction.used:
        lines += ["", *row("interaction with", listed(finding.interaction_features))]
    if finding.main.used:
        lines += ["", *columns(REP_HEADINGS, extreme_reps(finding))]
    return lines


def balance_lines(balance: tuple[StratumBalance, ...]) -> list[str]:
    """Return where reps had like leads, and where they cannot be compared."""
    warnings = [row("WARNING", warning) for warning in balance_warnings(balance)]
    return [
        *row("at random?", balance_sentence(balance)),
        *cut(warnings, "warnings", MAX_WARNINGS),
    ]
