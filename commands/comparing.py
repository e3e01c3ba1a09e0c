"""Policies side by side on one problem."""

from pathlib import Path

import click

from commands.command import as_json, command, data, model, scenario


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
    from reporting import echo_json, stages, table, warn
    from scenarios import find_model, leak_warnings, prepare, score
    from solver import POLICIES

    for policy in policies:
        if policy not in POLICIES:
            known = ", ".join(POLICIES)
            raise click.UsageError(f"no policy {policy!r}; there are {known}")
    with stages(3) as stage:
        prepared = prepare(scenario, data, stage)
        scored = score(prepared, find_model(prepared, model, stage), stage)
    warn([*prepared.warnings, *leak_warnings(scored.trained.card)])
    seed = prepared.file.scenario.solve.seed
    chosen = policies or tuple(POLICIES)
    worth = scored.scores.probability
    compared = compare_policies(scored.day, chosen, seed, worth)
    finding = scored.trained.card.rep_finding.sentence
    if as_json:
        return echo_json(
            {"policies": compared.to_dict("records"), "rep_effect": finding}
        )
    click.echo(f"{table(compared)}\n")
    click.echo("The model expectation is what the model believes, not what was gained.")
    return click.echo(finding)
