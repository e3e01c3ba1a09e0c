"""The rules of a scenario in plain sentences."""

from datetime import date
from pathlib import Path

import click

from commands.command.checks import check_file, spare_inputs
from commands.command.command import (
    FILE,
    OUT_FILE,
    as_json,
    as_of,
    command,
    data,
    model,
    scenario,
)
from commands.command.issues import show
from commands.command.output import echo_record


@command("rightrep rules daily.yaml --against runs/monday")
@scenario
@data
@as_of
@model
@click.option(
    "--against",
    type=FILE,
    help="Say only what changed, against another scenario or that of a run folder.",
)
@click.option("--html", type=OUT_FILE, help="HTML file to write the page to, too.")
@as_json
def rules(
    scenario: Path,
    data: Path | None,
    as_of: date | None,
    model: Path | None,
    against: Path | None,
    html: Path | None,
    as_json: bool,
) -> None:
    """Tell the rules in plain sentences, and whom each concerns today."""
    from crm import write_whole
    from reporting import stages
    from reporting.page.rule_sheet_page import render_changes, render_sheet
    from reporting.text.layout.json_record import record_of
    from reporting.text.rules.rule_sheet import (
        RuleChanges,
        RuleSheet,
        rule_changes_text,
        rule_sheet_text,
    )
    from runs import prepare, remembering
    from runs.rule_sheets import changes_against, earlier_scenario, reach_of
    from scenarios.rule_sheet.sheet import rule_sheet

    if html is not None:
        check_file(html)
    record: RuleSheet | RuleChanges
    with stages(1 if model is None else 2) as stage:
        before = None if against is None else earlier_scenario(against)
        prepared = prepare(scenario, data, stage, as_of=as_of)
        prepared = remembering(prepared, model) if before is None else prepared
        if html is not None:
            spare_inputs(html, prepared)
        reach = reach_of(prepared, model, stage)
    show(prepared.warnings)
    if before is None:
        sheet = rule_sheet(reach, prepared.earlier.notes)
        text, page, record = rule_sheet_text(sheet), render_sheet(sheet), sheet
    else:
        changes = changes_against(reach, before)
        text, page = rule_changes_text(changes), render_changes(changes)
        record = changes
    if html is not None:
        write_whole(html, page)
    return echo_record(record_of(record)) if as_json else click.echo(text)
