"""The models of a replay, which know nothing of the days that are replayed."""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from crm import DataError, Issue
from reporting.text.whatif.replay_figures import ModelOrigin
from runs.job.scored import find_model, untrained
from runs.prepared.prepared import Prepared
from runs.replay.replayed_days import ReplayedDays
from scenarios import Scenario
from scoring import TrainedModel
from scoring.history.rows import known_history, with_losses


class Models:
    """Models of scenarios, each trained once on what was known before the window.

    Parameters
    ----------
    prepared
        The scenario and its tables, with history.
    window
        The days.
    model
        A model file, which serves every scenario.
    """

    def __init__(
        self, prepared: Prepared, window: ReplayedDays, model: str | Path | None
    ) -> None:
        self.prepared, self.window = prepared, window
        self._of_file = find_model(prepared, model) if model is not None else None
        self._known: dict[str, TrainedModel] = {}

    def of(self, scenario: Scenario) -> TrainedModel:
        """Return the model of a scenario.

        Raises
        ------
        DataError
            Where too little was known before the window.
        """
        if self._of_file is not None:
            return self._of_file
        unfitted = untrained(scenario)
        key = str(sorted(unfitted.get_params(deep=False).items(), key=str))
        if key not in self._known:
            # Imported here, since a replay with a model trains nothing.
            from scoring import train
            from scoring.training import why_not_trainable

            since = self.window.since
            known = known_history(self.prepared.crm.history, since)
            days = scenario.scoring.lost_after_days
            if reason := why_not_trainable(with_losses(known, days, since)):
                raise DataError([_too_little(reason, since)])
            crm = replace(self.prepared.crm, as_of=since)
            self._known[key] = train(crm, unfitted)
        return self._known[key]

    def origin(self, trained: TrainedModel) -> ModelOrigin:
        """Return what a model knew."""
        fitted = pd.Timestamp(trained.card.training.as_of)
        n_known = sum(crm.as_of < fitted for crm in self.window.days)
        n_rows = trained.card.n_closed + trained.card.n_open
        return ModelOrigin(fitted, n_rows, self._of_file is not None, n_known)


def _too_little(reason: str, since: pd.Timestamp) -> Issue:
    expected = (
        f"{reason} before {since:%Y-%m-%d}, the first day to replay; ask for fewer "
        "days, or give a model that was trained before"
    )
    return Issue("history", expected, column="--days")
