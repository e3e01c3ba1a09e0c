"""The findings on leads in sentences: their level, their columns, and the open ones."""

from crm import listed
from scoring import ModelCard
from scoring.card.figures import ColumnBlock, Level
from scoring.lead_model.lead_model import ModelSelection

MAX_NAMED = 5
MAX_CONTRIBUTIONS = 8


def level_clause(level: Level) -> str:
    """Return how far the newest leads were from their expected level."""
    return (
        f"The level is off: {level.predicted:.1%} of the newest leads were expected to "
        f"be won, {level.observed:.1%} were."
    )


def level_sentence(level: Level) -> str:
    """Return the share of the newest leads expected to be won, and that won."""
    figures = f"{level.predicted:.1%} expected, {level.observed:.1%} won"
    if not level.is_off:
        return f"{figures}, the same within chance"
    error = f"standard error {level.standard_error:.1%}"
    return f"{figures}: OFF by more than chance ({error})"


def open_sentence(card: ModelCard) -> str:
    """Return how open leads count."""
    plain = f"{card.n_open:,}, not counted as lost"
    if card.training.lost_after_days is None:
        return plain
    return (
        f"{plain}; {card.n_assumed_lost:,} more, open for over "
        f"{card.training.lost_after_days:,} days, count as lost"
    )


def contribution_sentence(selection: ModelSelection) -> str:
    """Return what the columns contribute to the lead model, the largest first."""
    if not selection.contributions:
        return "not measured: too few newer leads"
    parts = [f"{name} {rise:+.4f}" for name, rise in selection.contributions.items()]
    return f"log loss without the order of {listed(parts, MAX_CONTRIBUTIONS)}"


def block_sentence(block: ColumnBlock) -> str:
    """Return what columns that are filled together bring."""
    return (
        f"{listed(block.names, MAX_NAMED)} are filled in the same {block.filled:.0%} "
        "of the rows; without them the AUC of newer leads falls from "
        f"{block.auc:.2f} to {block.auc_without:.2f}: are they really known in advance?"
    )
