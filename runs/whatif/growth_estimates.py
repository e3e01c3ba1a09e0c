"""What one more slot, rep or skill may bring, by the dual prices of a day.

Prices that are optimal for a linear program bound it from above when columns are added:
no lead, rep or pair more brings beyond what it has left after all that it takes is
paid for.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
import pandas as pd

from runs.job.scored import Scored
from runs.whatif.figures import SolvedVariant
from solver import Day, build_day
from solver.building import ScoredPairs

SKILLS = {
    "territory": ("territory", "territories"),
    "product": ("product", "products"),
    "language": ("language", "languages"),
}
"""Kind of a rule -> the column of leads, and of reps, that it compares."""
SLOT, HIRE = "slot", "hire"
NOTHING = 1e-9
COPY = "copy of "


@dataclass(frozen=True)
class Growth:
    """One more slot, rep or skill.

    Attributes
    ----------
    kind
        ``slot``, ``hire``, ``territory``, ``product`` or ``language``.
    rep_id
        Whose slot or skill; for a hire, the rep who the new one is like.
    what
        The territory, product or language.
    estimate
        What it brings at most by the dual prices, in the objective's unit.
    """

    kind: str
    rep_id: str
    what: str
    estimate: float


def estimated_growth(variant: SolvedVariant) -> list[Growth]:
    """Return each slot, hire and skill that may bring something, the best first."""
    prices = _Prices(variant)
    found = [*prices.slots(), *prices.hires(), *prices.skills()]
    best = [growth for growth in found if growth.estimate > NOTHING]
    return sorted(best, key=lambda growth: -growth.estimate)


class _Prices:
    """The dual prices of a day, and what is left of pairs after they are paid."""

    def __init__(self, variant: SolvedVariant) -> None:
        self.scored: Scored = variant.scored
        self.day: Day = variant.scored.day
        self.result = variant.experiment.optimum
        problem = self.day.problem
        left = problem.value - self.result.pair_price + problem.skip_cost[problem.lead]
        self.lead_price = np.zeros(problem.n_leads)
        np.maximum.at(self.lead_price, problem.lead, left)

    def slots(self) -> Iterator[Growth]:
        """Yield one more slot of each rep."""
        for rep_id, price in zip(
            self.day.problem.rep_ids, self.result.price, strict=True
        ):
            yield Growth(SLOT, str(rep_id), "", float(price))

    def hires(self) -> Iterator[Growth]:
        """Yield one more rep like each of those who are at work."""
        day = self._with_copies()
        problem, n_known = day.problem, self.day.problem.n_reps
        new = np.flatnonzero(problem.rep >= n_known)
        left = problem.value[new] + problem.skip_cost[problem.lead[new]]
        left = left - self.lead_price[problem.lead[new]]
        own = pd.Series(left).groupby(problem.rep[new])
        for key, gains in own:
            rep = cast(int, key)
            best = gains.clip(lower=0).nlargest(int(problem.capacity[rep])).sum()
            like = str(problem.rep_ids[rep]).removeprefix(COPY)
            yield Growth(HIRE, like, "", float(best))

    def _with_copies(self) -> Day:
        """Return the day with one more rep like each one at work, new to the model."""
        crm = self.day.crm
        own = crm.reps[self.day.available]
        copies = own.assign(rep_id=COPY + own["rep_id"], open_leads=0.0)
        reps = pd.concat([crm.reps, copies], ignore_index=True)
        grown = replace(crm, reps=reps)
        scores = self.scored.trained.score(grown)
        values = ScoredPairs(scores, self.scored.value, self.scored.tie_width)
        return build_day(grown, self.day.rules, values)

    def skills(self) -> Iterator[Growth]:
        """Yield one more territory, product or language of each rep."""
        for rule in self.day.rules:
            if rule.kind in SKILLS and not rule.where:
                others = [other for other in self.day.rules if other is not rule]
                yield from self._skill(rule.kind, self.day.under(others))

    def _skill(self, kind: str, day: Day) -> Iterator[Growth]:
        column, own = SKILLS[kind]
        problem, leads, reps = day.problem, day.crm.leads, day.crm.reps
        price = np.where(problem.uses_slot, self.result.price[problem.rep], 0.0)
        left = problem.value - price + problem.skip_cost[problem.lead]
        gain = left - self.lead_price[problem.lead]
        need = leads[column].to_numpy()[problem.lead]
        good = np.flatnonzero((gain > NOTHING) & (need != ""))
        columns = {"rep": problem.rep[good], "what": need[good], "gain": gain[good]}
        rows = pd.DataFrame(columns | {"in_slot": problem.uses_slot[good]})
        lists = reps[own].tolist()
        for key, own_rows in rows.groupby(["rep", "what"]):
            rep, what = cast("tuple[int, str]", key)
            if what in lists[rep]:
                continue
            best = _most(own_rows, int(problem.capacity[rep]))
            yield Growth(kind, str(problem.rep_ids[rep]), str(what), best)


def _most(rows: pd.DataFrame, slots: int) -> float:
    """Return the most that pairs bring: the best in slots, and all that take none."""
    gain, in_slot = rows["gain"], rows["in_slot"]
    return float(gain[in_slot].nlargest(slots).sum() + gain[~in_slot].sum())
