"""A model card on one screen."""

from collections.abc import Sequence
from textwrap import wrap

from scoring.card import ModelCard, RepFinding
from scoring.validation import Gain, Validation

LABEL_WIDTH = 18
TEXT_WIDTH = 70
MAX_LISTED = 12
MAX_LINES = 4
REPS_AT_EACH_END = 3


def describe(card: ModelCard) -> str:
    """Return the card in aligned lines: what taught it, how good it is, who matters."""
    dropped = [f"{name} ({reason})" for name, reason in card.dropped.items()]
    span = f"{card.first_assigned[:10]} to {card.last_assigned[:10]}"
    lines = [
        *row("history", span),
        *row("closed rows", f"{card.n_closed:,}, {card.n_won / card.n_closed:.1%} won"),
        *row("open rows", f"{card.n_open:,}, left out: nobody knows how they end"),
        *row("judged by", listed(card.features)),
        *row("not used", listed(dropped)),
        *validation_lines(card.validation),
        *rep_lines(card.rep_finding, card.rep_effect_found),
    ]
    return "\n".join(lines)


def validation_lines(validation: Validation) -> list[str]:
    """Return the figures on the newest rows, or why there are none."""
    measures = validation.measures
    if measures is None:
        return row("validation", f"not possible: {validation.problem}")
    since = validation.tested_from[:10]
    return [
        *row("tested on", f"the newest {validation.n_tested:,} rows, from {since}"),
        *row("AUC", figure(measures.auc)),
        *row("average precision", figure(measures.average_precision)),
        *row("Brier score", figure(measures.brier)),
        *row("log loss", figure(measures.log_loss)),
        *row("gain over constant", gained(measures.over_constant)),
        *row("gain of rep part", gained(measures.over_lead_only)),
    ]


def rep_lines(finding: RepFinding, found: bool) -> list[str]:
    """Return whether the rep matters, on what evidence, and who stands out."""
    spread = (
        f"sd {finding.observed_sd:.3f}, chance alone {finding.noise_sd:.3f} "
        f"(chi-square p = {finding.chi2_p:.2g})"
    )
    lines = [*row("rep effect", finding.sentence), *row("rep win rates", spread)]
    if found:
        ranked = sorted(finding.reps, key=lambda rep: -finding.reps[rep].effect)
        best, worst = ranked[:REPS_AT_EACH_END], ranked[-REPS_AT_EACH_END:]
        lines += row("highest", listed(signed(finding, best)))
        lines += row("lowest", listed(signed(finding, worst)))
    return lines


def signed(finding: RepFinding, reps: Sequence[str]) -> list[str]:
    """Return each rep with its effect and the leads it rests on."""
    figures = [(rep, finding.reps[rep]) for rep in reps]
    return [f"{rep} {of.effect:+.2f} ({of.n_leads:,} leads)" for rep, of in figures]


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
    """Return four decimals, or why there are none."""
    return "all tested rows ended alike" if value is None else f"{value:.4f}"


def gained(gain: Gain) -> str:
    """Return a difference in log loss with its standard error."""
    return f"{gain.mean:+.4f} per row, standard error {gain.standard_error:.4f}"
