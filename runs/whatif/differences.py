"""What differs between two variants: which leads moved, and how sure it is."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation import Interval
from reporting.text.whatif.whatif_figures import MOVED, VariantDifference
from runs.job.scored import Scored
from runs.whatif.figures import SolvedVariant
from scoring.card.figures import INTERVAL_Z


def difference(
    first: SolvedVariant, other: SolvedVariant, *, with_revenue: bool = False
) -> VariantDifference:
    """Return a variant less the first one; nothing where one has no allocation.

    Parameters
    ----------
    with_revenue
        Whether expected revenue is compared, too.
    """
    if not all(v.experiment.result.status.has_solution for v in (first, other)):
        return VariantDifference(0, None, np.nan, None, pd.DataFrame(columns=MOVED))
    moved = moved_leads(first, other)
    estimate = _more(first, other, *(np.ones(len(v.owner)) for v in (first, other)))
    results = first.experiment.result, other.experiment.result
    units = {v.scored.prepared.file.scenario.objective.maximise for v in (first, other)}
    gained = results[1].objective - results[0].objective
    return VariantDifference(
        n_assigned=results[1].solution.n_assigned - results[0].solution.n_assigned,
        conversions=estimate if _is_paired(first, other) else None,
        estimate=estimate.estimate,
        objective=gained if len(units) == 1 else None,
        moved=moved,
        revenue=_more_revenue(first, other) if with_revenue else None,
    )


def _is_paired(first: SolvedVariant, other: SolvedVariant) -> bool:
    """Tell whether one model scored both, so that their errors are the same."""
    return first.scored.trained is other.scored.trained


def _more_revenue(first: SolvedVariant, other: SolvedVariant) -> Interval | None:
    """Return the difference in expected revenue, its values of deals taken as known."""
    if not _is_paired(first, other):
        return None
    return _more(first, other, first.deal_value, other.deal_value)


def _more(
    first: SolvedVariant,
    other: SolvedVariant,
    value: NDArray[np.float64],
    value_of_other: NDArray[np.float64],
) -> Interval:
    """Return what is expected more of the other, with its interval.

    Parameters
    ----------
    value, value_of_other
        What each assigned lead counts once won, each (n_assigned,).
    """
    before, after = (
        float(counts @ own.assigned["p_convert"])
        for own, counts in ((first, value), (other, value_of_other))
    )
    reach = np.nan
    if _is_paired(first, other):
        reach = INTERVAL_Z * standard_error(first, other, value, value_of_other)
    return Interval(after - before, after - before - reach, after - before + reach)


def moved_leads(first: SolvedVariant, other: SolvedVariant) -> pd.DataFrame:
    """Return one row per lead whose rep is another, with why in words."""
    rows = [
        (*move, _why(first, other, *move))
        for move in sorted(owner_changes(first.owner, other.owner))
    ]
    return pd.DataFrame(rows, columns=MOVED, dtype=object)


def owner_changes(
    before: Mapping[str, str], after: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    """Yield lead, rep before and rep after of each lead whose owner is another.

    Parameters
    ----------
    before, after
        Lead id -> rep id; a lead that is missing has none (``""``).
    """
    for lead in dict.fromkeys([*before, *after]):
        was, now = before.get(lead, ""), after.get(lead, "")
        if was != now:
            yield lead, was, now


def _why(
    first: SolvedVariant, other: SolvedVariant, lead: str, before: str, after: str
) -> str:
    """Return why a lead moved: why it is where it is now, and was nowhere before."""
    now = other.why.get(lead, "not in this scenario")
    if before or not after:
        return now
    was = first.why.get(lead, "not in the first scenario")
    return f"{now}; before, {was}"


def standard_error(
    first: SolvedVariant,
    other: SolvedVariant,
    value: NDArray[np.float64] | float = 1.0,
    value_of_other: NDArray[np.float64] | float = 1.0,
) -> float:
    """Return the standard error of the difference of two expectations of one model.

    The difference is that of the leads that moved; a lead that stays has the same error
    on both sides. By the delta method over what the model is unsure of: what each rep
    adds to leads and to their features, and the level of all leads.

    Parameters
    ----------
    value, value_of_other
        What each assigned lead counts once won, each (n_assigned,).
    """
    slopes = _slopes(other, value_of_other)
    gradient = slopes.sub(_slopes(first, value), fill_value=0.0)
    gradient = gradient[gradient[0].abs() > 0].groupby(level=1).sum()
    errors = first.scored.trained.model.rep_effects_.uncertainties(
        gradient.index.tolist()
    )
    of_reps = np.linalg.norm(gradient.to_numpy() * errors[:, : gradient.shape[1]])
    level = level_error(first.scored) * float(gradient[0].sum())
    return float(np.hypot(of_reps, level))


def _slopes(variant: SolvedVariant, value: NDArray[np.float64] | float) -> pd.DataFrame:
    """Return what a log odd more of each part of a rep adds, by lead and rep.

    The first column is that of what the rep adds to all leads, the others those of the
    features that suit one rep better than another.
    """
    p, pairs = variant.assigned["p_convert"].to_numpy(), ["lead_id", "rep_id"]
    scores, leads = variant.scored.scores, variant.scored.prepared.crm.leads["lead_id"]
    place = pd.Index(leads).get_indexer(variant.assigned["lead_id"])
    factors = (
        scores.lead_factors[place]
        if scores.lead_factors.size
        else np.empty((len(p), 0))
    )
    part = np.hstack([np.ones((len(p), 1)), factors]) * (value * p * (1 - p))[:, None]
    return pd.DataFrame(part, index=pd.MultiIndex.from_frame(variant.assigned[pairs]))


def level_error(scored: Scored) -> float:
    """Return the standard error of the level of all leads in log odds.

    By the newest rows of history, on which the model was validated; 0 without.
    """
    measures = scored.trained.card.validation.measures
    if measures is None:
        return 0.0
    level = measures.level
    spread = level.predicted * (1 - level.predicted)
    return level.standard_error / spread if spread else 0.0
