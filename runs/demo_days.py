"""The demo company over days: the files that each day brings."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from evaluation import PRESETS, World, draw_world
from evaluation.worlds.random_numbers import uniforms
from runs.demo import N_HISTORY, company_files
from scenarios.files import scenario_text

PER_DAY = 90
EVENING = pd.Timedelta(hours=18)
RESPONDING = 0.85
"""Part of leads that somebody answers."""
SLOWEST = pd.Timedelta(hours=30)


@dataclass(frozen=True)
class DemoDays:
    """A synthetic company whose days follow each other.

    Attributes
    ----------
    seed
        Draws the company and its leads.
    n_days
        Working days, from a Monday on.
    """

    seed: int
    n_days: int

    @cached_property
    def world(self) -> World:
        """The company, whose ground truth is known."""
        return draw_world(PRESETS["demo"], self.seed)

    @cached_property
    def days(self) -> list[pd.Timestamp]:
        """The days, at their first moment (UTC)."""
        first = self.world.leads(1)["created_at"].iloc[0].normalize()
        return list(pd.bdate_range(first, periods=self.n_days))

    def files(self) -> dict[str, str | bytes]:
        """Return the files that the company begins with: name -> content."""
        tables = self.world.tables(N_HISTORY, 1) | {"leads": self.leads(0)}
        begun = company_files(tables)
        return begun | {"company/demo_days.yaml": scenario_text("demo_days.yaml")}

    def leads(self, day: int) -> pd.DataFrame:
        """Return the leads of a day, with an e-mail address each.

        From the second day on, somebody of the day before asks again, as a new lead.
        """
        leads = _with_addresses(self.world.leads(PER_DAY, day))
        if day == 0:
            return leads
        again = _with_addresses(self.world.leads(PER_DAY, day - 1)).iloc[[0]]
        again = again.assign(
            lead_id=f"D{day:04}-AGAIN",
            created_at=leads["created_at"].iloc[-1:].to_numpy(),
            email=again["email"].str.upper(),
        )
        again["created_at"] = pd.to_datetime(again["created_at"], utc=True)
        return pd.concat([leads, again], ignore_index=True)

    def outcomes(self, owners: pd.DataFrame, known_at: pd.Timestamp) -> pd.DataFrame:
        """Return what the CRM knows of leads at a moment, as its export has it.

        Parameters
        ----------
        owners
            One row per lead: lead_id, rep_id and started_at.
        """
        leads = pd.concat([self.leads(day) for day in range(self.n_days)])
        own = leads.merge(owners, on="lead_id")
        served = self.world.served(
            own[leads.columns], own["rep_id"].to_numpy(dtype=object), known_at
        )
        began, closed = own["started_at"], served["closed_at"]
        is_closed = served["outcome"].ne("open") & (closed > began)
        response = began + self._delays(own["lead_id"])
        response = response.where(~is_closed | (response < closed))
        return pd.DataFrame(
            {
                "lead_id": own["lead_id"],
                "rep_id": own["rep_id"],
                "outcome": served["outcome"].where(is_closed, "open"),
                "closed_at": closed.where(is_closed),
                "won_value": served["won_value"].where(is_closed),
                "first_response_at": response.where(response <= known_at),
            }
        )

    def _delays(self, lead_ids: pd.Series) -> pd.Series:
        """Return how long each lead waits for its response; NaT for ever."""
        drawn = uniforms(lead_ids.to_numpy(dtype=object), self.seed, "response")
        part = pd.Series(drawn / RESPONDING, index=lead_ids.index)
        delay = pd.to_timedelta((part**2 * SLOWEST.total_seconds()).round(), unit="s")
        return delay.where(part <= 1)


def _with_addresses(leads: pd.DataFrame) -> pd.DataFrame:
    company = leads["company"].str.lower().str.replace(r"[^a-z]+", "-", regex=True)
    name = leads["lead_id"].str.lower().str.replace("-", "")
    return leads.assign(email=name + "@" + company.str.strip("-") + ".example")
