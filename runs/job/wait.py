"""What is left of a lead's value by how long it has waited."""

import numpy as np
from numpy.typing import NDArray

from crm import CrmData, matches
from scenarios.ageing import Ageing
from scenarios.duration import plain_time

DAY, NANO = 86400.0, 1e9
"""Seconds of a day, and parts of a second."""


def part_left(crm: CrmData, ageing: Ageing | None) -> NDArray[np.float64]:
    """Return what is left of each lead's value, shape (n_leads,)."""
    if ageing is None:
        return np.ones(len(crm.leads))
    age = (crm.as_of - crm.leads["created_at"]).dt.total_seconds() / DAY
    waited = np.maximum(age.fillna(0).to_numpy(dtype=float), 0)
    return np.asarray(0.5 ** (waited / half_lives(crm, ageing)), dtype=float)


def half_lives(crm: CrmData, ageing: Ageing) -> NDArray[np.float64]:
    """Return each lead's half-life, shape (n_leads,), days; infinite for none."""
    general = _days(ageing.half_life) if ageing.half_life else np.inf
    half_life = np.full(len(crm.leads), general)
    for group in reversed(ageing.groups):
        own = matches(crm.leads, group.where, crm.calendar.zone)
        half_life[own] = _days(group.half_life)
    return half_life


def _days(duration: str) -> float:
    return plain_time(duration) / NANO / DAY
