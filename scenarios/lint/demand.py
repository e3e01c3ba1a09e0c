"""Slots that are far from the leads that want them: in all, by territory, by team."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import Issue, listed
from scenarios.validation import ScenarioFile
from solver import Day

SHORT, IDLE = 1.25, 3.0
"""Leads for a slot that are many, and slots for a lead that are."""
FEW = 5
"""Leads of a territory or team below which nothing is said of it."""
NAMED = 3
"""Territories or teams that are named before the rest is counted."""
SAMPLE = 20_000
"""Leads from whose pairs it is told which reps may have those of a territory."""


def demand(file: ScenarioFile, day: Day) -> Iterator[Issue]:
    """Yield a warning where leads and slots are far apart."""
    wanting = _wanting(day)
    if not day.slot_limits or not wanting.any():
        return
    slots = np.where(day.available, np.min([*day.slot_limits], axis=0), 0)
    place = next(
        i
        for i, rule in enumerate(file.scenario.rules)
        if not rule.where and rule.slots(day.crm) is not None
    )
    texts = [*_overall(int(wanting.sum()), int(slots.sum()))]
    if day.crm.has("leads", "territory"):
        cells = day.crm.leads["territory"].to_numpy(dtype=object)
        texts += _short("territory", _by_territory(day, wanting, slots, cells))
    if day.crm.has("reps", "team"):
        texts += _short("team", _by_team(day, wanting, slots))
    for text in texts:
        yield file.issue(("rules", place), text, severity="warning")


def _wanting(day: Day) -> NDArray[np.bool_]:
    """Tell for each lead whether it has eligible reps, and takes a slot of any."""
    problem = day.problem
    wanting: NDArray[np.bool_] = np.diff(problem.indptr) > 0
    wanting[problem.lead[~problem.uses_slot]] = False
    return wanting


def _overall(n_leads: int, n_slots: int) -> Iterator[str]:
    if n_leads > SHORT * n_slots:
        yield (
            f"capacity is short: {n_leads:,} leads have an eligible rep, and reps at "
            f"work have {n_slots:,} slots: at least {n_leads - n_slots:,} stay "
            "unassigned; raise daily_capacity, or keep leads by a rule of kind qualify"
        )
    elif n_slots > IDLE * n_leads:
        yield (
            f"capacity is far above demand: {n_slots:,} slots for {n_leads:,} leads; "
            "lower daily_capacity if it has to spread leads"
        )


def _short(noun: str, figures: list[tuple[str, int, int]]) -> Iterator[str]:
    """Yield a sentence of those whose leads are far more than their slots."""
    short = [each for each in figures if each[1] >= FEW and each[1] > SHORT * each[2]]
    short.sort(key=lambda each: each[2] - each[1])
    named = [
        f"{name} ({leads:,} leads, {slots:,} slots)" for name, leads, slots in short
    ]
    if named:
        owned = "of reps who may have them" if noun == "territory" else "of its reps"
        yield (
            f"slots are short by {noun}, those {owned} counted: "
            f"{listed(named, NAMED)}; add capacity there, or let other reps have leads "
            f"of the {noun}"
        )


def _by_territory(
    day: Day,
    wanting: NDArray[np.bool_],
    slots: NDArray[np.int64],
    cells: NDArray[np.object_],
) -> list[tuple[str, int, int]]:
    """Return each territory, its leads, and the slots of reps who may have any."""
    leads = np.flatnonzero(wanting)
    code, names = pd.factorize(cells[leads])
    count = np.bincount(code, minlength=len(names))
    serves = np.zeros((len(names), len(slots)), dtype=bool)
    step = max(len(leads) // SAMPLE, 1)
    starts, ends = day.problem.indptr[leads], day.problem.indptr[leads + 1]
    for place in range(0, len(leads), step):
        serves[code[place], day.problem.rep[starts[place] : ends[place]]] = True
    open_to = serves @ slots
    return [
        (str(name), int(n), int(s))
        for name, n, s in zip(names, count, open_to, strict=True)
        if name
    ]


def _by_team(
    day: Day, wanting: NDArray[np.bool_], slots: NDArray[np.int64]
) -> list[tuple[str, int, int]]:
    """Return each team, the leads that no other team may have, and its slots."""
    code, names = pd.factorize(day.crm.reps["team"].to_numpy(dtype=object))
    of_pair = code[day.problem.rep]
    starts = day.problem.indptr[:-1][wanting]
    if not len(starts):
        return []
    # Leads without pairs are not wanting, so that each start is of its own lead.
    kept = np.repeat(wanting, np.diff(day.problem.indptr))
    of_pair = of_pair[kept]
    starts = np.concatenate([[0], np.cumsum(np.diff(day.problem.indptr)[wanting])[:-1]])
    lowest, highest = (
        ufunc.reduceat(of_pair, starts) for ufunc in (np.minimum, np.maximum)
    )
    only = lowest[lowest == highest]
    count = np.bincount(only, minlength=len(names))
    own = np.bincount(code, weights=slots, minlength=len(names))
    return [
        (str(name), int(n), int(s))
        for name, n, s in zip(names, count, own, strict=True)
        if name
    ]
