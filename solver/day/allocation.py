"""An allocation as plain rows, for the verification without the solver."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

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
        return _rows(self.crm.leads, "lead_id")

    @cached_property
    def rep_rows(self) -> dict[str, Row]:
        """Rep id -> row."""
        return _rows(self.crm.reps, "rep_id")

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
            for row in self.crm.absences.to_dict("records")
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

    def leads_where(self, where: Where) -> set[str]:
        """Return the ids of the leads that match."""
        return set(self.crm.leads.loc[matches(self.crm.leads, where), "lead_id"])

    @property
    def _since(self) -> pd.Timestamp:
        """When an absence must end to be over: as_of, or the start of a whole day."""
        as_of = self.crm.as_of
        is_day = f"{as_of:%H:%M:%S}" == "23:59:59"
        return start_of_day(as_of) if is_day else as_of


def _rows(frame: pd.DataFrame, key: str) -> dict[str, Row]:
    names = list(map(str, frame.columns))
    columns = [frame[name].tolist() for name in names]
    rows = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
    return {row[key]: row for row in rows}
