"""A synthetic company whose days follow each other: what each morning brings."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

FIRST_DAY = date(2026, 1, 5)
N_TERRITORIES = 10
SCENARIO = """\
version: 1
name: year
data:
  leads: leads.csv
  reps: reps.csv
  as_of: {moment}
rules:
  - kind: capacity
ledger: {ledger}
"""
SLACK = 1.12
"""Slots of all reps, in new leads of a day."""
AWAY, SEEN_AGAIN, NEVER = 0.08, 0.03, 0.0005
"""Shares: of reps away; of a day's leads in later exports; of leads nobody may have."""


@dataclass
class DailyCompany:
    """A folder in which working days pass, all from one seed.

    Attributes
    ----------
    folder
        Where the tables and the scenario are written.
    ledger
        As scenarios name it.
    n_leads, n_reps
        New leads of a day, and reps.
    rng
        Where all that is random comes from.
    """

    folder: Path
    ledger: str
    n_leads: int
    n_reps: int
    rng: np.random.Generator
    _exported: list[pd.DataFrame] = field(default_factory=list)

    @property
    def scenario(self) -> Path:
        """The scenario's file."""
        return self.folder / "year.yaml"

    @property
    def rep_ids(self) -> list[str]:
        """All reps, here or away."""
        return [f"R{number}" for number in range(self.n_reps)]

    def begin(self, day: int) -> datetime:
        """Write the tables and the scenario of a day; return its morning."""
        morning = moment_of(day)
        self._leads(day, morning).to_csv(self.folder / "leads.csv", index=False)
        self._reps().to_csv(self.folder / "reps.csv", index=False)
        text = SCENARIO.format(moment=morning.isoformat(), ledger=self.ledger)
        self.scenario.write_text(text)
        return morning

    def _leads(self, day: int, morning: datetime) -> pd.DataFrame:
        """Return new leads, and some that an export of the last weeks had already."""
        number = np.arange(self.n_leads) + day * self.n_leads
        rng = self.rng
        names = pd.Series(number).map("{:07}".format)
        hours = rng.integers(1, 15, self.n_leads)
        territory = rng.integers(0, N_TERRITORIES, self.n_leads)
        is_served = rng.random(self.n_leads) >= NEVER
        fresh = pd.DataFrame(
            {
                "lead_id": "L" + names,
                "created_at": [
                    f"{morning - timedelta(hours=int(hour)):%Y-%m-%dT%H:%M:%SZ}"
                    for hour in hours
                ],
                "territory": np.where(is_served, _named("T", territory), "nowhere"),
                "source": _named("source ", rng.integers(0, 6, self.n_leads)),
                "product": _named("product ", rng.integers(0, 8, self.n_leads)),
                "company": "Company " + names,
                "email": "someone@company" + names + ".example",
                "phone": "+4930" + names,
                "deal_value": rng.lognormal(8, 1, self.n_leads).round(2),
                "size": rng.integers(1, 500, self.n_leads),
            }
        )
        seen = [table.sample(frac=SEEN_AGAIN, random_state=rng) for table in self._last]
        self._exported.append(fresh)
        return pd.concat([fresh, *seen], ignore_index=True)

    @property
    def _last(self) -> list[pd.DataFrame]:
        return self._exported[-3:]

    def _reps(self) -> pd.DataFrame:
        number = np.arange(self.n_reps)
        slots = round(SLACK * self.n_leads / self.n_reps / (1 - AWAY))
        return pd.DataFrame(
            {
                "rep_id": self.rep_ids,
                "daily_capacity": slots,
                "territories": _named("T", number % N_TERRITORIES),
                "active": np.where(self.rng.random(self.n_reps) < AWAY, "no", "yes"),
            }
        )


def moment_of(day: int) -> datetime:
    """Return eight o'clock of a working day, counted from the first."""
    weeks, weekday = divmod(day, 5)
    start = datetime.combine(FIRST_DAY, datetime.min.time(), UTC)
    return start + timedelta(days=7 * weeks + weekday, hours=8)


def _named(prefix: str, number: np.ndarray) -> pd.Series:
    return prefix + pd.Series(number).astype(str)
