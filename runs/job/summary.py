"""A run in about ten lines, and the caveats beside them."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy.special import logit

from crm import Issue
from reporting import (
    block_sentence,
    quality_sentence,
    rep_sentence,
    run_lines,
    run_notes,
)
from runs.job.run import Run
from scenarios.day import idle_day
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
    return [
        *_idle(run),
        *run.scored.prepared.earlier.notes,
        *(run.scored.ageing.notes if run.scored.ageing else ()),
        *run_notes(run.figures),
        *ties,
        *model_notes(run),
    ]


def _idle(run: Run) -> Iterator[str]:
    """Yield that nobody works on the day."""
    if not run.crm.calendar.works_on(run.crm.today):
        yield f"NOTHING IS ASSIGNED: {idle_day(run.crm)}."


OPTIONS = ("keep", "leave_out", "interaction_features", "lost_after_days")
FAR, FAR_Z = 1.0, 4.0
"""Log odds, and standard errors, from which a day's level is far from history's."""
LEAST_ERROR = 1e-3


def leak_warnings(card: ModelCard) -> list[Issue]:
    """Return a warning for each column with target leakage, or what looks like it."""
    left_out = "target leakage, so the model does not use it"
    alias = "an owner's column, so the model does not use it"
    used = "might be target leakage, though the model uses it"
    columns = [(name, left_out, reason) for name, reason in card.leaks.items()]
    columns += [(name, alias, reason) for name, reason in card.aliases.items()]
    columns += [(name, used, reason) for name, reason in card.suspects.items()]
    together = [block_sentence(block) for block in card.blocks]
    return [
        Issue("history", f"{use}: {reason}", column=name, severity="warning")
        for name, use, reason in columns
    ] + [Issue("history", sentence, severity="warning") for sentence in together]


def model_notes(run: Run) -> Iterator[str]:
    """Yield the caveats of the model's scores."""
    card = run.scored.trained.card
    for issue in leak_warnings(card):
        is_certain = issue.column in {**card.leaks, **card.aliases}
        kind = "Leak" if is_certain else "Suspect"
        yield f"{kind} in {issue}"
    measures = card.validation.measures
    if measures is None or measures.over_constant.high < 0 or measures.level.is_off:
        yield quality_sentence(card)
    yield from _strange_level(run, card)
    yield from _provenance(run, card)
    yield from run.scored.prepared.unread
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


def _strange_level(run: Run, card: ModelCard) -> Iterator[str]:
    """Yield that the day's leads look far better or worse than any of history."""
    p_day = run.scored.scores.with_average_rep()
    if not len(p_day):
        return
    error = max(card.p_sd / np.sqrt(len(p_day)), LEAST_ERROR)
    mean = float(p_day.mean())
    odds = logit(np.clip([mean, card.p_mean], LEAST_ERROR, 1 - LEAST_ERROR))
    if abs(mean - card.p_mean) > FAR_Z * error and abs(odds[0] - odds[1]) > FAR:
        yield (
            "THE LEVEL IS STRANGE: the day's leads have a mean P(convert) of "
            f"{mean:.1%} with an average rep, those of history {card.p_mean:.1%} "
            f"({card.n_won / card.n_closed:.1%} were won). Look at the columns of the "
            "leads before you rely on the scores."
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
    elif run.file.scenario.data.has_history and run.crm.past is None:
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


def _as_set(
    option: list[str] | tuple[str, ...] | int | None,
) -> frozenset[str] | int | None:
    return option if option is None or isinstance(option, int) else frozenset(option)


def _named(option: list[str] | tuple[str, ...] | int | None) -> str:
    if isinstance(option, int):
        return str(option)
    return "the default" if option is None else f"[{', '.join(option)}]"


def _span(passed: pd.Timedelta) -> str:
    days = passed / pd.Timedelta(days=1)
    return f"{days:.0f} days" if days >= 1.5 else f"{24 * days:.0f} hours"
