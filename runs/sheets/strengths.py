"""How reps do with kinds of leads, by the scores that a run folder keeps."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit

from reporting.text.layout.layout import counted
from reporting.text.reps.recommendation import REACH
from reporting.text.reps.rep_sheet import UNSURE, Strength
from runs.folder.reading import RunFolder
from scoring import PairScores

FEWEST = 3
"""Leads of a day below which a segment is not shown."""
MOST = 15
"""Values of a column above which it makes no segments."""
CARD = "model_card.json"


@dataclass(frozen=True, eq=False)
class Strengths:
    """What a run's scores say of its reps.

    Attributes
    ----------
    scores
        Log odds of the pairs.
    segments
        Kind of leads -> whether each lead of the day is of it, (n_leads,).
    card
        The model card, as the folder has it.
    """

    scores: PairScores
    segments: dict[str, NDArray[np.bool_]]
    card: dict[str, Any]

    @classmethod
    def of(cls, run: RunFolder, scores: PairScores) -> "Strengths":
        """Return what a folder's scores say."""
        card = json.loads((run.folder / CARD).read_bytes())
        finding = card["rep_finding"]
        names = finding["interaction_features"] if scores.rep_factors.any() else []
        return cls(scores, dict(_segments(run.crm.leads, names)), card)

    @property
    def tells_reps_apart(self) -> bool:
        """Tell whether the model scores reps differently."""
        return bool(self.scores.rep.any() or self.scores.rep_factors.any())

    @property
    def is_sure(self) -> bool:
        """Tell whether the folder has standard errors."""
        return bool(self.scores.rep_error.size)

    def overall(self, rep: int) -> Strength | None:
        """Return how a rep does with all leads of the day, where that is known."""
        if not (self.tells_reps_apart and self.is_sure and len(self.scores.lead)):
            return None
        return self._strength("all leads", np.ones(len(self.scores.lead), bool), rep)

    def by_segment(self, rep: int) -> tuple[Strength, ...]:
        """Return how a rep does by segment, what is sure first, then the largest."""
        if self.overall(rep) is None:
            return ()
        found = [
            self._strength(name, is_of, rep) for name, is_of in self.segments.items()
        ]
        found.sort(key=lambda s: (s.verdict == UNSURE, -abs(s.own - s.average)))
        return tuple(found)

    def about(self, rep_id: str) -> str:
        """Return where the figures are from, or why there are none."""
        figure = self.card["rep_finding"]["reps"].get(rep_id)
        n_leads = figure["n_leads"] if figure else 0
        known = self.card["training"]["as_of"][:10]
        source = (
            f"By the model of {known}, from {counted(n_leads, 'closed lead')} of yours"
        )
        if not self.tells_reps_apart:
            return f"{_alike(self.card['rep_finding']['answer'])} {_nothing()}"
        if not self.is_sure:
            return (
                "The run is of an older version, which kept no standard errors. "
                f"{_nothing()}"
            )
        if not len(self.scores.lead):
            return f"The run has no leads to hold your record against. {_nothing()}"
        if not self.segments:
            return (
                f"{source}. It found no kind of leads that suits one rep better than "
                "another, so there is nothing to say by segment."
            )
        if not n_leads:
            return "You have no closed leads yet, so you count as average."
        return (
            f"{source}, shrunken towards the average: a small record moves little. "
            "Leads are those of the day."
        )

    def _strength(self, name: str, is_of: NDArray[np.bool_], rep: int) -> Strength:
        lead = np.flatnonzero(is_of)
        reps = np.full(len(lead), rep)
        with_rep = self.scores.logit(lead, reps)
        error = self._error_of_mean(lead, rep)
        low, own, high = (
            float(expit(with_rep + step * error).mean()) for step in (-REACH, 0, REACH)
        )
        average = float(expit(self.scores.lead[lead]).mean())
        share = len(lead) / len(self.scores.lead)
        return Strength(name, len(lead), share, own, low, high, average)

    def _error_of_mean(self, lead: NDArray[np.int64], rep: int) -> float:
        """Return the standard error of what a rep adds to these leads on average."""
        variance = self.scores.rep_error[rep, 0] ** 2
        if self.scores.rep_factors.size:
            mean = self.scores.lead_factors[lead].mean(axis=0)
            variance += np.sum((mean * self.scores.rep_error[rep, 1:]) ** 2)
        return float(np.sqrt(variance))


def _segments(
    leads: pd.DataFrame, names: list[str]
) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    """Yield the kinds of leads by the columns that may suit one rep better."""
    for name in names:
        if name not in leads:
            continue
        cells = leads[name]
        if name == "deal_value" and cells.notna().sum() >= 2 * FEWEST:
            middle = float(cells.median())
            yield f"deals of {middle:,.0f} and more", (cells >= middle).to_numpy()
            yield f"deals below {middle:,.0f}", (cells < middle).to_numpy()
        elif cells.dtype == object and cells.map(lambda c: isinstance(c, str)).all():
            counts = cells[cells != ""].value_counts()
            for value in counts.index[counts >= FEWEST] if len(counts) <= MOST else ():
                yield f"{name} {value}", (cells == value).to_numpy(dtype=bool)


def _alike(answer: str) -> str:
    if answer == "no":
        return (
            "By the model, it does not matter measurably who gets a lead: reps count "
            "as equal."
        )
    return "The data cannot tell whether reps differ, so the model takes them as equal."


def _nothing() -> str:
    return "So this sheet says nothing on strengths."
