"""A model card as text: the answers first, then what they rest on."""

from collections.abc import Mapping, Sequence

from scoring.card.content import ModelCard
from scoring.card.layout import MAX_LISTED, columns, listed, paragraph, row
from scoring.card.parts import RepFinding
from scoring.card.tables import (
    bin_cells,
    component_cells,
    extreme_reps,
    figures,
    gains,
)
from scoring.diagnostics.balance import Balance
from scoring.lead_model.selection import Contest

MAX_WARNINGS = 3
REP_HEADINGS = ("rep", "effect", "95 % interval", "leads")


def describe(card: ModelCard) -> str:
    """Return the card in aligned lines: the answers first, then their evidence."""
    sections = [
        answer_lines(card),
        [*leak_lines(card.leaks), *suspect_lines(card.suspects)],
        ["HISTORY", *history_lines(card)],
        ["MODEL OF THE LEAD", *lead_lines(card)],
        ["VALIDATION", *validation_lines(card)],
        ["REPS", *rep_lines(card.rep_finding)],
        ["WHO GOT WHAT", *balance_lines(card.balance)],
        ["LEADS GIVEN, LEADS FOUND", *row("by rep", card.origins.sentence)],
        ["VALUE", *row("once won", card.value.source)],
    ]
    return "\n\n".join("\n".join(lines) for lines in sections if lines)


def answer_lines(card: ModelCard) -> list[str]:
    """Return whether the rep matters, and whether the model is any good."""
    sentences = (card.rep_finding.sentence, f"{card.quality} {card.rep_quality}")
    return [line for sentence in sentences for line in paragraph(sentence)]


def leak_lines(leaks: Mapping[str, str]) -> list[str]:
    """Return a line for each column that knows the future."""
    said = [f"LEAK: {name} is left out: {why}" for name, why in leaks.items()]
    return cut([paragraph(one) for one in said], "leaks", MAX_LISTED)


def suspect_lines(suspects: Mapping[str, str]) -> list[str]:
    """Return a line for each column in use that might know the future."""
    said = [f"SUSPECT: {name} is used, yet: {why}" for name, why in suspects.items()]
    return cut([paragraph(one) for one in said], "suspects", MAX_LISTED)


def cut(blocks: Sequence[list[str]], noun: str, most: int) -> list[str]:
    """Return the lines of the first blocks, and how many more there are."""
    lines = [line for block in blocks[:most] for line in block]
    more = len(blocks) - most
    return [*lines, f"  and {more} more {noun}"] if more > 0 else lines


def history_lines(card: ModelCard) -> list[str]:
    """Return what taught the model."""
    first, last = card.first_assigned[:10], card.last_assigned[:10]
    won = card.n_won / card.n_closed
    return [
        *row("known at", card.teaching.as_of[:16].replace("T", " ")),
        *row("closed leads", f"{card.n_closed:,}, {won:.1%} won, {first} to {last}"),
        *row("open leads", f"{card.n_open:,}, not counted as lost"),
        *row("closing", card.maturity.sentence),
    ]


def lead_lines(card: ModelCard) -> list[str]:
    """Return what the lead is judged by, and how."""
    unused = {n: why for n, why in card.dropped.items() if n not in card.leaks}
    said = [f"{name} ({reason})" for name, reason in unused.items()]
    return [
        *row("judged by", listed(card.features)),
        *row("not used", listed(said)),
        *row("chosen", chosen_model(card.contest)),
    ]


def chosen_model(contest: Contest) -> str:
    """Return which model of the lead is used, and why."""
    if not contest.log_losses:
        return contest.chosen
    losses = [f"{name} {loss:.4f}" for name, loss in contest.log_losses.items()]
    return (
        f"{contest.chosen}; log loss on the newest {contest.n_tested:,} leads: "
        f"{', '.join(losses)} (difference {abs(contest.difference):.4f}, standard "
        f"error {contest.standard_error:.4f})"
    )


def validation_lines(card: ModelCard) -> list[str]:
    """Return the figures on the newest rows, or why there are none."""
    validation = card.validation
    measures = validation.measures
    if measures is None:
        return row("not possible", validation.problem)
    since = validation.tested_from[:10]
    return [
        *row("taught", f"{validation.n_taught:,} leads closed before {since}"),
        *row(
            "tested",
            f"{validation.n_tested:,} leads given out from then on, "
            f"{validation.n_tested_won:,} of them won",
        ),
        "",
        *columns(("", "whole model", "lead part alone", "constant"), figures(measures)),
        "",
        *columns(("log loss lower", "per lead", "95 % interval"), gains(measures)),
        "",
        *columns(
            ("tenth of leads", "predicted", "observed", "95 % interval", "leads"),
            [bin_cells(*one) for one in enumerate(measures.reliability, 1)],
        ),
    ]


def rep_lines(finding: RepFinding) -> list[str]:
    """Return how far reps differ, on what evidence, and who stands out."""
    rates = finding.win_rates
    spread = (
        f"sd {rates.observed_sd:.3f}, and {rates.noise_sd:.3f} by chance alone "
        f"(chi-square p = {rates.chi2_p:.2g})"
    )
    headings = ("log odds", "spread", "p", "believed", "lasts", "used")
    ways = {"on all leads": finding.main, "on some leads": finding.match}
    lines = [
        *row("win rates", spread),
        "",
        *columns(headings, [[name, *component_cells(of)] for name, of in ways.items()]),
    ]
    if finding.match.used:
        lines += ["", *row("leads differ by", listed(finding.match_features))]
    if finding.main.used:
        lines += ["", *columns(REP_HEADINGS, extreme_reps(finding))]
    return lines


def balance_lines(balance: Balance) -> list[str]:
    """Return where reps were given like leads, and where they cannot be compared."""
    warnings = [row("WARNING", warning) for warning in balance.warnings]
    return [
        *row("at random?", balance.sentence),
        *cut(warnings, "warnings", MAX_WARNINGS),
    ]
