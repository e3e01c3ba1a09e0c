"""The figures of a card as rows of text."""

from scoring.card.parts import RepFinding
from scoring.diagnostics.measures import Bin
from scoring.diagnostics.validation import Measures
from scoring.rep_effects import Component

REPS_AT_EACH_END = 3


def figures(measures: Measures) -> list[list[str]]:
    """Return the rows of the table of figures."""
    models = (measures.whole, measures.lead_only, measures.constant)
    names: dict[str, list[float | None]] = {
        "AUC": [of.auc for of in models],
        "average precision": [of.average_precision for of in models],
        "Brier score": [of.brier for of in models],
        "log loss": [of.log_loss for of in models],
    }
    return [[name, *map(figure, values)] for name, values in names.items()]


def gains(measures: Measures) -> list[list[str]]:
    """Return the rows of the table of gains."""
    names = {
        "than the constant": measures.over_constant,
        "by the rep part": measures.over_lead_only,
    }
    return [
        [name, f"{gain.mean:+.4f}", f"{gain.low:+.4f} to {gain.high:+.4f}"]
        for name, gain in names.items()
    ]


def bin_cells(tenth: int, one: Bin) -> list[str]:
    """Return leads of about the same probability as cells of a row."""
    interval = f"{one.low:.1%} to {one.high:.1%}"
    shares = f"{one.predicted:.1%}", f"{one.observed:.1%}"
    return [str(tenth), *shares, interval, f"{one.n:,}"]


def component_cells(component: Component) -> list[str]:
    """Return how far reps differ in one way, and what of it the scores make use of."""
    shares = component.belief, component.persistence
    numbers = f"{component.sd:.2f}", f"{component.test.p_value:.2g}"
    used = f"{component.shrunken_sd:.2f}" if component.used else "not used"
    return [*numbers, *(f"{share:.0%}" for share in shares), used]


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
    of = finding.reps[rep]
    interval = f"{of.low:+.2f} to {of.high:+.2f}"
    return [rep, f"{of.effect:+.2f}", interval, f"{of.n_leads:,}"]


def figure(value: float | None) -> str:
    """Return four decimals, or that there are none."""
    return "none" if value is None else f"{value:.4f}"
