"""How much less leads count that have waited, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crm import CrmData
from reporting.text.model.waiting import waiting_sentence
from runs.job.wait import DAY, half_lives, part_left
from scenarios.ageing import FITTED, Ageing
from scoring import TrainedModel
from scoring.history.rows import closed_history, is_won, known_history
from scoring.statistics.waiting import WaitingFinding, find_waiting

SHORTEST, LONGEST = 0.001, 3650.0
"""Days, of a fitted half-life."""


@dataclass(frozen=True, eq=False)
class Aged:
    """How much less leads count that have waited.

    Attributes
    ----------
    part
        What is left of each lead's value, shape (n_leads,), above 0 and at most 1.
    rule
        How they age, with a half-life where one was fitted.
    notes
        What was done, in sentences.
    """

    part: NDArray[np.float64]
    rule: Ageing | None = None
    notes: tuple[str, ...] = ()


def aged(crm: CrmData, ageing: Ageing | None, trained: TrainedModel) -> Aged:
    """Return what is left of the day's leads by their age at the allocation."""
    if ageing is None:
        return Aged(np.ones(len(crm.leads)))
    notes = []
    if ageing.half_life == FITTED:
        finding = waiting_of(crm, trained)
        notes.append(waiting_sentence(finding))
        ageing = ageing.model_copy(update={"half_life": _usable(finding)})
    part = part_left(crm, ageing)
    return Aged(part, ageing, (*notes, *_effect(crm, ageing, part)))


def _usable(finding: WaitingFinding) -> str | None:
    """Return a fitted half-life as scenarios have it, none where it is not told."""
    if finding.answer != "loses":
        return None
    return f"{min(max(finding.half_life, SHORTEST), LONGEST):.4f}d"


def waiting_of(crm: CrmData, trained: TrainedModel) -> WaitingFinding:
    """Return what the day's history tells of waiting, given the lead model's scores."""
    rows = closed_history(known_history(crm.history, crm.as_of))
    waits = (rows["assigned_at"] - rows["created_at"]).dt.total_seconds() / DAY
    log_odds = trained.model.lead_model_.logit(rows)
    days: NDArray[np.float64] = np.asarray(waits, dtype=np.float64)
    return find_waiting(is_won(rows), log_odds, days)


def _effect(crm: CrmData, ageing: Ageing, part: NDArray[np.float64]) -> Iterator[str]:
    """Yield what the leads of the day have lost."""
    ages = np.isfinite(half_lives(crm, ageing))
    if not ages.any():
        yield "Ageing: no lead of today counts less for its wait."
        return
    named = [*(group.half_life for group in ageing.groups), ageing.half_life]
    lives = ", ".join(life for life in named if life)
    yield (
        f"Ageing: {int(ages.sum()):,} of {len(part):,} leads count less for their "
        f"wait (half-lives {lives}), on average {part[ages].mean():.0%} of a new one; "
        "values and the objective are after that, P(convert) is as of a new lead."
    )
