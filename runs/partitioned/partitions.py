"""The partitions of a day: stretches of the rows of its leads."""

from dataclasses import dataclass
from pathlib import Path

from crm import Source
from crm.files import PARQUET, why_unreadable_table
from crm.formats.parquet_rows import FIRST_ROW, Stretch, n_parquet_rows
from scenarios import ScenarioFile

LARGE = 500_000
"""Leads from which a day is decided in partitions."""
SIZE = 100_000
"""Leads of a partition."""


@dataclass(frozen=True)
class Partition:
    """A stretch of the day's leads.

    Attributes
    ----------
    number
        From 0 on.
    rows
        Of the leads' table, as messages number them.
    """

    number: int
    rows: Stretch

    @property
    def name(self) -> str:
        """What its files are called."""
        return f"part-{self.number:05d}"

    @property
    def n_leads(self) -> int:
        """Number of rows."""
        return self.rows.last - self.rows.first + 1

    def of(self, file: ScenarioFile) -> ScenarioFile:
        """Return the scenario of these leads alone."""
        leads = file.scenario.data.leads.model_copy(update={"rows": tuple(self.rows)})
        return file.read_by({"leads": leads})


def partitions_of(file: ScenarioFile, folder: Path, size: int) -> tuple[Partition, ...]:
    """Return the partitions of the day's leads, in the order of their rows."""
    first, last = _stretch(file.scenario.data.leads, folder)
    starts = range(first, last + 1, size)
    return tuple(
        Partition(number, Stretch(start, min(start + size - 1, last)))
        for number, start in enumerate(starts)
    )


def is_large(file: ScenarioFile, folder: Path) -> bool:
    """Tell whether the leads are a Parquet table with too many rows for one go."""
    leads = file.scenario.data.leads
    if leads.file is None or Path(leads.file).suffix.lower() != PARQUET:
        return False
    if why_unreadable_table(folder / leads.file):
        return False
    try:
        return n_leads_of(file, folder) >= LARGE
    except (ImportError, OSError, ValueError):
        # Reading the table tells what is wrong with it.
        return False


def n_leads_of(file: ScenarioFile, folder: Path) -> int:
    """Return how many rows the leads' Parquet table has."""
    first, last = _stretch(file.scenario.data.leads, folder)
    return last - first + 1


def _stretch(leads: Source, folder: Path) -> Stretch:
    if leads.rows is not None:
        return Stretch(*leads.rows)
    assert leads.file is not None
    return Stretch(FIRST_ROW, FIRST_ROW + n_parquet_rows(folder / leads.file) - 1)
