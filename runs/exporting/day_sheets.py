"""The sheets about leads, reps and rules: names beside ids, reasons in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from crm.cells import numbers
from reporting import choice_text, reason_text
from reporting.text.words.people import rep_name
from reporting.text.words.why import with_names
from reporting.workbook.sheet import COUNT, FIGURE, MONEY, PERCENT, Sheet
from runs.book.fill_in import ASSIGNED, KEPT, NAME, OVERRIDE, UNASSIGNED, WHY
from runs.folder.day import ASSIGNMENTS, assigned_solution
from runs.folder.reading import RunFolder
from runs.job.tables import load_table
from solver import Day

REPS = "Reps"
ABOUT = (
    *("company", "territory", "product", "language", "source", "deal_value"),
    "created_at",
)
"""What is shown of a lead, where the day knows it."""
FORMATS = {
    **dict.fromkeys(("p_convert", "propensity"), PERCENT),
    **dict.fromkeys(("value", "price", "cost", "score"), FIGURE),
    **dict.fromkeys(("leads_held_back", "leads", "reps"), COUNT),
    **dict.fromkeys(("pairs_removed", "pairs_charged", "pairs_bounded"), COUNT),
    **dict.fromkeys(("capacity", "slots_used", "slotless"), COUNT),
    "deal_value": MONEY,
}
"""Columns of numbers, and how they look."""
OF_EXPERIMENT = ("arm", "propensity")
"""Columns that say nothing without an experiment."""
OF_RULES = {"Rule costs": "rule_costs.csv", "Prices": "prices.csv"}
OF_RULES |= {"Reach": "reach.csv"}


@dataclass(frozen=True, eq=False)
class DaySheets:
    """The sheets of a day.

    Attributes
    ----------
    run, day
        A run folder, and the problem that it decided.
    """

    run: RunFolder
    day: Day

    @cached_property
    def names(self) -> dict[str, str]:
        """rep_id -> name."""
        return self.run.names

    def of_leads(self) -> Iterator[Sheet]:
        """Yield who got what, what nobody got, and what took no slot."""
        assigned = self._named(self._table(ASSIGNMENTS))
        assigned["reason"] = assigned["reason"].map(choice_text)
        yield self._to_fill_in(ASSIGNED, assigned, behind=NAME)
        left = self._table("unassigned.csv")
        left["reason"] = left["reason"].map(reason_text)
        left["detail"] = [with_names(each, self.names) for each in left["detail"]]
        yield self._to_fill_in(UNASSIGNED, left, behind="lead_id")
        kept = self._named(self._table("kept.csv"))
        yield _sheet(KEPT, self._with_leads(kept))

    def of_rules(self) -> Iterator[Sheet]:
        """Yield load, what rules cost, prices, reach, and the rules in words."""
        load = load_table(self.day, assigned_solution(self.run, self.day))
        yield _sheet("Load", self._named(load).drop(columns="name"))
        for name, file in OF_RULES.items():
            yield _sheet(name, self._table(file))
        rules = self.day.rules
        words = {"rule": [r.name for r in rules], "says": [r.sentence for r in rules]}
        yield Sheet("Rules in words", pd.DataFrame(words, dtype=object), is_prose=True)

    def of_reps(self) -> Sheet:
        """Return the reps that a manager can choose, by name."""
        reps = self.run.crm.reps
        active = self._named(
            reps.loc[reps["active"], ["rep_id", "name", "team"]].copy()
        )
        in_order = active.sort_values(NAME, key=lambda names: names.str.casefold())
        return Sheet(REPS, in_order[[NAME, "rep_id", "name", "team"]])

    def _named(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return the table with each rep's name and id behind the id."""
        shown = [rep_name(rep, self.names) for rep in table["rep_id"]]
        table.insert(list(table.columns).index("rep_id") + 1, NAME, shown)
        return table

    def _with_leads(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return the table with what is known of each lead at its end."""
        leads = self.run.crm.leads.set_index("lead_id")
        for name in ABOUT:
            if name in leads and name not in table and leads[name].notna().any():
                of_lead = leads[name].reindex(table["lead_id"])
                table[name] = self._local(of_lead.set_axis(table.index))
        return table

    def _to_fill_in(self, name: str, table: pd.DataFrame, behind: str) -> Sheet:
        """Return the sheet with two empty columns for a manager."""
        place = list(table.columns).index(behind) + 1
        table.insert(place, OVERRIDE, "")
        table.insert(place + 1, WHY, "")
        sheet = _sheet(name, self._with_leads(table))
        choices = {OVERRIDE: (REPS, NAME)}
        return Sheet(name, sheet.table, sheet.formats, (OVERRIDE, WHY), choices)

    def _table(self, name: str) -> pd.DataFrame:
        """Return a table of the folder, its numbers as numbers, its times local."""
        frame = self.run.table(name).frame
        if not self.run.manifest.experiment.is_drawn:
            frame = frame.drop(columns=[c for c in OF_EXPERIMENT if c in frame])
        for column in FORMATS.keys() & set(frame.columns):
            frame[column] = numbers(frame[column])
        if "started_at" in frame:
            frame["started_at"] = pd.to_datetime(frame["started_at"], utc=True)
            frame["started_at"] = self._local(frame["started_at"])
        return frame

    def _local(self, column: pd.Series) -> pd.Series:
        """Return moments by the clock of the company."""
        if not isinstance(column.dtype, pd.DatetimeTZDtype):
            return column
        return column.dt.tz_convert(self.run.crm.calendar.zone)


def _sheet(name: str, table: pd.DataFrame) -> Sheet:
    of_table = {column: FORMATS[column] for column in table if column in FORMATS}
    return Sheet(name, table, of_table)
