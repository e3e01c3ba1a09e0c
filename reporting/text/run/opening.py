"""A run in one paragraph: what was decided, what is unusual, what to do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from crm import listed
from crm.rep_names import names_of
from evaluation.labels import EXPECTED
from reporting.text.evidence.experiment import ExperimentFigures
from reporting.text.layout.layout import counted, number
from reporting.text.run.conflict import relaxation_text
from reporting.text.run.empty_day import held_back_sentences
from reporting.text.run.placing import UnassignedGroup
from reporting.text.run.run import RunFigures
from reporting.text.words.people import rep_name
from reporting.text.words.reasons import reason_text
from reporting.text.words.why import with_names
from solver import Reason, Status

MANY_WAIT = 0.2
"""Share of leads without an owner that is worth a word."""
DUE = 2
"""Things to do that are named."""
NAMED = 3
"""Reps that a sentence names; of more it has the number."""


@dataclass(frozen=True)
class Opening:
    """The paragraph that a page begins with, in sentences.

    Attributes
    ----------
    decided, unusual, to_do
        What follows from the run's tables.
    compared, alarms
        What other policies would have done, and what is odd of the tables read, the
        model, and the runs before.
    """

    decided: Sequence[str] = ()
    unusual: Sequence[str] = ()
    to_do: Sequence[str] = ()
    compared: Sequence[str] = ()
    alarms: Sequence[str] = ()


def opening_of(
    run: RunFigures,
    groups: Sequence[UnassignedGroup],
    holes: Sequence[tuple[str, int]],
) -> Opening:
    """Return what follows from the run's tables.

    Parameters
    ----------
    groups
        Leads without an owner by reason, the largest first.
    holes
        Territories whose leads no rep at work may have, with their leads.
    """
    names = names_of(run.load)
    return Opening(
        decided=[*_decided(run)],
        unusual=[*_unusual(run, groups, holes, names)],
        to_do=[*_to_do(run, groups, names)],
    )


def _decided(run: RunFigures) -> Iterator[str]:
    solution = run.result.solution
    n_leads, n_reps = len(solution.pair), int((solution.load > 0).sum())
    if run.optimum.status == Status.INFEASIBLE:
        yield "Nothing was decided: the rules contradict each other today."
    elif not run.optimum.status.has_solution:
        yield "Nothing was decided: no allocation was found within the time limit."
    elif not n_leads:
        yield "There was no lead to assign."
    elif not solution.n_assigned:
        none = "The one lead" if n_leads == 1 else f"None of {n_leads:,} leads"
        yield f"{none} was {'not ' * (n_leads == 1)}assigned."
    else:
        were = "was" if solution.n_assigned == 1 else "were"
        at_work = counted(int(run.available.sum()), "rep")
        yield (
            f"{solution.n_assigned:,} of {counted(n_leads, 'lead')} {were} assigned to "
            f"{n_reps:,} of {at_work} at work."
        )
        yield from _quality(run)
        yield _expectation(run)


def _quality(run: RunFigures) -> Iterator[str]:
    """Yield how good the allocation is by the model, and how it was drawn."""
    what = "it" if run.experiment is None else "the optimum"
    if run.optimum.status == Status.OPTIMAL:
        is_best = "is proven to be the best that the rules allow, by the model"
        yield f"{what.capitalize()} {is_best}."
    else:
        yield (
            f"{what.capitalize()} is the best that was found within the time limit, at "
            f"most {run.optimum.gap:.1%} below the best possible."
        )
    if run.experiment is not None:
        yield _drawn(run.experiment)


def _expectation(run: RunFigures) -> str:
    conversions = number(float(run.assignments["p_convert"].sum()))
    revenue = ""
    if run.unit != "conversions":
        revenue = f", and {number(run.result.objective)} {run.unit} after penalties"
    return f"The model expects {conversions} conversions of them{revenue} ({EXPECTED})."


def _drawn(experiment: ExperimentFigures) -> str:
    if not experiment.n_control:
        return "What was assigned was drawn around it, so that it can be measured."
    leads = counted(experiment.n_control, "lead")
    policy = experiment.control_policy.replace("_", " ")
    were = "was" if experiment.n_control == 1 else "were"
    return f"{leads} {were} left to {policy} instead, so that it can be measured."


def _unusual(
    run: RunFigures,
    groups: Sequence[UnassignedGroup],
    holes: Sequence[tuple[str, int]],
    names: Mapping[str, str],
) -> Iterator[str]:
    solution = run.result.solution
    if not run.optimum.status.has_solution:
        yield f"{_all(len(solution.pair))} without an owner."
        return
    yield from held_back_sentences(run.optimum.solution, run.rule_costs, run.unit)
    n_leads = len(solution.pair)
    if groups and n_leads > solution.n_unassigned > MANY_WAIT * n_leads:
        top = groups[0]
        share = solution.n_unassigned / n_leads
        yield (
            f"{counted(solution.n_unassigned, 'lead')} ({share:.0%}) stay without an "
            f"owner, {top.n_leads:,} since {reason_text(top.code)}."
        )
    if holes:
        territory, n_leads = holes[0]
        others = len(holes) - 1
        more = f", nor {counted(others, 'other')} with leads" if others else ""
        yield f"No rep at work may have {territory} ({counted(n_leads, 'lead')}){more}."
    is_idle = run.available & (solution.load == 0)
    if is_idle.any() and solution.n_assigned and solution.n_unassigned:
        yield _idle(run.load.loc[is_idle, "rep_id"].tolist(), names)
    slots = run.load.loc[run.available, "capacity"]
    if len(slots) and (slots == 0).all():
        yield "No rep at work has a slot today."


def _idle(rep_ids: Sequence[str], names: Mapping[str, str]) -> str:
    if len(rep_ids) > NAMED:
        return f"{len(rep_ids):,} reps at work got no lead, though leads are left."
    named = listed([rep_name(rep_id, names) for rep_id in rep_ids], NAMED)
    return f"{named} got no lead, though at work and leads are left."


def _all(n_leads: int) -> str:
    return f"All {n_leads:,} leads stay" if n_leads != 1 else "The lead stays"


def _to_do(
    run: RunFigures, groups: Sequence[UnassignedGroup], names: Mapping[str, str]
) -> Iterator[str]:
    if run.conflict is not None:
        options = run.conflict.relaxations or run.conflict.joint_relaxation
        if options:
            text = with_names(relaxation_text(options[0]), names)
            yield f"Decide which rule gives way: {text}."
            return
        rules = ", ".join(run.conflict.rules)
        yield f"Decide which of these rules gives way: {rules}."
        return
    n_leads = len(run.result.solution.pair)
    actions = (_action(group, names, n_leads) for group in groups)
    yield from islice(filter(None, actions), DUE)


def _action(group: UnassignedGroup, names: Mapping[str, str], n_leads: int) -> str:
    """Return what to do about the leads of a group; "" where nothing is due."""
    leads = counted(group.n_leads, "lead")
    if group.kept_by and group.n_leads > n_leads / 2:
        return f"Look at rule {group.kept_by[0][0]}, which keeps {leads}."
    if group.full and group.full[0][1] > 0:
        rep = rep_name(group.full[0][0], names)
        need = "needs" if group.n_leads == 1 else "need"
        return f"{leads} {need} room: a slot more helps most with {rep}."
    if group.spared:
        have = "has" if group.n_leads == 1 else "have"
        return (
            f"{leads} {have} no eligible rep: look at rule {group.spared[0][0]}, or "
            "let more reps meet it."
        )
    if group.code == Reason.OUT_OF_TIME:
        return "Give the solve more time, or fewer rules."
    return ""
