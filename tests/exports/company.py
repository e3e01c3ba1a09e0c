"""An invented company: eight users, sixty earlier leads, ten new ones."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

PEOPLE = (
    ("Ines", "Vogel", "DACH"),
    ("Jonas", "Köhler", "DACH"),
    ("Léa", "Moreau", "West"),
    ("Sean", "O'Brien", "West"),
    ("Petra", "de Vries", "West"),
    ("Tom", "Baker", "West"),
    ("Ulla", "Groß", "DACH"),
    ("Viktor", "Hahn", "DACH"),
)
"""First name, last name and team; the last one has left."""
COUNTRIES = ("Germany", "France", "Ireland", "Netherlands")
SOURCES = ("Web", "Fair", "Partner", "Phone")
FIRMS = ("Arbor, Ltd", "Brühl GmbH", "Ciel SA", 'Delta "D" BV', "Enzo & Co")


@dataclass(frozen=True)
class Rep:
    """A user."""

    n: int
    first: str
    last: str
    team: str

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"

    @property
    def email(self) -> str:
        return f"user{self.n}@acme.example"

    @property
    def active(self) -> bool:
        return self.n < len(PEOPLE) - 1


@dataclass(frozen=True)
class Lead:
    """A lead; outcome and closing are those of an earlier one."""

    n: int
    created: datetime
    country: str
    source: str
    company: str
    value: float
    owner: Rep
    outcome: str
    closed: datetime | None

    @property
    def email(self) -> str:
        return f"buyer{self.n}@client.example"

    @property
    def phone(self) -> str:
        return f"+49 30 {5550000 + self.n}"


REPS = tuple(Rep(n, *person) for n, person in enumerate(PEOPLE))


def _lead(rng: np.random.Generator, n: int, created: datetime, is_new: bool) -> Lead:
    owner = REPS[rng.integers(7 if is_new else 8)]
    chance = 0.2 + 0.3 * (owner.n % 2)
    draw = rng.random()
    outcome = "won" if draw < chance else "lost" if draw < 0.9 else "open"
    closed = created + timedelta(days=int(rng.integers(2, 40)), minutes=n)
    if is_new or outcome == "open":
        outcome, closed = "open", None
    return Lead(
        n,
        created,
        str(rng.choice(COUNTRIES)),
        str(rng.choice(SOURCES)),
        str(rng.choice(FIRMS)),
        round(float(rng.uniform(900, 90_000)), 2),
        owner,
        outcome,
        closed,
    )


def _leads(first: int, n_leads: int, start: datetime, days: int) -> tuple[Lead, ...]:
    rng = np.random.default_rng(first)
    minutes = sorted(rng.choice(days * 600, n_leads, replace=False).tolist())
    return tuple(
        _lead(
            rng,
            first + i,
            start + timedelta(days=m // 600, minutes=m % 600),
            days == 1,
        )
        for i, m in enumerate(minutes)
    )


EARLIER = _leads(1, 60, datetime(2026, 1, 5, 8), 200)
NEW = _leads(61, 10, datetime(2026, 9, 7, 8), 1)
