"""Policies side by side on one problem."""

from datetime import date
from pathlib import Path

import click

from commands.command.checks import check_policies
from commands.command.command import (
    as_json,
    as_of,
    command,
    data,
    model,
    policies,
    scenario,
)
from commands.command.issues import show
from commands.command.output import echo_record

HALF = 0.5
"""Part of the time limit for the backtest, and for the comparison beside it."""


@command("rightrep compare daily.yaml --policy optimal --policy round_robin")
@scenario
@data
@as_of
@model
@policies
@click.option(
    "--measure",
    is_flag=True,
    help="Backtest the policies as well, and show what history measures of them.",
)
@as_json
def compare(
    scenario: Path,
    data: Path | None,
    as_of: date | None,
    model: Path | None,
    policies: tuple[str, ...],
    measure: bool,
    as_json: bool,
) -> None:
    """Show policies side by side on one problem."""
    from evaluation import MEASURED, compare_policies
    from reporting import (
        comparison_json,
        comparison_text,
        evidence_sentence,
        rep_sentence,
        stages,
    )
    from runs import (
        backtest,
        empty_day_notes,
        find_model,
        leak_warnings,
        prepare,
        remembering,
        score,
        with_history,
    )
    from solver import POLICIES
    from solver.problem.deadline import Deadline

    check_policies(policies)
    chosen = policies or tuple(POLICIES)
    lifts, label, source = None, MEASURED, ""
    with stages(5 if measure else 3) as stage:
        known = None if measure else model
        prepared = prepare(scenario, data, stage, as_of=as_of, model=known)
        today = remembering(prepared, model)
        scored = score(today, find_model(prepared, model, stage), stage)
        if measure:
            tested = backtest(
                with_history(prepared),
                chosen,
                part=HALF,
                expectation=False,
                stage=stage,
                progress=stage.note,
            )
            lifts, label = tested.lifts, tested.label
            source = evidence_sentence(tested)
    show([*scored.warnings, *leak_warnings(scored.trained.card)])
    solve = prepared.file.scenario.solve
    deadline = Deadline.after(solve.time_limit * (HALF if measure else 1.0))
    compared = compare_policies(
        scored.day,
        chosen,
        expected=scored.scores.probability,
        measured=lifts,
        label=label,
        seed=solve.seed,
        time_limit=deadline.seconds,
    )
    assigns = bool((compared["assigned"] > 0).any())
    notes = [] if assigns else empty_day_notes(scored, deadline.seconds)
    notes += today.unread
    finding = rep_sentence(scored.trained.card)
    if as_json:
        record = {**comparison_json(compared, source), "rep_effect": finding}
        return echo_record({**record, "notes": notes})
    return click.echo("\n\n".join([comparison_text(compared, source), *notes, finding]))
