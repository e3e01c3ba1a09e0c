"""A model fitted again, and what became of it, as text and JSON."""

from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from reporting.text.layout.json_record import record_of
from scoring.card.figures import Gain

Verdict = Literal["first", "better", "not_worse", "worse", "unchanged", "not_compared"]


@dataclass(frozen=True)
class RetrainFigures:
    """What became of a model that was fitted again.

    Attributes
    ----------
    model
        The file of the model in use.
    verdict
        first: there was none before. better, not_worse: it took the place. worse:
        the one before stays. unchanged: the one before was fitted for this moment.
        not_compared: the one before stays, as nothing tells.
    reason
        Why nothing could be compared.
    since, n_test, n_won
        The leads that neither model had seen: assigned since when, how many, won.
    old, new
        Log loss per lead.
    gain
        By how much the new one's is lower.
    """

    model: str
    verdict: Verdict
    reason: str = ""
    since: pd.Timestamp | None = None
    n_test: int = 0
    n_won: int = 0
    old: float | None = None
    new: float | None = None
    gain: Gain | None = None

    @property
    def is_kept(self) -> bool:
        """Whether the new model is the one in use now."""
        return self.verdict in ("first", "better", "not_worse")


def retrain_text(figures: RetrainFigures) -> str:
    """Return the verdict and its figures in sentences."""
    name = figures.model
    told = {
        "first": f"There was no model {name} before: the new one is written.",
        "unchanged": f"{name} was fitted for this moment already; it stays.",
        "not_compared": f"{name} stays: no comparison, since {figures.reason}.",
    }
    if figures.verdict in told:
        return told[figures.verdict]
    did = {
        "better": f"better: it takes the place of {name}, which is kept as "
        f"{name}.previous.",
        "not_worse": f"not worse: it takes the place of {name}, which is kept as "
        f"{name}.previous.",
        "worse": f"WORSE: it is not written, and {name} stays.",
    }
    return f"{_comparison(figures)}\nThe new model is {did[figures.verdict]}"


def retrain_json(figures: RetrainFigures) -> dict[str, Any]:
    """Return the same as a record of JSON."""
    record: dict[str, Any] = record_of(
        {
            "model": figures.model,
            "verdict": figures.verdict,
            "is_kept": figures.is_kept,
            "reason": figures.reason,
            **figures_of(figures),
            "text": retrain_text(figures),
        }
    )
    return record


def figures_of(figures: RetrainFigures) -> dict[str, Any]:
    """Return the figures of the comparison by name."""
    gain, since = figures.gain, figures.since
    return {
        "since": None if since is None else since.isoformat(),
        "n_test": figures.n_test,
        "n_won": figures.n_won,
        "log_loss_old": figures.old,
        "log_loss_new": figures.new,
        "gain": None if gain is None else gain.mean,
        "gain_low": None if gain is None else gain.low,
        "gain_high": None if gain is None else gain.high,
    }


def _comparison(figures: RetrainFigures) -> str:
    gain, since = figures.gain, figures.since
    assert gain is not None and since is not None
    return (
        f"Out of time, on {figures.n_test:,} leads assigned since {since:%Y-%m-%d} "
        f"({figures.n_won:,} won) that neither model had seen: log loss "
        f"{figures.new:.4f}, the model in use {figures.old:.4f}; lower by "
        f"{gain.mean:+.4f} (95 % interval {gain.low:+.4f} to {gain.high:+.4f})."
    )
