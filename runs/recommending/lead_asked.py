"""Which lead is asked about: one of a day, or one that came in since."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from crm import CrmData, Source
from reporting.text.reps.recommendation import Recommendation
from reporting.text.words.people import rep_name
from reporting.text.words.why import KeptLead
from runs.recommending.new_leads import described, missing_columns, read_lead
from scoring import TrainedModel

LONGEST = 20.0
"""Seconds that forcing the reps may take at most."""


@dataclass(frozen=True)
class LeadAsked:
    """Which lead is asked about.

    Attributes
    ----------
    lead_id
        A lead of the day; of a file, the row; "" where there is but one.
    cells
        A lead that came in since, by its columns.
    file
        A file with one.
    n
        How many reps to name.
    """

    lead_id: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    file: Path | None = None
    n: int = 5

    @property
    def is_new(self) -> bool:
        """Tell whether the lead came in since."""
        return bool(self.cells) or self.file is not None


def new_lead(
    crm: CrmData, sources: Mapping[str, Source], folder: Path, asked: LeadAsked
) -> pd.DataFrame:
    """Return a lead that came in since, as a table of one row like the day's.

    Parameters
    ----------
    crm
        The day.
    sources, folder
        How its tables are read, and the folder that files are relative to.
    """
    if asked.file is not None:
        return read_lead(crm, sources, folder, asked.file, asked.lead_id)
    return described(crm, asked.cells, asked.lead_id)


def unknown_notes(leads: pd.DataFrame, trained: TrainedModel) -> list[str]:
    """Return a sentence on what the model would like to know of a lead, if anything."""
    features = trained.model.lead_model_.features
    names = [*features.numeric, *features.categorical, *features.encoded]
    if missing := missing_columns(leads, names):
        return [
            f"Not known of this lead, so taken as missing: {', '.join(missing)}. Its "
            "P(convert) is rougher for it."
        ]
    return []


def of_kept_lead(
    kept: KeptLead, unit: str, source: str, names: Mapping[str, str]
) -> Recommendation:
    """Return what there is to say of a lead that the run left with its owner."""
    owner = rep_name(kept.rep_id, names) if kept.rep_id else ""
    return Recommendation(kept.lead_id, unit, source, (), (), 0, owner, kept)
