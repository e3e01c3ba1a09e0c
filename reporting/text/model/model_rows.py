"""Rows of a model card in text: labelled, wrapped under themselves, small tables."""

from collections.abc import Sequence
from textwrap import wrap

from scoring.card.figures import Measures, ReliabilityBin
from scoring.card.findings import RepFinding
from scoring.rep_effects import VarianceComponent

WIDTH = 88
INDENT = "  "
LABEL_WIDTH = 18
MAX_LINES = 5
MAX_LISTED = 12
REPS_AT_EACH_END = 3


def paragraph(text: str) -> list[str]:
    """Return the text in lines of the page's width."""
    return wrap(text, WIDTH, subsequent_indent=INDENT, break_long_words=False)


def row(label: str, content: str) -> list[str]:
    """Return a label and its content, wrapped under itself."""
    room = WIDTH - len(INDENT) - LABEL_WIDTH
    first, *more = wrap(content, room, max_lines=MAX_LINES, placeholder=" ...") or [""]
    under = INDENT + " " * LABEL_WIDTH
    labelled = f"{INDENT}{label:<{LABEL_WIDTH}}{first}".rstrip()
    return [labelled, *(under + line for line in more)]


def columns(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return a table: labels to the left, all else to the right under its heading."""
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    widths[0] = max(widths[0], LABEL_WIDTH - len(INDENT))
    return [
        INDENT
        + INDENT.join(
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in (headings, *rows)
    ]


def listed(items: Sequence[str]) -> str:
    """Return the first items, and how many more there are."""
    shown = ", ".join(items[:MAX_LISTED]) or "none"
    more = len(items) - MAX_LISTED
    return f"{shown}, and {more} more" if more > 0 else shown


def figures(measures: Measures) -> list[list[str]]:
    """Return the rows of the table of figures."""
    models = (measures.whole, measures.lead_only, measures.constant)
    names: dict[str, list[float | None]] = {
        "AUC": [model.auc for model in models],
        "average precision": [model.average_precision for model in models],
        "Brier score": [model.brier for model in models],
        "log loss": [model.log_loss for model in models],
    }
    return [[name, *map(figure, values)] for name, values in names.items()]


def gains(measures: Measures) -> list[list[str]]:
    """Return the rows of the table of gains."""
    names = {
        "than the constant": measures.over_constant,
        "by the rep effects": measures.over_lead_only,
    }
    return [
        [name, f"{gain.mean:+.4f}", f"{gain.low:+.4f} to {gain.high:+.4f}"]
        for name, gain in names.items()
    ]


def bin_cells(tenth: int, leads: ReliabilityBin) -> list[str]:
    """Return leads of about the same probability as cells of a row."""
    interval = f"{leads.low:.1%} to {leads.high:.1%}"
    shares = f"{leads.predicted:.1%}", f"{leads.observed:.1%}"
    return [str(tenth), *shares, interval, f"{leads.n:,}"]


def component_cells(component: VarianceComponent, lasting_tested: bool) -> list[str]:
    """Return how far reps differ in one way, and what of it the scores make use of."""
    lasts = f"{component.persistence:.0%}" if lasting_tested else "untested"
    numbers = f"{component.sd:.2f}", f"{component.test.p_value:.2g}"
    used = f"{component.shrunken_sd:.2f}" if component.used else "not used"
    return [*numbers, f"{component.probability:.0%}", lasts, used]


def extreme_reps(finding: RepFinding) -> list[list[str]]:
    """Return the reps of the highest and of the lowest effect as rows."""
    ranked = sorted(finding.reps, key=lambda rep: -finding.reps[rep].effect)
    if len(ranked) <= 2 * REPS_AT_EACH_END:
        return [rep_cells(finding, rep) for rep in ranked]
    best, worst = ranked[:REPS_AT_EACH_END], ranked[-REPS_AT_EACH_END:]
    between = [["...", "", "", ""]]
    return [
        *(rep_cells(finding, rep) for rep in best),
        *between,
        *(rep_cells(finding, rep) for rep in worst),
    ]


def rep_cells(finding: RepFinding, rep: str) -> list[str]:
    """Return a rep with its effect, its interval and the leads it rests on."""
    own = finding.reps[rep]
    interval = f"{own.low:+.2f} to {own.high:+.2f}"
    return [rep, f"{own.effect:+.2f}", interval, f"{own.n_leads:,}"]


def figure(value: float | None) -> str:
    """Return four decimals, or that there are none."""
    return "none" if value is None else f"{value:.4f}"
