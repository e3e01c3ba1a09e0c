"""Out-of-time validation beside the fit of the model that is validated."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pandas as pd
from joblib.externals.loky import BrokenProcessPool
from sklearn.base import clone

from scoring.card.figures import Validation
from scoring.censoring.weights import fit_censoring
from scoring.conversion.conversion_model import ConversionModel
from scoring.diagnostics.out_of_time import validate
from scoring.processes.beside import begun, has_room

LEAST_ROWS = 20_000
"""With fewer rows of history a process of its own takes longer than it saves."""


@contextmanager
def begun_validation(
    model: ConversionModel,
    history: pd.DataFrame,
    leads: pd.DataFrame,
    reps: pd.DataFrame,
    as_of: pd.Timestamp,
) -> Iterator[Callable[[], Validation]]:
    """Yield what returns the figures on newer rows, to be called after the fit.

    Where it pays, another process is at work on them meanwhile. A classifier of one's
    own stays in this process, and so does all where the other one was killed, as for
    want of memory.

    Parameters
    ----------
    model, history, leads, reps, as_of
        As for :meth:`scoring.conversion.conversion_model.ConversionModel.fit`.
    """

    def here() -> Validation:
        return validate(model, history, leads, reps, model.censoring_)

    has_own_classifier = model.lead_classifier is not None
    if len(history) < LEAST_ROWS or has_own_classifier or not has_room():
        yield here
        return

    def beside() -> Validation:
        try:
            return validation()
        except BrokenProcessPool:
            return here()

    task = validate_as_known, clone(model), history, leads, reps, as_of
    with begun(*task) as validation:
        yield beside


def validate_as_known(
    model: ConversionModel,
    history: pd.DataFrame,
    leads: pd.DataFrame,
    reps: pd.DataFrame,
    as_of: pd.Timestamp,
) -> Validation:
    """Return the figures, the test rows weighted by what was known at a moment."""
    return validate(model, history, leads, reps, fit_censoring(history, as_of))
