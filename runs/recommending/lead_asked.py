"""Which lead is asked about: one of a day, or one that came in since."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from crm import CrmData, Source, shorten, suggestion
from crm.cells import cell_text
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
    """Return sentences on what the model does not know of a lead, or of its words."""
    features = trained.model.lead_model_.features
    notes = [*_new_words(leads, features.categorical)]
    names = [*features.numeric, *features.categorical, *features.encoded]
    if missing := missing_columns(leads, names):
        notes.append(
            f"Not known of this lead, so taken as missing: {', '.join(missing)}. Its "
            "P(convert) is rougher for it."
        )
    return notes


def _new_words(
    leads: pd.DataFrame, known: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    """Yield each word of the lead that history never had, with the nearest."""
    for column, words in known.items():
        text = "" if column not in leads else cell_text(leads[column].iloc[0])
        if text and text not in words:
            end = suggestion(text, words) or "."
            yield f"{column} {shorten(text)!r} is new: history never had it{end}"


def of_kept_lead(
    kept: KeptLead, unit: str, source: str, names: Mapping[str, str]
) -> Recommendation:
    """Return what there is to say of a lead that the run left with its owner."""
    owner = rep_name(kept.rep_id, names) if kept.rep_id else ""
    return Recommendation(kept.lead_id, unit, source, (), (), 0, owner, kept)
