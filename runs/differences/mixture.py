"""A day that lies between two runs: some of it is the first's, some the second's."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit

from crm import CrmData
from runs.differences.side import Side
from solver import Day, Rule, build_day
from solver.day.scored_columns import SCORED

LEADS, SCORES, VALUES, MOMENT = "leads", "scores", "values", "moment"
REPS, CELLS, ACCOUNTS, ABSENCES = "reps", "lead cells", "accounts", "absences"
WIDTH = "tie_width"
Positions = NDArray[np.int64] | NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Mixture:
    """A day between two runs.

    Attributes
    ----------
    before, after
        The runs.
    taken
        The parts that are those of the second run.
    rules
        The rules in force.
    altered
        Leads that have other cells in the second run: their scores go with the cells.
    """

    before: Side
    after: Side
    taken: frozenset[str]
    rules: tuple[Rule, ...]
    altered: frozenset[str] = frozenset()

    def taking(self, *parts: str) -> "Mixture":
        """Return the day with more parts of the second run."""
        return replace(self, taken=self.taken | set(parts))

    @property
    def day(self) -> Day:
        """The problem.

        Raises
        ------
        Exception
            Of any kind, where rules and tables do not go together.
        """
        return build_day(self.crm, self.rules, self.pair_value)

    def side(self, part: str) -> Side:
        """Return the run that a part is of."""
        return self.after if part in self.taken else self.before

    @cached_property
    def crm(self) -> CrmData:
        """The tables."""
        moment = self.side(MOMENT).run.crm
        return replace(
            moment,
            leads=self._leads,
            reps=self._reps,
            accounts=self.side(ACCOUNTS).run.crm.accounts,
            absences=self.side(ABSENCES).run.crm.absences,
            file_columns={
                LEADS: self.side(CELLS).run.crm.file_columns[LEADS],
                REPS: self.side(REPS).run.crm.file_columns[REPS],
            },
        )

    @property
    def _leads(self) -> pd.DataFrame:
        """The leads of one run, with the cells and the scores of one each."""
        ids = self.side(LEADS).lead_ids
        cells, others = self.side(CELLS), self._other(CELLS)
        rows = _rows_of(ids, cells.run.crm.leads, others.run.crm.leads)
        for name in SCORED["leads"]:
            old, new = (
                pd.Series(side.run.crm.leads[name].to_numpy(), side.lead_ids)
                for side in (self.before, self.after)
            )
            rows[name] = self._chosen(old.reindex(ids), new.reindex(ids), SCORES)
        return rows

    @property
    def _reps(self) -> pd.DataFrame:
        """The reps of one run, with what scoring says of them."""
        reps = self.side(REPS).run.crm.reps.copy()
        for name in SCORED["reps"]:
            scores = self.side(SCORES)
            if name in reps and name in scores.run.crm.reps:
                known = pd.Series(scores.run.crm.reps[name].to_numpy(), scores.rep_ids)
                reps[name] = reps["rep_id"].map(known).fillna(reps[name])
        return reps

    @cached_property
    def pair_value(self) -> Callable[[Positions, Positions], NDArray[np.float64]]:
        """The values of pairs before penalties."""
        ids = self.side(LEADS).lead_ids, self.side(REPS).rep_ids
        known = _Known(self.before, *ids), _Known(self.after, *ids)
        first = self._is_of_after(SCORES)
        old, new = (_values(side, ids[0]) for side in (self.before, self.after))
        value = self._chosen(old, new, VALUES)
        width = self.side(WIDTH).tie_width

        def of(lead: Positions, rep: Positions) -> NDArray[np.float64]:
            base, added = _log_odds(known, first[lead], lead, rep)
            stepped = np.rint(added / width) * width if width else added
            return np.asarray(expit(base + stepped) * value[lead], dtype=np.float64)

        return of

    def _is_of_after(self, part: str) -> NDArray[np.bool_]:
        """Tell for each lead whether its scores or value are the second run's."""
        altered = self.side(LEADS).lead_ids.isin(self.altered)
        return np.where(altered, CELLS in self.taken, part in self.taken)

    def _chosen(
        self, before: pd.Series, after: pd.Series, part: str
    ) -> NDArray[np.float64]:
        """Return each lead's number by the run it is of, else by the other."""
        is_new = self._is_of_after(part)
        own, other = np.where(is_new, after, before), np.where(is_new, before, after)
        return np.where(np.isnan(own), other, own)

    def _other(self, part: str) -> Side:
        return self.before if part in self.taken else self.after


def _rows_of(ids: pd.Index, own: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of these ids, those that are not there from the other table."""
    rows = own[own["lead_id"].isin(ids)]
    lacking = other[other["lead_id"].isin(ids.difference(pd.Index(rows["lead_id"])))]
    if len(lacking):
        text = own.select_dtypes("object").columns
        same = lacking.reindex(columns=own.columns).fillna(dict.fromkeys(text, ""))
        rows = pd.concat([rows, same.astype(own.dtypes.to_dict())])
    return rows.set_index("lead_id").reindex(ids).rename_axis("lead_id").reset_index()


def _values(side: Side, ids: pd.Index) -> pd.Series:
    """Return what leads count once won, NaN where the run has not got them."""
    return pd.Series(side.value, side.lead_ids).reindex(ids)


class _Known:
    """What the scores of one run say of the leads and reps of a mixture."""

    def __init__(self, side: Side, lead_ids: pd.Index, rep_ids: pd.Index) -> None:
        self.scores = side.scores
        self.lead = side.lead_ids.get_indexer(lead_ids)
        self.rep = side.rep_ids.get_indexer(rep_ids)


def _log_odds(
    known: tuple[_Known, _Known],
    is_new: NDArray[np.bool_],
    lead: Positions,
    rep: Positions,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what leads and reps add, (n_pairs,) each.

    By the scores that the pair is to have, or the others where these know both; where
    none do, each by those that know it, without interaction.
    """
    base, added = np.full(len(lead), np.nan), np.full(len(lead), np.nan)
    before, after = known
    passes = (before, is_new), (after, ~is_new), (before, ~is_new), (after, is_new)
    for side, own in passes:
        leads, reps = side.lead[lead], side.rep[rep]
        of_lead, of_rep = own & (leads >= 0), own & (reps >= 0)
        base[of_lead] = side.scores.lead[leads[of_lead]]
        alone = of_rep & ~of_lead & np.isnan(added)
        added[alone] = side.scores.rep[reps[alone]]
        both = of_lead & of_rep
        pairs = leads[both], reps[both]
        added[both] = side.scores.rep[pairs[1]] + side.scores.interaction(*pairs)
    return base, np.nan_to_num(added)
