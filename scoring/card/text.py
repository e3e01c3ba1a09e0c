"""A model card on one screen."""

from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap

from scoring.card.content import ModelCard, RepFinding
from scoring.lead_part.contest import Contest
from scoring.measures import Gain
from scoring.reps import Component
from scoring.validation import Validation

LABEL_WIDTH = 18
TEXT_WIDTH = 70
MAX_LISTED = 12
MAX_LINES = 4
REPS_AT_EACH_END = 3


def describe(card: ModelCard) -> str:
    """Return the card in aligned lines: what taught it, how good it is, who matters."""
    unused = {n: why for n, why in card.dropped.items() if n not in card.leaks}
    lines = [
        *history_lines(card),
        *row("judged by", listed(card.features)),
        *row("knows the future", listed(reasons(card.leaks))),
        *row("suspicious", listed(reasons(card.suspects))),
        *row("not used", listed(reasons(unused))),
        *row("model of the lead", chosen_model(card.contest)),
        *validation_lines(card.validation),
        *rep_lines(card.rep_finding),
        *row("who got what", card.balance_sentence),
        *(line for warning in card.warnings for line in row("", warning)),
        *row("given or found", card.origins_sentence),
        *row("value once won", card.value.source),
    ]
    return "\n".join(lines)


def history_lines(card: ModelCard) -> list[str]:
    """Return what taught the model."""
    return [
        *row("history", f"{card.first_assigned[:10]} to {card.last_assigned[:10]}"),
        *row("closed rows", f"{card.n_closed:,}, {card.n_won / card.n_closed:.1%} won"),
        *row("open rows", f"{card.n_open:,}, censored. {card.maturity.sentence}"),
    ]


def chosen_model(contest: Contest) -> str:
    """Return which model of the lead is used, and why."""
    if not contest.log_losses:
        return contest.chosen
    losses = [f"{name} {loss:.4f}" for name, loss in contest.log_losses.items()]
    return (
        f"{contest.chosen}: log loss on the newest {contest.n_tested:,} rows "
        f"{', '.join(losses)}, difference {contest.difference:+.4f}, standard error "
        f"{contest.standard_error:.4f}"
    )


def validation_lines(validation: Validation) -> list[str]:
    """Return the figures on the newest rows, or why there are none."""
    measures = validation.measures
    if measures is None:
        return row("validation", f"not possible: {validation.problem}")
    since = validation.tested_from[:10]
    columns = (measures.whole, measures.lead_only, measures.constant)
    precision = figures_in_row(of.average_precision for of in columns)
    return [
        *row("tested on", f"the newest {validation.n_tested:,} rows, from {since}"),
        *row("", "whole model, lead part alone, constant"),
        *row("AUC", figures_in_row(of.auc for of in columns)),
        *row("average precision", precision),
        *row("Brier score", figures_in_row(of.brier for of in columns)),
        *row("log loss", figures_in_row(of.log_loss for of in columns)),
        *row("gain over constant", gained(measures.over_constant)),
        *row("gain of rep part", gained(measures.over_lead_only)),
    ]


def rep_lines(finding: RepFinding) -> list[str]:
    """Return whether the rep matters, on what evidence, and who stands out."""
    rates = finding.win_rates
    spread = (
        f"sd {rates.observed_sd:.3f}, chance alone {rates.noise_sd:.3f} "
        f"(chi-square p = {rates.chi2_p:.2g})"
    )
    lines = [
        *row("rep effect", finding.sentence),
        *row("rep win rates", spread),
        *row("on all leads", used(finding.main)),
        *row("on some leads", used(finding.match)),
    ]
    if finding.match.used:
        lines += row("namely by", listed(finding.match_features))
    if finding.main.used:
        ranked = sorted(finding.reps, key=lambda rep: -finding.reps[rep].effect)
        best, worst = ranked[:REPS_AT_EACH_END], ranked[-REPS_AT_EACH_END:]
        lines += row("highest", listed(signed(finding, best)))
        lines += row("lowest", listed(signed(finding, worst)))
    return lines


def used(component: Component) -> str:
    """Return how far reps differ in one way, and what of it the scores make use of."""
    said = f"sd {component.sd:.2f} in logits (p = {component.test.p_value:.2g})"
    if not component.used:
        return f"{said}, not used"
    return (
        f"{said}, used {component.shrunken_sd:.2f}: believed at "
        f"{component.belief:.0%}, newer leads confirm {component.persistence:.0%}"
    )


def signed(finding: RepFinding, reps: Sequence[str]) -> list[str]:
    """Return each rep with its effect, its interval and the leads it rests on."""
    figures = [(rep, finding.reps[rep]) for rep in reps]
    return [
        f"{rep} {of.effect:+.2f} [{of.low:+.2f} to {of.high:+.2f}] "
        f"({of.n_leads:,} leads)"
        for rep, of in figures
    ]


def reasons(columns: Mapping[str, str]) -> list[str]:
    """Return each column with what is said of it."""
    return [f"{name} ({reason})" for name, reason in columns.items()]


def figures_in_row(values: Iterable[float | None]) -> str:
    """Return the figures side by side."""
    return ", ".join(figure(value) for value in values)


def row(label: str, content: str) -> list[str]:
    """Return a label and its content, wrapped under itself."""
    first, *more = wrap(content, TEXT_WIDTH, max_lines=MAX_LINES, placeholder=" ...")
    indent = " " * (LABEL_WIDTH + 2)
    return [f"{label:<{LABEL_WIDTH}}  {first}", *(indent + line for line in more)]


def listed(items: Sequence[str]) -> str:
    """Return the first items, and how many more there are."""
    shown = ", ".join(items[:MAX_LISTED]) or "none"
    more = len(items) - MAX_LISTED
    return f"{shown}, and {more} more" if more > 0 else shown


def figure(value: float | None) -> str:
    """Return four decimals, or that there are none."""
    return "none" if value is None else f"{value:.4f}"


def gained(gain: Gain) -> str:
    """Return a difference in log loss with its 95 % interval."""
    return f"{gain.mean:+.4f} per row, 95 % {gain.low:+.4f} to {gain.high:+.4f}"
