"""Where a model comes from, how good it is, and whether the rep matters."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from scoring.history import closed_history, is_won
from scoring.model import ConversionModel
from scoring.validation import Validation


@dataclass(frozen=True)
class RepFigure:
    """One rep in the card.

    Attributes
    ----------
    effect
        Shrunken effect on the logit scale; 0 unless an effect was found.
    n_leads
        Closed distributed leads it rests on.
    """

    effect: float
    n_leads: int


@dataclass(frozen=True)
class RepFinding:
    """Whether who gets the lead matters measurably, and on what evidence.

    Attributes
    ----------
    sentence
        Yes, no or cannot tell, in words.
    sd, p_value, detectable_sd, observed_sd, noise_sd, chi2_p
        As in :class:`scoring.rep_effect.RepEffect`.
    reps
        Figures by rep.
    """

    sentence: str
    sd: float
    p_value: float
    detectable_sd: float
    observed_sd: float
    noise_sd: float
    chi2_p: float
    reps: Mapping[str, RepFigure]


@dataclass(frozen=True)
class ModelCard:
    """All that a reader should know before trusting the scores.

    Attributes
    ----------
    first_assigned, last_assigned
        Span of the closed rows, ISO 8601.
    n_closed, n_won, n_open
        Closed rows and the won ones among them; open rows, which were left out.
    features
        Columns the leads are judged by.
    dropped
        Column -> why it is not used.
    validation
        Figures on the newest rows.
    rep_effect_found
        Whether the reps differ beyond noise, in a way that lasts.
    rep_finding
        The same in words and figures.
    """

    first_assigned: str
    last_assigned: str
    n_closed: int
    n_won: int
    n_open: int
    features: tuple[str, ...]
    dropped: Mapping[str, str]
    validation: Validation
    rep_effect_found: bool
    rep_finding: RepFinding

    def to_dict(self) -> dict[str, Any]:
        """Return the card as JSON knows it; what is not finite is None."""
        content: dict[str, Any] = finite(asdict(self))
        return content


def make_card(
    model: ConversionModel, history: pd.DataFrame, validation: Validation
) -> ModelCard:
    """Return the card of a model fitted on this history."""
    rows = closed_history(history)
    features = model.lead_part_.features
    return ModelCard(
        first_assigned=rows["assigned_at"].iloc[0].isoformat(),
        last_assigned=rows["assigned_at"].iloc[-1].isoformat(),
        n_closed=len(rows),
        n_won=int(is_won(rows).sum()),
        n_open=len(history) - len(rows),
        features=(*features.numeric_names, *features.categorical_names),
        dropped=features.dropped,
        validation=validation,
        rep_effect_found=model.rep_effect_.found,
        rep_finding=rep_finding(model),
    )


def rep_finding(model: ConversionModel) -> RepFinding:
    """Return what the fitted model found out about the reps."""
    found = model.rep_effect_
    figures = zip(found.effect.tolist(), found.n_leads.tolist(), strict=True)
    reps = [RepFigure(effect, n_leads) for effect, n_leads in figures]
    return RepFinding(
        sentence=found.finding,
        sd=found.sd,
        p_value=found.p_value,
        detectable_sd=found.detectable_sd,
        observed_sd=found.observed_sd,
        noise_sd=found.noise_sd,
        chi2_p=found.chi2_p,
        reps=dict(zip(found.rep_ids, reps, strict=True)),
    )


def finite(content: Any) -> Any:
    """Return the same content with None for every number that is not finite."""
    if isinstance(content, Mapping):
        return {name: finite(value) for name, value in content.items()}
    if isinstance(content, list | tuple):
        return [finite(value) for value in content]
    if isinstance(content, float) and not math.isfinite(content):
        return None
    return content
