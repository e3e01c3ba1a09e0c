"""An allocation as plain rows, for the verification without the solver."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import CrmData, Where, matches
from crm.zones import start_of_day

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Violation:
    """One place where an allocation breaks a rule.

    Attributes
    ----------
    rule
        Name of the rule.
    lead_id, rep_id
        Where; empty where the rule is not about one lead or one rep.
    detail
        What is wrong there.
    """

    rule: str
    lead_id: str = ""
    rep_id: str = ""
    detail: str = ""

    def __str__(self) -> str:
        where = [f"lead {self.lead_id}"] if self.lead_id else []
        where += [f"rep {self.rep_id}"] if self.rep_id else []
        return ": ".join(filter(None, [self.rule, ", ".join(where), self.detail]))


@dataclass(frozen=True)
class Allocation:
    """An allocation with the tables it was made for.

    Attributes
    ----------
    crm
        The day's tables.
    owner
        Lead id -> rep id, for the leads that have an owner.
    slotless
        Leads that take no slot of their owner.
    share_bounds
        Name of each hard rule on shares -> rep id -> the least and the largest part
        of the assigned value; reps without bounds are not there.
    """

    crm: CrmData
    owner: Mapping[str, str]
    slotless: frozenset[str] = frozenset()
    share_bounds: Mapping[str, Mapping[str, tuple[float, float]]] = field(
        default_factory=dict
    )

    @cached_property
    def lead_rows(self) -> dict[str, Row]:
        """Lead id -> row."""
        return {row["lead_id"]: row for row in _rows(self.crm.leads)}

    @cached_property
    def rep_rows(self) -> dict[str, Row]:
        """Rep id -> row."""
        return {row["rep_id"]: row for row in _rows(self.crm.reps)}

    @cached_property
    def rep_of(self) -> NDArray[np.int64]:
        """Position of each lead's owner among the reps, -1 where there is none.

        Shape (n_leads,).
        """
        owner, place = self.owner.get, {id_: k for k, id_ in enumerate(self.rep_rows)}
        lead_ids = self.crm.leads["lead_id"].to_numpy()
        places = [place.get(owner(lead_id, ""), -1) for lead_id in lead_ids]
        return np.array(places, dtype=np.int64)

    @cached_property
    def away(self) -> set[str]:
        """Ids of the reps who are inactive, not started yet, gone, or absent.

        All of them on a day on which the company does not work.
        """
        as_of, since = self.crm.as_of, self._since
        if not self.crm.calendar.works_on(as_of.date()):
            return set(self.rep_rows)
        absent = {
            row["rep_id"]
            for row in _rows(self.crm.absences)
            if row["from"] <= as_of and row["to"] >= since
        }
        return absent | {
            rep_id
            for rep_id, rep in self.rep_rows.items()
            if not rep["active"] or rep["start_date"] > as_of or rep["end_date"] < as_of
        }

    @cached_property
    def owner_of_account(self) -> dict[str, str]:
        """Account id -> rep id."""
        accounts = self.crm.accounts
        return dict(zip(accounts["account_id"], accounts["owner_rep_id"], strict=True))

    def pairs(self, where: Where) -> Iterator[tuple[Row, Row]]:
        """Yield the rows of every assigned lead that matches, and of its rep."""
        speaks = matches(self.crm.leads, where)
        for lead_id, hit in zip(self.crm.leads["lead_id"], speaks, strict=True):
            rep_id = self.owner.get(lead_id)
            if hit and rep_id in self.rep_rows:
                yield self.lead_rows[lead_id], self.rep_rows[rep_id]

    def verdicts(
        self,
        where: Where,
        columns: Sequence[str] | None,
        verdict: Callable[[Row, Row], str | None],
    ) -> Iterator[tuple[str, str, str]]:
        """Yield lead id, rep id and verdict of assigned leads that match, where any.

        Parameters
        ----------
        columns
            What `verdict` reads of a lead, so that it is asked once of leads that have
            the same there, and the same rep; `None` for every column.
        verdict
            From the rows of a lead, with these columns alone, and of its rep.
        """
        leads = np.flatnonzero(self._are_held(where))
        rep, frame = self.rep_of[leads], self.crm.leads.iloc[leads]
        kind = np.arange(len(leads))
        if columns is not None:
            frame = frame[list(columns)]
            kind = _kinds(frame, rep)
        _, first, kind = np.unique(kind, return_index=True, return_inverse=True)
        reps, own = list(self.rep_rows.values()), _rows(frame.iloc[first])
        pairs = zip(own, rep[first].tolist(), strict=True)
        said = [verdict(lead, reps[place]) for lead, place in pairs]
        is_said = np.array([text is not None for text in said], dtype=bool)
        lead_ids = self.crm.leads["lead_id"].to_numpy()
        for place in np.flatnonzero(is_said[kind]).tolist():
            lead_id, rep_id = lead_ids[leads[place]], reps[rep[place]]["rep_id"]
            yield lead_id, rep_id, said[kind[place]] or ""

    def held(self, where: Where, *, with_slot: bool = False) -> Counter[str]:
        """Return how many leads that match each rep has, those who have any.

        Parameters
        ----------
        with_slot
            Whether only leads that take a slot count.
        """
        counted = self._are_held(where)
        if with_slot and self.slotless:
            counted &= ~self.crm.leads["lead_id"].isin(self.slotless).to_numpy()
        numbers = np.bincount(self.rep_of[counted], minlength=len(self.rep_rows))
        held = zip(self.rep_rows, numbers.tolist(), strict=True)
        return Counter({rep_id: number for rep_id, number in held if number})

    def _are_held(self, where: Where) -> NDArray[np.bool_]:
        """Tell which leads match and have a known owner, shape (n_leads,)."""
        return matches(self.crm.leads, where) & (self.rep_of >= 0)

    def leads_where(self, where: Where) -> set[str]:
        """Return the ids of the leads that match."""
        return set(self.crm.leads.loc[matches(self.crm.leads, where), "lead_id"])

    @property
    def _since(self) -> pd.Timestamp:
        """When an absence must end to be over: as_of, or the start of a whole day."""
        as_of = self.crm.as_of
        is_day = f"{as_of:%H:%M:%S}" == "23:59:59"
        return start_of_day(as_of) if is_day else as_of


def _rows(frame: pd.DataFrame) -> list[Row]:
    names = list(map(str, frame.columns))
    if not names:
        return [{}] * len(frame)
    columns = [frame[name].tolist() for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _kinds(frame: pd.DataFrame, kind: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return a number per row, the same for rows alike in kind and every column."""
    for name in frame.columns:
        code, distinct = pd.factorize(frame[name], use_na_sentinel=False)
        kind = pd.factorize(kind * len(distinct) + code)[0]
    return kind
