"""A run in about ten lines, and the caveats beside them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm.rep_names import names_of
from evaluation.labels import EXPECTED
from reporting.text.evidence.experiment import (
    ExperimentFigures,
    experiment_line,
    experiment_notes,
)
from reporting.text.layout.layout import counted, number
from reporting.text.run.conflict import conflict_sentences
from reporting.text.run.empty_day import held_back_sentences
from reporting.text.words.reasons import reason_text
from reporting.text.words.why import with_names
from solver import EXACT, Conflict, Result, Status

if TYPE_CHECKING:
    from scoring import ModelCard

ROUNDING = 1e-9
"""Costs and prices below this are rounding."""


@dataclass(frozen=True, eq=False)
class RunFigures:
    """A run in figures and tables, for reports.

    Attributes
    ----------
    scenario, as_of, unit
        Its name, the moment of the allocation, and what the objective counts.
    n_rules, is_two_level
        Rules of the scenario; whether leads went to teams first.
    available
        Shape (n_reps,); reps at work.
    optimum, result
        How the day was solved, and what was assigned: the same without an experiment.
    conflict
        Why the day is infeasible, if it is.
    assignments, unassigned, load, rule_costs
        Tables, as the run has them.
    experiment
        Its figures, if there is one.
    card
        The model's card; nothing is said of the model without one.
    cut_short
        What the time limit kept from the run, in sentences.
    """

    scenario: str
    as_of: pd.Timestamp
    unit: str
    n_rules: int
    is_two_level: bool
    available: NDArray[np.bool_]
    optimum: Result
    result: Result
    conflict: Conflict | None
    assignments: pd.DataFrame
    unassigned: pd.DataFrame
    load: pd.DataFrame
    rule_costs: pd.DataFrame
    experiment: ExperimentFigures | None
    card: "ModelCard | None"
    cut_short: Sequence[str] = ()


def run_lines(run: RunFigures) -> list[tuple[str, str]]:
    """Return about ten pairs of label and value."""
    pairs = f"{run.result.solution.problem.n_pairs:,} eligible"
    return [
        ("scenario", f"{run.scenario}, {run.as_of:%Y-%m-%d %H:%M} {run.as_of.tzinfo}"),
        ("leads", _leads(run)),
        ("unassigned", _unassigned(run)),
        ("reps", _reps(run)),
        ("pairs", f"{pairs}, {counted(run.n_rules, 'rule')}"),
        *_of_card(run),
        (EXPECTED, _expectation(run)),
        *_experiment(run),
        *_penalties(run),
        ("proof", _proof(run)),
        *_rule_costs(run),
    ]


def run_notes(run: RunFigures) -> list[str]:
    """Return the caveats of the figures."""
    if not run.result.status.has_solution:
        if run.conflict is None:
            return []
        names = names_of(run.load)
        return [with_names(each, names) for each in conflict_sentences(run.conflict)]
    optimum = run.optimum.solution
    notes = [
        *held_back_sentences(optimum, run.rule_costs, run.unit),
        f"The {EXPECTED} is what the model predicts of the leads it chose. It is not "
        "evidence that this allocation wins more than another would.",
        "Every hard rule was verified against the result without the solver.",
    ]
    if run.result.price_kind != EXACT:
        notes.append(
            f"Prices are {run.result.price_kind}: a guide to what one more slot is "
            "worth, not a promise."
        )
    if run.experiment is not None:
        notes += experiment_notes(run.experiment)
    return [*notes, *run.cut_short]


def _leads(run: RunFigures) -> str:
    solution = run.result.solution
    assigned, unassigned = solution.n_assigned, solution.n_unassigned
    return f"{len(solution.pair):,}: {assigned:,} assigned, {unassigned:,} unassigned"


def _unassigned(run: RunFigures) -> str:
    counts = run.unassigned["reason"].value_counts()
    ordered = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    return "; ".join(f"{n:,} {reason_text(str(code))}" for code, n in ordered) or "none"


def _reps(run: RunFigures) -> str:
    at_work = int(run.available.sum())
    busy = int((run.result.solution.load > 0).sum())
    reps = f"{len(run.load):,}: {at_work:,} at work, {busy:,} got leads"
    return f"{reps}; {_slots(run)}"


def _slots(run: RunFigures) -> str:
    capacity = run.load["capacity"]
    if capacity.isna().any():
        return "no capacity rule"
    used, total = int(run.result.solution.slots_used.sum()), int(capacity.sum())
    share = f" ({used / total:.0%})" if total else ""
    return f"{used:,} of {total:,} slots used{share}"


def _of_card(run: RunFigures) -> Iterator[tuple[str, str]]:
    card = run.card
    if card is not None:
        from reporting.text.model.model_sentences import rep_sentence

        yield "model", _model(card)
        yield "rep effect", rep_sentence(card)
        n_known = int(run.load["rep_id"].isin(list(card.rep_finding.reps)).sum())
        yield "rep history", f"{n_known:,} of {len(run.load):,} reps have a history"


def _model(card: "ModelCard") -> str:
    validation = card.validation
    if validation.measures is None:
        return f"not validated: {validation.problem}"
    whole, constant = validation.measures.whole, validation.measures.constant
    auc = "" if whole.auc is None else f"AUC {whole.auc:.3f}, "
    return (
        f"{auc}log loss {whole.log_loss:.3f} (constant {constant.log_loss:.3f}) on the "
        f"newest {validation.n_test:,} leads"
    )


def _expectation(run: RunFigures) -> str:
    p_convert = float(run.assignments["p_convert"].sum())
    conversions = f"{number(p_convert)} conversions"
    if run.unit == "conversions":
        return conversions
    return f"{conversions}, {number(run.result.objective)} revenue after penalties"


def _experiment(run: RunFigures) -> Iterator[tuple[str, str]]:
    if run.experiment is not None:
        yield "experiment", experiment_line(run.experiment)


def _penalties(run: RunFigures) -> Iterator[tuple[str, str]]:
    """Yield what soft rules on several leads charge; the others charge pairs."""
    charged = run.result.solution.penalties
    if run.result.status.has_solution and charged:
        costs = [f"{rule} {number(cost)}" for rule, cost in charged.items()]
        yield "penalties", "; ".join(costs)


def _rule_costs(run: RunFigures) -> Iterator[tuple[str, str]]:
    """Yield what the costliest rules take from the objective."""
    costs = run.rule_costs
    if len(costs):
        dear = costs[costs["cost"] > ROUNDING].sort_values("cost", ascending=False)
        rows = zip(dear["rule"], dear["cost"], dear["proven"], strict=True)
        shown = [
            f"{rule} {number(cost)}" + ("" if is_proven else " (not proven)")
            for rule, cost, is_proven in islice(rows, 3)
        ]
        yield "rules cost", "; ".join(shown) or "nothing"


def _proof(run: RunFigures) -> str:
    optimum = run.optimum
    if optimum.status == Status.INFEASIBLE:
        return "infeasible: the rules contradict each other today"
    if optimum.status == Status.NO_SOLUTION:
        return "no allocation found in time"
    proof = (
        f"{optimum.status}: objective {optimum.objective + 0.0:.6g}, bound "
        f"{optimum.bound + 0.0:.6g}, gap {optimum.gap + 0.0:.1e}"
    )
    if run.is_two_level:
        cost = optimum.bound - optimum.objective
        proof += "; deciding by teams first costs "
        proof += f"at most {number(cost)}" if cost > ROUNDING else "nothing"
    if not optimum.is_reproducible:
        proof += "; ended by the clock: another run may assign otherwise"
    if run.experiment is not None:
        proof += f"; assigned at random: objective {run.result.objective + 0.0:.6g}"
    return proof
