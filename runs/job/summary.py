"""A run in about ten lines, and the caveats beside them."""

from collections.abc import Iterator

import pandas as pd

from crm import Issue
from reporting import quality_sentence, rep_sentence, run_lines, run_notes
from runs.job.run import Run
from scoring import ModelCard
from scoring.history.rows import known_history


def summary(run: Run) -> list[tuple[str, str]]:
    """Return about ten pairs of label and value."""
    return run_lines(run.figures)


def notes(run: Run) -> list[str]:
    """Return the caveats of the figures."""
    if not run.result.status.has_solution:
        return run_notes(run.figures)
    ties = [run.near_ties.sentence] if run.near_ties else []
    return [*run_notes(run.figures), *ties, *model_notes(run)]


OPTIONS = ("keep", "leave_out", "interaction_features")


def leak_warnings(card: ModelCard) -> list[Issue]:
    """Return a warning for each column with target leakage, or what looks like it."""
    left_out = "target leakage, so the model does not use it"
    used = "might be target leakage, though the model uses it"
    columns = [(name, left_out, reason) for name, reason in card.leaks.items()]
    columns += [(name, used, reason) for name, reason in card.suspects.items()]
    return [
        Issue("history", f"{use}: {reason}", column=name, severity="warning")
        for name, use, reason in columns
    ]


def model_notes(run: Run) -> Iterator[str]:
    """Yield the caveats of the model's scores."""
    card = run.scored.trained.card
    for issue in leak_warnings(card):
        yield f"{'Leak' if issue.column in card.leaks else 'Suspect'} in {issue}"
    measures = card.validation.measures
    if measures is None or measures.over_constant.high < 0:
        yield quality_sentence(card)
    yield from _provenance(run, card)
    yield from _other_options(run, card)
    is_unsure = card.rep_finding.used and card.rep_finding.answer == "cannot_tell"
    if is_unsure and run.file.scenario.objective.tie_width is None:
        yield (
            "Whether reps differ cannot be told, yet differences of their scores "
            "decide who gets which lead; objective: {tie_width: auto} spreads leads by "
            "load instead, and says what that costs."
        )
    if not card.rep_finding.used:
        yield (
            "Reps are treated as equal, so the rules and capacities decide who gets "
            f"which lead. {rep_sentence(card)}"
        )


def _provenance(run: Run, card: ModelCard) -> Iterator[str]:
    """Yield when and on what a model was fitted, if not on this day's history."""
    known_at, day = pd.Timestamp(card.training.as_of), run.crm.as_of
    n_rows = card.n_closed + card.n_open
    fitted = f"The model was fitted on {n_rows:,} rows of history known at "
    fitted += f"{known_at:%Y-%m-%d %H:%M}"
    if known_at > day:
        yield f"{fitted}, AFTER this day: it may know how these leads ended."
    elif known_at < day:
        yield f"{fitted}, {_span(day - known_at)} before this day."
    elif run.file.scenario.data.history is not None:
        n_known = len(known_history(run.crm.history, day))
        if n_known != n_rows:
            yield f"{fitted}; the history given now has {n_known:,}."


def _other_options(run: Run, card: ModelCard) -> Iterator[str]:
    """Yield the options of scoring under which another model would be fitted."""
    spec = run.file.scenario.scoring
    for name in OPTIONS:
        fitted, wanted = getattr(card.training, name), getattr(spec, name)
        if _as_set(fitted) != _as_set(wanted):
            yield (
                f"The model was fitted with scoring.{name} = {_named(fitted)}; the "
                f"scenario asks for {_named(wanted)}: train again to have that."
            )


def _as_set(names: list[str] | tuple[str, ...] | None) -> frozenset[str] | None:
    return None if names is None else frozenset(names)


def _named(names: list[str] | tuple[str, ...] | None) -> str:
    return "the default" if names is None else f"[{', '.join(names)}]"


def _span(passed: pd.Timedelta) -> str:
    days = passed / pd.Timedelta(days=1)
    return f"{days:.0f} days" if days >= 1.5 else f"{24 * days:.0f} hours"
