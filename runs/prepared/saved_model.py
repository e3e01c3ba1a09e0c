"""A saved model, and which days it spares the reading of history."""

from pathlib import Path
from typing import TYPE_CHECKING

from crm import why_unreadable
from scenarios import Scenario
from scenarios.ageing import FITTED
from solver.day.scored_columns import ASSIGNED_CONVERSION
from solver.rules.known_rules import OWN

if TYPE_CHECKING:
    from scoring import TrainedModel


def saved_model(path: Path) -> "TrainedModel":
    """Return the model of a file.

    Raises
    ------
    ModelFileError
        Where it cannot be trusted.
    """
    # A day without a model, or that is only read, needs no scikit-learn.
    from scoring import ModelFileError, load_model

    if problem := why_unreadable(path):
        raise ModelFileError(f"{path}: {problem}; rightrep train writes models")
    return load_model(path)


def asks_for_history(scenario: Scenario) -> bool:
    """Tell whether a day needs rows of history though its model is trained.

    Rules that rank reps by their record do, and rules of plug-ins may.
    """
    data, ageing = scenario.data, scenario.ageing
    return (
        data.territory_from_account
        or data.owner_from_history
        or (ageing is not None and ageing.half_life == FITTED)
        or any(("reps", ASSIGNED_CONVERSION) in rule.needs for rule in scenario.rules)
        or any(type(rule) not in OWN for rule in scenario.rules)
    )
