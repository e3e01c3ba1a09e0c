"""Rep effects: what each rep adds to a lead's log odds, shrunken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scoring.rep_effects.interaction_columns import InteractionColumns
from scoring.rep_effects.variance_component import (
    MATERIAL_SD,
    VarianceComponent,
    WinRates,
)

Answer = Literal["yes", "no", "cannot_tell"]


@dataclass(frozen=True)
class RepEffects:
    """Shrunken coefficients of each rep, on the logit scale.

    Attributes
    ----------
    rep_ids
        Reps with closed distributed leads, (n_reps,), by id.
    n_leads
        Leads that each rep's effect rests on, (n_reps,).
    columns
        The lead's columns that coefficients after the first are multiplied by.
    shared
        Coefficients of the average rep, (1 + k,): what to add to the lead model.
    coefficient
        Deviation of each rep from that, (n_reps, 1 + k).
    error
        Standard error of each rep's first coefficient, (n_reps,).
    uncertainty
        How far each rep's true coefficients may be from these, also where they are not
        used: root mean squares, (n_reps, 1 + k).
    levels
        Seniorities that history knows, (n_levels,).
    level
        Deviation of the average rep of each, (n_levels, 1 + k).
    main, interaction
        Variance components of the rep effects and of the interactions.
    win_rates
        The spread of the reps' win rates beside binomial noise.
    doubt
        Why these rows cannot tell whether reps differ; empty if they can.
    lasting_tested
        Whether newer rows could show that a difference lasts.
    """

    rep_ids: tuple[str, ...]
    n_leads: NDArray[np.int64]
    columns: InteractionColumns
    shared: NDArray[np.float64]
    coefficient: NDArray[np.float64]
    error: NDArray[np.float64]
    uncertainty: NDArray[np.float64]
    levels: tuple[int, ...]
    level: NDArray[np.float64]
    main: VarianceComponent
    interaction: VarianceComponent
    win_rates: WinRates
    doubt: str = ""
    lasting_tested: bool = True

    def __post_init__(self) -> None:
        """Raise ValueError unless the tables belong together."""
        n_reps, n_columns = len(self.rep_ids), len(self.shared)
        shapes = {
            "n_leads": (n_reps,),
            "coefficient": (n_reps, n_columns),
            "error": (n_reps,),
            "uncertainty": (n_reps, n_columns),
            "level": (len(self.levels), n_columns),
        }
        for name, shape in shapes.items():
            if getattr(self, name).shape != shape:
                raise ValueError(f"{name} is not of the shape {shape}")

    @property
    def answer(self) -> Answer:
        """Whether reps differ measurably."""
        if self.doubt:
            return "cannot_tell"
        if self.main.confirmed or self.interaction.confirmed:
            return "yes"
        tests = self.main.test, self.interaction.test
        if any(test.significant for test in tests):
            return "no"
        hidden = self.main.test.detectable_sd > MATERIAL_SD
        signs = any(test.suggestive for test in tests)
        return "cannot_tell" if hidden or signs else "no"

    @property
    def used(self) -> bool:
        """Tell whether any pair scores otherwise than with the average rep."""
        return self.main.used or self.interaction.used

    def deviations(
        self, rep_ids: Sequence[str], seniority: pd.Series | None = None
    ) -> np.ndarray:
        """Return the deviations of these reps, (n, 1 + k).

        A rep without history is the average of their seniority; where that is
        unknown, too, the average of all.

        Parameters
        ----------
        rep_ids
            Reps, (n,).
        seniority
            Their seniorities, (n,), missing where unknown.
        """
        known = pd.Index(self.rep_ids, dtype=object)
        place = known.get_indexer(pd.Index(rep_ids, dtype=object))
        level = position_of(seniority, self.levels, len(rep_ids))
        zero = np.zeros((1, self.coefficient.shape[1]))
        own = np.vstack([self.coefficient, zero])[place]
        average = np.vstack([self.level, zero])[level]
        return np.where((place >= 0)[:, None], own, average)

    def uncertainties(self, rep_ids: Sequence[str]) -> np.ndarray:
        """Return how far the deviations of these reps may be off, (n, 1 + k).

        That of a rep without history is how far reps lie from the average one.

        Parameters
        ----------
        rep_ids
            Reps, (n,).
        """
        known = pd.Index(self.rep_ids, dtype=object)
        place = known.get_indexer(pd.Index(rep_ids, dtype=object))
        squares = self.coefficient**2 + self.uncertainty**2
        spread = np.sqrt(squares.sum(axis=0) / max(1, len(squares)))
        return np.vstack([self.uncertainty, spread])[place]

    def hidden_by(self, columns: Mapping[str, str]) -> Self:
        """Return the same, in doubt where these columns of leads may hide a difference.

        Parameters
        ----------
        columns
            Columns of the lead model that determine the rep -> how far.
        """
        if self.answer == "yes" or self.doubt or not columns:
            return self
        name, how_far = next(iter(columns.items()))
        doubt = f"{name} {how_far}, so that neither can be told from the other"
        return replace(self, doubt=doubt)

    def withdrawn(self) -> Self:
        """Return the same with every rep average, as newer rows contradict them."""
        return replace(
            self,
            shared=np.zeros_like(self.shared),
            coefficient=np.zeros_like(self.coefficient),
            error=np.zeros_like(self.error),
            level=np.zeros_like(self.level),
            main=replace(self.main, persistence=0.0, used=False),
            interaction=replace(self.interaction, persistence=0.0, used=False),
        )


def position_of(
    seniority: pd.Series | None, levels: Sequence[int], n_reps: int
) -> np.ndarray:
    """Return each seniority's place among the levels, (n_reps,), -1 where unknown."""
    if seniority is None or not levels:
        return np.full(n_reps, -1)
    number = pd.to_numeric(seniority).to_numpy(dtype=np.float64, na_value=np.nan)
    return pd.Index(np.array(levels, dtype=np.float64)).get_indexer(pd.Index(number))
