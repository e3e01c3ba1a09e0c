"""A run in about ten lines, and what must honestly be said beside it."""

from collections.abc import Iterator
from itertools import islice

from evaluation import EXPECTED
from reporting import counted, number, rep_sentence
from runs.experiment.notes import experiment_line, experiment_notes
from runs.model_notes import model_notes
from runs.run import Run
from solver import EXACT, REASON_TEXT, Reason, Status

NOTHING = 1e-9
"""Costs and prices below this are rounding."""


def summary(run: Run) -> list[tuple[str, str]]:
    """Return about ten pairs of label and value."""
    scenario, problem = run.file.scenario, run.scored.day.problem
    return [
        ("scenario", f"{scenario.name}, {run.crm.as_of:%Y-%m-%d %H:%M} UTC"),
        ("leads", _leads(run)),
        ("left over", _left_over(run)),
        ("reps", _reps(run)),
        (
            "pairs",
            f"{problem.n_pairs:,} eligible, {counted(len(scenario.rules), 'rule')}",
        ),
        ("model", _model(run)),
        ("rep effect", rep_sentence(run.scored.trained.card)),
        (EXPECTED, _expectation(run)),
        *experiment_line(run),
        *_penalties(run),
        ("proof", _proof(run)),
        *_rule_costs(run),
    ]


def notes(run: Run) -> list[str]:
    """Return what a reader must know before trusting the figures."""
    if not run.result.status.has_solution:
        return [] if run.conflict is None else list(run.conflict.sentences())
    said = [
        f"The {EXPECTED} is what the model believes of the leads it chose. It is not "
        "evidence that this allocation wins more than another would.",
        "Every hard rule was held against the result without the solver.",
    ]
    if run.result.price_kind != EXACT:
        said.append(
            f"Prices are {run.result.price_kind}: a guide to what one more slot is "
            "worth, not a promise."
        )
    return [*said, *experiment_notes(run), *model_notes(run)]


def _leads(run: Run) -> str:
    solution = run.result.solution
    given, left = solution.n_assigned, solution.n_unassigned
    return f"{len(solution.pair):,}: {given:,} assigned, {left:,} left over"


def _left_over(run: Run) -> str:
    counts = run.unassigned["reason"].value_counts()
    ordered = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    return (
        "; ".join(f"{n:,} {REASON_TEXT[Reason(str(r))]}" for r, n in ordered) or "none"
    )


def _reps(run: Run) -> str:
    at_work = int(run.scored.day.available.sum())
    busy = int((run.result.solution.load > 0).sum())
    return (
        f"{len(run.crm.reps):,}: {at_work:,} at work, {busy:,} got leads; {_slots(run)}"
    )


def _slots(run: Run) -> str:
    capacity = run.load["capacity"]
    if capacity.isna().any():
        return "no capacity rule"
    used, total = int(run.result.solution.slots_used.sum()), int(capacity.sum())
    share = f" ({used / total:.0%})" if total else ""
    return f"{used:,} of {total:,} slots used{share}"


def _model(run: Run) -> str:
    validation = run.scored.trained.card.validation
    if validation.measures is None:
        return f"not validated: {validation.problem}"
    measures = validation.measures
    whole, constant = measures.whole, measures.constant
    auc = "" if whole.auc is None else f"AUC {whole.auc:.3f}, "
    return (
        f"{auc}log loss {whole.log_loss:.3f} (constant {constant.log_loss:.3f}) on the "
        f"newest {validation.n_test:,} leads"
    )


def _expectation(run: Run) -> str:
    p_convert = float(run.assignments["p_convert"].sum())
    said = f"{number(p_convert)} conversions"
    if run.file.scenario.objective.maximise == "revenue":
        said += f", {number(run.result.objective)} revenue after penalties"
    return said


def _penalties(run: Run) -> Iterator[tuple[str, str]]:
    """Yield what soft rules on several leads charge; the others charge pairs."""
    charged = run.result.solution.penalties
    if run.result.status.has_solution and charged:
        said = [f"{rule} {number(cost)}" for rule, cost in charged.items()]
        yield "penalties", "; ".join(said)


def _rule_costs(run: Run) -> Iterator[tuple[str, str]]:
    """Yield what the dearest rules take from the objective."""
    costs = run.rule_costs
    if len(costs):
        dear = costs[costs["cost"] > NOTHING].sort_values("cost", ascending=False)
        rows = zip(dear["rule"], dear["cost"], dear["proven"], strict=True)
        said = [
            f"{rule} {number(cost)}" + ("" if is_proven else " (not proven)")
            for rule, cost, is_proven in islice(rows, 3)
        ]
        yield "rules cost", "; ".join(said) or "nothing"


def _proof(run: Run) -> str:
    result = run.optimum
    if result.status == Status.INFEASIBLE:
        return "infeasible: the rules contradict each other today"
    if result.status == Status.NO_SOLUTION:
        return "no allocation found in time"
    said = (
        f"{result.status}: objective {result.objective + 0.0:.6g}, bound "
        f"{result.bound + 0.0:.6g}, gap {result.gap + 0.0:.1e}"
    )
    if run.file.scenario.solve.two_level:
        cost = result.bound - result.objective
        said += "; deciding by teams first costs "
        said += f"at most {number(cost)}" if cost > NOTHING else "nothing"
    if run.drawn is not None:
        said += f"; given out by lot: objective {run.result.objective + 0.0:.6g}"
    return said
