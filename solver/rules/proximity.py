"""Proximity: a lead goes to an office nearby, or pays for the way."""

import math
from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import Field, model_validator

from crm import CrmData, listed
from crm.where_words import number_words
from solver.day.allocation import Allocation, Row
from solver.day.eligibility import Eligibility
from solver.rules.base import Unit
from solver.rules.issue import Need, RuleIssue
from solver.rules.pair_rules import PairRule

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the earth."""
FARTHEST_KM = 20_016.0
"""More than half of the way around it."""
BLOCK = 4096
"""Places compared with all offices at once."""
ROUNDING = 1e-15
"""Of cosines: the same place is near itself, whatever the limit."""
METRE = 0.001
"""What the check forgives."""
PLACE = ["latitude", "longitude"]
MANY = 5
"""Reps named before the rest is counted."""


class Proximity(PairRule):
    """The rep's office is near the lead, in a straight line over the globe.

    A lead without a place goes anywhere at no price. A rep without a place is near
    no lead.
    """

    reasons: ClassVar[Mapping[str, str]] = {"no_rep_near": "no rep is near enough"}

    kind: Literal["proximity"] = "proximity"
    max_km: Annotated[float, Field(gt=0, le=FARTHEST_KM)] | None = Field(
        default=None,
        description="Largest distance of lead and rep in km; soft: beyond it the "
        "penalty is due.",
    )
    price_per_km: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = Field(
        default=None,
        description="What each km costs, in the objective's unit, whatever the "
        "strength; every rep at work needs a place.",
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.max_km is None and self.price_per_km is None:
            raise ValueError("proximity needs max_km, price_per_km or both")
        if self.max_km is None and not self.is_hard:
            raise ValueError("a soft proximity needs max_km: beyond it, the penalty")
        return self

    @property
    def needs(self) -> tuple[Need, ...]:
        """Where leads and reps are."""
        return tuple((table, name) for table in ("leads", "reps") for name in PLACE)

    @property
    def is_of_pairs(self) -> bool:
        """Leads of one place have the same ways, so it is."""
        return True

    @property
    def statement(self) -> str:
        """How far apart lead and rep may be, and what a kilometre costs."""
        parts = []
        if self.max_km is not None:
            parts.append(f"the rep's office is at most {self.max_km:g} km away")
        if self.price_per_km is not None:
            price = number_words(self.price_per_km)
            parts.append(f"each km to the rep's office costs {price}")
        return "; ".join(parts)

    def own_issues(self, crm: CrmData, unit: Unit) -> Iterator[RuleIssue]:
        """Yield an error for a price in money, and for active reps without a place."""
        if self.price_per_km is None or any(self.lacking(crm)):
            return
        if unit == "conversions" and self.price_per_km > 1:
            yield RuleIssue(
                "a price is in expected conversions per km here, from 0 to 1; "
                "in money only with maximise: revenue",
                ("price_per_km",),
                f"{self.price_per_km:g}",
            )
        lost = crm.reps["active"].to_numpy() & ~has_place(crm.reps)
        if lost.any():
            yield RuleIssue(
                f"rule {self.name} prices the way from every active rep: give latitude "
                f"and longitude of {listed(crm.reps.loc[lost, 'rep_id'], MANY)}",
                ("price_per_km",),
            )

    def eligibility(self, crm: CrmData) -> Eligibility:
        """Return one row of reps per place found among the leads."""
        key, places = self._places(crm)
        allowed = np.ones((len(places) + 1, len(crm.reps)), dtype=bool)
        if self.max_km is not None:
            allowed[1:] = _within(places, _unit(crm.reps), self.max_km)
        return Eligibility(key, allowed)

    def charge(
        self, crm: CrmData, lead: NDArray[np.int64], rep: NDArray[np.int32]
    ) -> NDArray[np.float64]:
        """Return the price of each pair's way, shape (n_pairs,)."""
        price = np.zeros(len(rep))
        if self.price_per_km:
            key, places = self._places(crm)
            priced = np.flatnonzero(key[lead])
            start, end = places[key[lead[priced]] - 1], _unit(crm.reps)[rep[priced]]
            half_chord = np.sqrt(np.sum((start - end) ** 2, axis=1)) / 2
            way = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(half_chord, 1.0))
            price[priced] = self.price_per_km * way
        return price

    @property
    def reads(self) -> tuple[str, ...]:
        """Where the lead is."""
        return ("latitude", "longitude")

    def allows(self, lead: Row, rep: Row, allocation: Allocation) -> bool:
        """Tell whether the haversine distance is within the limit."""
        if self.max_km is None or math.isnan(lead["latitude"] + lead["longitude"]):
            return True
        return _haversine_km(lead, rep) <= self.max_km + METRE

    def _places(self, crm: CrmData) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return the distinct places of the leads it speaks of.

        Returns
        -------
        key
            Shape (n_leads,); row of the lead's place from 1, 0 for none.
        places
            Shape (n_places, 3); unit vectors.
        """
        speaks = self.speaks_of(crm) & has_place(crm.leads)
        cells = crm.leads.loc[speaks, PLACE]
        row = cells.groupby(PLACE, sort=False).ngroup().to_numpy()
        key = np.zeros(len(speaks), dtype=np.int64)
        key[speaks] = row + 1
        return key, _unit(cells[~cells.duplicated()])


def has_place(frame: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell for each row whether it says where it is, shape (n_rows,)."""
    return frame[PLACE].notna().all(axis=1).to_numpy(dtype=bool)


def _unit(frame: pd.DataFrame) -> NDArray[np.float64]:
    """Return unit vectors from the earth's centre, NaN without a place, (n_rows, 3)."""
    latitude, longitude = np.radians(frame[PLACE].to_numpy(dtype=float)).T
    across = np.cos(latitude)
    parts = across * np.cos(longitude), across * np.sin(longitude), np.sin(latitude)
    return np.stack(parts, axis=1)


def _within(
    places: NDArray[np.float64], offices: NDArray[np.float64], max_km: float
) -> NDArray[np.bool_]:
    """Tell which offices are near which places, shape (n_places, n_reps)."""
    least = np.cos(max_km / EARTH_RADIUS_KM) - ROUNDING
    near = np.empty((len(places), len(offices)), dtype=bool)
    for start in range(0, len(places), BLOCK):
        block = slice(start, start + BLOCK)
        near[block] = places[block] @ offices.T >= least
    return near


def _haversine_km(lead: Row, rep: Row) -> float:
    """Return the great-circle distance of lead and rep, NaN without both places."""
    north, south = math.radians(lead["latitude"]), math.radians(rep["latitude"])
    east = math.radians(rep["longitude"] - lead["longitude"])
    across = math.cos(north) * math.cos(south) * math.sin(east / 2) ** 2
    part = math.sin((south - north) / 2) ** 2 + across
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(part, 1.0)))
