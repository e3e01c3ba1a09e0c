"""Policies side by side on one problem."""

from pathlib import Path

import click

from commands.command import as_json, command, data, model, scenario
from commands.policies import check_policies


@command("rightrep compare daily.yaml --policy optimal --policy round_robin")
@scenario
@data
@model
@click.option("--policy", "policies", multiple=True, help="A policy; repeat for more.")
@as_json
def compare(
    scenario: Path,
    data: Path | None,
    model: Path | None,
    policies: tuple[str, ...],
    as_json: bool,
) -> None:
    """Show policies side by side on one problem."""
    from evaluation import compare_policies
    from reporting import comparison_json, comparison_text, echo_json, stages, warn
    from scenarios import find_model, leak_warnings, prepare, score
    from solver import POLICIES

    check_policies(policies)
    with stages(3) as stage:
        prepared = prepare(scenario, data, stage)
        scored = score(prepared, find_model(prepared, model, stage), stage)
    warn([*prepared.warnings, *leak_warnings(scored.trained.card)])
    seed = prepared.file.scenario.solve.seed
    chosen = policies or tuple(POLICIES)
    compared = compare_policies(scored.day, chosen, seed, scored.scores.probability)
    finding = scored.trained.card.rep_finding.sentence
    if as_json:
        return echo_json({**comparison_json(compared), "rep_effect": finding})
    return click.echo(f"{comparison_text(compared)}\n\n{finding}")
