"""What must be said of the model that scored a day."""

from collections.abc import Iterator

import pandas as pd

from crm import Issue
from runs.job.run import Run
from scoring import ModelCard
from scoring.history import known_history

OPTIONS = ("keep", "leave_out", "match_features")


def leak_warnings(card: ModelCard) -> list[Issue]:
    """Return a warning for each column that knows the future, or might."""
    left_out = "knows the future, so the model does not learn from it"
    used = "might know the future, though the model learns from it"
    said = [(name, left_out, why) for name, why in card.leaks.items()]
    said += [(name, used, why) for name, why in card.suspects.items()]
    return [
        Issue("history", f"{what}: {why}", column=name, severity="warning")
        for name, what, why in said
    ]


def model_notes(run: Run) -> Iterator[str]:
    """Yield what a reader must know of the model before trusting its scores."""
    card = run.scored.trained.card
    for issue in leak_warnings(card):
        yield f"{'Leak' if issue.column in card.leaks else 'Suspect'} in {issue}"
    measures = card.validation.measures
    if measures is None or measures.over_constant.high < 0:
        yield card.quality
    yield from _provenance(run, card)
    yield from _other_options(run, card)
    if not card.rep_finding.used:
        yield (
            "Reps are treated as equal, so the rules and capacities decide who gets "
            f"which lead. {card.rep_finding.sentence}"
        )


def _provenance(run: Run, card: ModelCard) -> Iterator[str]:
    """Yield when and by what a model was taught, if not by this day's history."""
    taught, day = pd.Timestamp(card.teaching.as_of), run.crm.as_of
    n_rows = card.n_closed + card.n_open
    told = f"The model was taught by {n_rows:,} rows of history known at "
    told += f"{taught:%Y-%m-%d %H:%M}"
    if taught > day:
        yield f"{told}, AFTER this day: it may know how these leads ended."
    elif taught < day:
        yield f"{told}, {_span(day - taught)} before this day."
    elif run.file.scenario.data.history is not None:
        n_known = len(known_history(run.crm.history, day))
        if n_known != n_rows:
            yield f"{told}; the history given now has {n_known:,}."


def _other_options(run: Run, card: ModelCard) -> Iterator[str]:
    """Yield the options of scoring under which another model would be taught."""
    asked = run.file.scenario.scoring
    for name in OPTIONS:
        was, now = getattr(card.teaching, name), getattr(asked, name)
        if _as_set(was) != _as_set(now):
            yield (
                f"The model was taught with scoring.{name} = {_named(was)}; the "
                f"scenario asks for {_named(now)}: train again to have that."
            )


def _as_set(names: list[str] | tuple[str, ...] | None) -> frozenset[str] | None:
    return None if names is None else frozenset(names)


def _named(names: list[str] | tuple[str, ...] | None) -> str:
    return "the default" if names is None else f"[{', '.join(names)}]"


def _span(passed: pd.Timedelta) -> str:
    days = passed / pd.Timedelta(days=1)
    return f"{days:.0f} days" if days >= 1.5 else f"{24 * days:.0f} hours"
