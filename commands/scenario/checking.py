"""Whether a scenario and its tables can be used, and what is odd about them."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.command.checks import check_file, spare_inputs
from commands.command.command import (
    FILE,
    OUT_FILE,
    as_json,
    as_of,
    command,
    data,
    scenario,
)
from commands.command.issues import show
from commands.command.output import echo_record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crm import Issue
    from reporting.text.rules.rule_tests import TestReport
    from runs import Prepared
    from scenarios.lint.linting import Lint


@command("rightrep check daily.yaml --junit tests.xml")
@scenario
@data
@as_of
@click.option("--html", type=OUT_FILE, help="HTML file to write the reading to, too.")
@click.option(
    "--junit", type=OUT_FILE, help="JUnit XML file to write the scenario's tests to."
)
@click.option(
    "--model", type=FILE, help="A trained model, for tests that ask for scores."
)
@as_json
def check(
    scenario: Path,
    data: Path | None,
    as_of: date | None,
    html: Path | None,
    junit: Path | None,
    model: Path | None,
    as_json: bool,
) -> None:
    """Show how the tables are read, every problem in them, and run the tests."""
    from reporting import stages
    from runs import prepare, remembering
    from runs.rule_testing import tests_of, words_nobody_has
    from scenarios.lint.linting import lint

    for file in filter(None, (html, junit)):
        check_file(file)
    with stages(1) as stage:
        plain = prepare(scenario, data, stage, as_of=as_of, records=True)
        refuse_model_without_tests(plain, model, junit)
        report = tests_of(plain, model, stage)
        prepared = remembering(plain)
        reach = prepared.reach
        linted = lint(reach, plain.crm)
        warnings = [*prepared.warnings, *reach.issues(), *linted.issues]
        warnings += words_nobody_has(plain)
    if html is not None:
        write_reading(html, prepared, warnings)
    if junit is not None and report is not None:
        write_junit(junit, prepared, report)
    if as_json:
        show_json(prepared, warnings, linted, report)
    else:
        show_text(prepared, warnings, linted, report)
    if report is not None and report.of_outcome("failed"):
        from runs import ExitCode

        sys.exit(ExitCode.BAD_INPUT)


def refuse_model_without_tests(
    prepared: "Prepared", model: Path | None, junit: Path | None
) -> None:
    """Raise where an option is of tests, and the scenario has none."""
    if prepared.file.scenario.tests:
        return
    for name, given in {"--junit": junit, "--model": model}.items():
        if given is not None:
            raise click.UsageError(
                f"{name} is for the scenario's tests, and it has none: see `tests`"
            )


def show_json(
    prepared: "Prepared",
    warnings: "Sequence[Issue]",
    linted: "Lint",
    report: "TestReport | None",
) -> None:
    """Print all that was found as one object."""
    from reporting import day_json, issue_rows, reading_json
    from reporting.text.layout.json_record import record_of

    rows = record_of(prepared.reach.table.to_dict("records"))
    told: dict[str, Any] = {
        "ok": report is None or not report.of_outcome("failed"),
        "day": day_json(prepared.crm),
        "issues": issue_rows([*warnings, *failed_tests(prepared, report)]),
        "reach": rows,
        "notes": list(prepared.earlier.notes),
        "typical_day": record_of(linted.typical),
    }
    if report is not None:
        told["tests"] = record_of(report)
    echo_record({**told, "reading": reading_json(prepared.crm)})


def show_text(
    prepared: "Prepared",
    warnings: "Sequence[Issue]",
    linted: "Lint",
    report: "TestReport | None",
) -> None:
    """Print the reading, what is odd, the tests, and the day."""
    from reporting import (
        counted,
        day_text,
        reach_text,
        reading_text,
        window_text,
    )
    from reporting.text.rules.rule_tests import rule_tests_text
    from runs.service_levels.described import clock_lines

    crm, reach = prepared.crm, prepared.reach.table
    click.echo(f"{reading_text(crm)}\n")
    if len(reach):
        click.echo(f"{reach_text(reach)}\n")
    show(warnings, err=False)
    for note in prepared.earlier.notes:
        click.echo(f"note: {note}")
    is_given = prepared.file.scenario.calendar is not None
    click.echo(f"day: {day_text(crm, is_given=is_given)}")
    click.echo(f"window: {window_text(crm)}")
    for line in clock_lines(prepared.file.scenario, crm):
        click.echo(line)
    if linted.typical is not None:
        click.echo(f"typical day: {linted.typical}")
    failed = failed_tests(prepared, report)
    if report is not None:
        show(failed, err=False)
        click.echo(rule_tests_text(report))
    if not failed:
        click.echo(
            f"ok: {counted(len(crm.leads), 'lead')}, {counted(len(crm.reps), 'rep')}, "
            f"{len(crm.history):,} rows of history, "
            f"{counted(len(prepared.file.scenario.rules), 'rule')}, "
            f"{counted(len(warnings), 'warning')}"
        )


def failed_tests(prepared: "Prepared", report: "TestReport | None") -> "list[Issue]":
    """Return an error for each expectation that failed, where it stands."""
    from scenarios.rule_tests.testing import failures

    return [] if report is None else failures(prepared.file, report)


def write_junit(path: Path, prepared: "Prepared", report: "TestReport") -> None:
    """Write what became of the tests as JUnit's XML."""
    from crm import write_whole
    from reporting.junit import junit_xml

    spare_inputs(path, prepared)
    write_whole(path, junit_xml(report))


def write_reading(
    path: Path, prepared: "Prepared", warnings: "Sequence[Issue]"
) -> None:
    """Write the page of how the tables were read."""
    from crm import write_whole
    from reporting import render_reading

    spare_inputs(path, prepared)
    scenario = prepared.file.scenario
    page = render_reading(
        prepared.crm,
        prepared.reach.table,
        [issue.in_one_line for issue in warnings],
        f"How the tables of {scenario.name} are read",
        has_calendar=scenario.calendar is not None,
    )
    write_whole(path, page)
