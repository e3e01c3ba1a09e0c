"""Names of the levels, reps, teams and companies of a world."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.worlds.spec import WorldSpec

_LEVELS = {
    "territory": ("North", "South", "East", "West", "Centre", "Islands"),
    "product": ("Cloud", "Network", "Security", "Support"),
    "source": ("web", "event", "partner", "cold list", "referral"),
    "language": ("en", "de", "fr", "es"),
    "team": ("Atlas", "Birch", "Cedar", "Delta"),
}
_SIGNALS = ("engagement", "fit", "intent", "growth", "budget", "urgency")
_REPS = """
Amira Haddad, Bruno Keller, Chloé Martin, Daniel Okafor, Elena Ruiz, Farid Benali,
Greta Lindqvist, Hugo Ferreira, Ivana Horvat, Jonas Weber, Katarina Novak,
Liam O'Connor, Mei Tanaka, Nora Schmidt, Oscar Vidal, Priya Raman
"""
_MANAGERS = ("Ines Duarte", "Marek Nowak", "Sofia Rossi", "Peter Jansen")
_FIRST = "Alder Bright Cobalt Delta Elm Falcon Granit Harbour Iris Kestrel Lumen"
_SECOND = "Optics Foods Logistics Clinics Mills Textiles Energy Books Tools Studios"
_MARKED_UP = "<b>Smith & Söhne</b>"
"""A name that no page may take for HTML."""


def level_names(spec: WorldSpec, column: str, n_levels: int) -> NDArray[np.object_]:
    """Return the levels of a text column, (n_levels,) text."""
    return _numbered(spec, _LEVELS[column], n_levels, f"{column} {{}}")


def level_codes(
    spec: WorldSpec, leads: pd.DataFrame, column: str, n_levels: int
) -> NDArray[np.intp]:
    """Return the position of each lead's level, (n_leads,); -1 for any other text."""
    known = pd.Index(level_names(spec, column, n_levels), dtype=object)
    return known.get_indexer(pd.Index(leads[column], dtype=object))


def numeric_names(spec: WorldSpec) -> list[str]:
    """Return the names of the numeric columns."""
    return list(_numbered(spec, _SIGNALS, spec.n_numeric, "signal_{}"))


def rep_names(spec: WorldSpec) -> NDArray[np.object_]:
    """Return the names of the reps, (n_reps,) text."""
    names = [name.strip() for name in _REPS.split(",")]
    return _numbered(spec, names, spec.n_reps, "Rep {}")


def manager_names(spec: WorldSpec) -> NDArray[np.object_]:
    """Return the names of the teams' managers, (n_teams,) text."""
    return _numbered(spec, _MANAGERS, spec.n_teams, "Manager {}")


def company_names(n_leads: int) -> NDArray[np.object_]:
    """Return the names of the leads' companies, (n_leads,); one looks like HTML."""
    first, second = _FIRST.split(), _SECOND.split()
    names = [f"{name} {trade}" for trade in second for name in first]
    names[1] = _MARKED_UP
    return np.resize(np.array(names, dtype=object), n_leads)


def text(
    cells: Sequence[str] | NDArray[Any], index: pd.Index | None = None
) -> pd.Series:
    """Return a text column with these row labels."""
    return pd.Series(cells, index, dtype=object)


def _numbered(
    spec: WorldSpec, names: Sequence[str], n: int, numbered: str
) -> NDArray[np.object_]:
    """Return the names where the world has any, and numbers for the rest, (n,)."""
    first = names[:n] if spec.named else ()
    rest = [numbered.format(place + 1) for place in range(len(first), n)]
    return np.array([*first, *rest], dtype=object)
