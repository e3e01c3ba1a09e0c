"""Published generalised-assignment instances, as problems of leads and reps."""

from collections.abc import Iterator
from csv import DictReader
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from solver import Problem
from solver.problem.constraints import Limit

Sense = Literal["min", "max"]

BOUNDS = "bounds.csv"
LITERATURE = "c0515 c0520 c0525 c0530 c0824 c0832 c0840 c0848 c1030 c1040 c1050 c1060"
"""gap1 to gap12, published as maximisation; all others are minimised."""


class InstanceError(ValueError):
    """A file is no instance."""


@dataclass(frozen=True, eq=False)
class Instance:
    """Every job goes to one agent, and what the agents use fits.

    Attributes
    ----------
    name, sense
        As published.
    cost, effort
        Shape (n_agents, n_jobs).
    capacity
        Shape (n_agents,).
    best_known
        Objective value, NaN where nobody says.
    """

    name: str
    sense: Sense
    cost: NDArray[np.float64]
    effort: NDArray[np.float64]
    capacity: NDArray[np.float64]
    best_known: float

    @property
    def sign(self) -> float:
        """What turns a value of the problem into an objective of the instance."""
        return 1.0 if self.sense == "max" else -1.0

    @property
    def problem(self) -> Problem:
        """Jobs as leads that must be assigned, agents as reps with so many hours."""
        n_reps, n_leads = self.cost.shape
        pair = np.arange(n_leads * n_reps).reshape(n_leads, n_reps)
        effort = self.effort.T
        limits = tuple(
            Limit("workload", "hours", f"R{j}", pair[:, j], effort[:, j], upper=most)
            for j, most in enumerate(self.capacity)
        )
        return Problem(
            lead_ids=np.array([f"L{i}" for i in range(n_leads)], dtype=object),
            rep_ids=np.array([f"R{j}" for j in range(n_reps)], dtype=object),
            indptr=np.arange(n_leads + 1) * n_reps,
            rep=np.tile(np.arange(n_reps, dtype=np.int32), n_leads),
            value=self.sign * self.cost.T.ravel(),
            capacity=np.full(n_reps, n_leads),
            arrival=np.arange(n_leads),
            must=np.ones(n_leads, dtype=bool),
            uses_slot=np.ones(n_leads * n_reps, dtype=bool),
            skip_cost=np.zeros(n_leads),
            limits=limits,
        )


def instances(folder: Path, names: tuple[str, ...] = ()) -> Iterator[Instance]:
    """Yield the instances of a folder by name, or those of these names.

    Raises
    ------
    InstanceError
        Where a file is no instance, or bounds.csv no table of bounds.
    """
    known = _known(folder / BOUNDS)
    files = {path.name: path for path in sorted(folder.iterdir()) if _may_be(path)}
    for name in names or files:
        if name not in files:
            raise InstanceError(f"{folder} has no instance {name}")
        yield _read(files[name], known)


def _may_be(path: Path) -> bool:
    return path.is_file() and path.suffix not in {".csv", ".md"}


def _known(path: Path) -> dict[tuple[str, str], float]:
    """Return instance and sense -> best known value."""
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(DictReader(file))
    better = {"min": "best_known_upper", "max": "best_known_lower"}
    try:
        return {
            (row["instance"], row["sense"]): float(row[better[row["sense"]]])
            for row in rows
        }
    except (KeyError, TypeError, ValueError) as error:
        columns = "instance, sense (min or max), best_known_lower, best_known_upper"
        raise InstanceError(f"{path}: expected the columns {columns}") from error


def _read(path: Path, known: dict[tuple[str, str], float]) -> Instance:
    try:
        numbers = np.array(path.read_text(encoding="utf-8").split(), dtype=float)
    except (ValueError, UnicodeDecodeError) as error:
        raise InstanceError(f"{path}: expected numbers only: {error}") from error
    n_agents, n_jobs = (
        (int(number) for number in numbers[:2]) if len(numbers) > 1 else (0, 0)
    )
    size = n_agents * n_jobs
    if size <= 0 or len(numbers) != 2 + 2 * size + n_agents:
        expected = "two sizes, then as many costs, efforts and capacities as they say"
        raise InstanceError(f"{path}: {len(numbers)} numbers; expected {expected}")
    cost, effort, capacity = np.split(numbers[2:], [size, 2 * size])
    sense = _sense(path.name, known)
    return Instance(
        path.name,
        sense,
        cost.reshape(n_agents, n_jobs),
        effort.reshape(n_agents, n_jobs),
        capacity,
        known.get((path.name, sense), np.nan),
    )


def _sense(name: str, known: dict[tuple[str, str], float]) -> Sense:
    """Return the sense that is listed; that of the literature where both are."""
    listed: list[Sense] = [s for s in ("min", "max") if (name, s) in known]
    if len(listed) == 1:
        return listed[0]
    published = name.split("_")[0] in LITERATURE.split()
    return "max" if len(listed) == 2 and published else "min"
