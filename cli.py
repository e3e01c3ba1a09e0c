"""The command line: parse, call one function, print, exit code.

Rooms are imported inside the commands, so that `--help` is instant.
"""

import json
import os
import sys
from collections.abc import Callable
from functools import wraps
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from scenarios import Prepared, Run

STAGES = 6
INTERRUPTED = 130

FILE = click.Path(path_type=Path)
OUT_FILE = click.Path(dir_okay=False, writable=True, path_type=Path)
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
scenario = click.argument("scenario", type=FILE)
data = click.option(
    "--data", type=FILE, help="Folder of the tables; by default the scenario's."
)
model = click.option("--model", type=FILE, help="A trained model; none is trained.")
replace = click.option(
    "--replace", is_flag=True, help="Replace an earlier result in the same folder."
)


def command(example: str) -> Callable[[Callable[..., None]], click.Command]:
    """Return a decorator for commands that fail with one block and an exit code.

    Parameters
    ----------
    example
        A command line, for the help text.
    """

    def decorate(function: Callable[..., None]) -> click.Command:
        @wraps(function)
        def guarded(**options: Any) -> None:
            from reporting import terminable

            try:
                with terminable():
                    function(**options)
            except Exception as error:
                if isinstance(error, click.ClickException | BrokenPipeError):
                    raise
                if click.get_current_context().find_root().params["debug"]:
                    raise
                sys.exit(tell(error, bool(options.get("as_json"))))
            except KeyboardInterrupt:
                click.echo("interrupted; nothing is half-written", err=True)
                sys.exit(INTERRUPTED)

        return main.command(epilog=f"Example: {example}")(guarded)

    return decorate


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: rightrep demo",
)
@click.version_option(package_name="rightrep", prog_name="rightrep")
@click.option("--debug", is_flag=True, help="Show the traceback of a failure.")
def main(debug: bool) -> None:
    """The right rep for every lead.

    Gives out a day's leads at once, so that the sum of what the model expects is
    largest while every rule holds, and proves it.
    """
    if isinstance(sys.stdout, TextIOWrapper):
        # A name that the terminal cannot show is no reason to fail.
        sys.stdout.reconfigure(errors="backslashreplace")


@command("rightrep demo --out my-demo")
@click.option("--out", type=FILE, default=Path("rightrep-demo"), show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@replace
@as_json
def demo(out: Path, seed: int, replace: bool, as_json: bool) -> None:
    """Make a small company, run its day, and compare with round robin."""
    from reporting import (
        aligned,
        check_free,
        echo_json,
        stages,
        table,
        write_folder,
    )
    from scenarios import demo, summary

    check_free(out, replace=True)
    with stages(STAGES + 1) as stage:
        made = demo(seed, stage)
    write_folder(out, made.files, replace or made.is_company_in(out))
    if as_json:
        rows = made.comparison.to_dict("records")
        return echo_json({"summary": dict(summary(made.run)), "policies": rows})
    click.echo(aligned(summary(made.run)))
    click.echo(f"\n{table(made.comparison)}\n")
    click.echo(
        "The model expectation is what the model believes of the leads it chose. The\n"
        "known truth is what this made-up company would really win on average.\n"
    )
    click.echo(f"report      {out / 'report.html'}")
    return click.echo(f"scenario    {out / 'company' / 'demo.yaml'}")


@command("rightrep init my-company")
@click.argument("directory", type=FILE)
def init(directory: Path) -> None:
    """Write a starter scenario and empty tables into a new folder."""
    from reporting import write_folder
    from scenarios import starter_files

    files = starter_files()
    write_folder(directory, files)
    click.echo("\n".join(str(directory / name) for name in files))


@command("rightrep check daily.yaml")
@scenario
@data
@as_json
def check(scenario: Path, data: Path | None, as_json: bool) -> None:
    """Show every problem in a scenario and its tables at once."""
    from reporting import counted, echo_json, issue_rows, stages
    from scenarios import prepare

    with stages(1) as stage:
        prepared = prepare(scenario, data, stage)
    if as_json:
        return echo_json({"ok": True, "issues": issue_rows(prepared.warnings)})
    for issue in prepared.warnings:
        click.echo(f"warning: {issue}")
    crm = prepared.crm
    return click.echo(
        f"ok: {counted(len(crm.leads), 'lead')}, {counted(len(crm.reps), 'rep')}, "
        f"{len(crm.history):,} rows of history, "
        f"{counted(len(prepared.file.scenario.rules), 'rule')}, "
        f"{counted(len(prepared.warnings), 'warning')}"
    )


@command("rightrep train daily.yaml --model daily.model --card card.html")
@scenario
@data
@click.option("--model", type=OUT_FILE, help="File to write; by default NAME.model.")
@click.option("--card", type=OUT_FILE, help="HTML file to write the card to, too.")
@as_json
def train(
    scenario: Path,
    data: Path | None,
    model: Path | None,
    card: Path | None,
    as_json: bool,
) -> None:
    """Fit and validate the conversion model; write it with its card."""
    from crm import write_whole
    from reporting import aligned, echo_json, render_card, stages, warn
    from scenarios import find_model, json_text, leak_warnings, prepare
    from scoring import describe, save_model

    path = model or Path(f"{scenario.stem}.model")
    record = path.with_name(f"{path.name}.card.json")
    written = {"model": path, "card": record} | ({"page": card} if card else {})
    for file in written.values():
        check_file(file)
    with stages(2) as stage:
        prepared = prepare(scenario, data, stage)
        for file in written.values():
            spare_inputs(file, prepared)
        trained = find_model(prepared, None, stage)
    warn([*prepared.warnings, *leak_warnings(trained.card)])
    save_model(trained, path)
    write_whole(record, json_text(trained.card.to_dict()))
    if card:
        title = f"Model of {prepared.file.scenario.name}"
        write_whole(card, render_card(trained.card, title))
    if as_json:
        return echo_json({"model": str(path), "card": trained.card.to_dict()})
    click.echo(f"{describe(trained.card)}\n")
    return click.echo(aligned([(name, str(file)) for name, file in written.items()]))


@command("rightrep score daily.yaml --out scores.csv")
@scenario
@data
@model
@click.option("--out", type=OUT_FILE, required=True, help="CSV file to write.")
@as_json
def score(
    scenario: Path, data: Path | None, model: Path | None, out: Path, as_json: bool
) -> None:
    """Write what every eligible pair of lead and rep is worth."""
    from crm import csv_text, write_whole
    from reporting import echo_json, stages, warn
    from scenarios import find_model, leak_warnings, prepare, score

    check_file(out)
    with stages(3) as stage:
        prepared = prepare(scenario, data, stage)
        spare_inputs(out, prepared)
        scored = score(prepared, find_model(prepared, model, stage), stage)
    warn([*prepared.warnings, *leak_warnings(scored.trained.card)])
    pairs = scored.pairs
    write_whole(out, csv_text(pairs))
    if as_json:
        return echo_json({"out": str(out), "n_pairs": len(pairs)})
    return click.echo(f"{len(pairs):,} eligible pairs written to {out}")


@command("rightrep run daily.yaml --out runs/2026-09-07")
@scenario
@data
@model
@click.option("--out", type=FILE, help="Folder to write; needed unless --dry-run.")
@click.option("--dry-run", is_flag=True, help="Do everything but write.")
@replace
@as_json
def run(
    scenario: Path,
    data: Path | None,
    model: Path | None,
    out: Path | None,
    dry_run: bool,
    replace: bool,
    as_json: bool,
) -> None:
    """Do the daily job: read, train, score, solve, check, write."""
    from reporting import check_free, stages, warn, write_folder
    from scenarios import EXIT_CODE, allocate, leak_warnings, record, run_files

    if out is None and not dry_run:
        raise click.UsageError("name a folder with --out, or add --dry-run")
    if out is not None and not dry_run:
        check_free(out, replace)
    with stages(STAGES) as stage:
        made = allocate(scenario, data, model, stage, stage.gap)
        files = run_files(made, model)
    warn([*made.scored.prepared.warnings, *leak_warnings(made.scored.trained.card)])
    if out is not None and not dry_run:
        write_folder(out, files, replace)
    manifest = str(files["manifest.json"])
    ledger = None if dry_run else record(made, manifest)
    show_run(made, None if dry_run else out, ledger, manifest, as_json)
    sys.exit(EXIT_CODE[made.result.status])


@command("rightrep verify runs/2026-09-07")
@click.argument("directory", type=FILE)
@as_json
def verify(directory: Path, as_json: bool) -> None:
    """Re-check a run folder against every rule, without the solver."""
    from reporting import counted, echo_json
    from scenarios import ExitCode, verify

    verdict = verify(directory)
    if as_json:
        echo_json({"ok": not verdict.problems, "problems": list(verdict.problems)})
    elif not verdict.problems:
        click.echo(
            f"verified: {verdict.n_assigned:,} assigned, {verdict.n_unassigned:,} left "
            f"over, {counted(verdict.n_rules, 'rule')} held, no file was changed"
        )
    for problem in verdict.problems if not as_json else ():
        click.echo(f"problem: {problem}")
    sys.exit(ExitCode.BAD_INPUT if verdict.problems else 0)


@command("rightrep explain runs/2026-09-07 L-1042 --rep R-7")
@click.argument("directory", type=FILE)
@click.argument("lead_id")
@click.option(
    "--rep",
    "reps",
    multiple=True,
    help="Solve first what forcing this rep costs; repeat for more.",
)
@as_json
def explain(
    directory: Path, lead_id: str, reps: tuple[str, ...], as_json: bool
) -> None:
    """Show why a lead has its rep, why not the others, and what forcing one costs."""
    from reporting import echo_json, explanation_json, explanation_text
    from scenarios import explain_run, score_parts

    explained = explain_run(directory, lead_id, reps)
    scores = score_parts(directory, lead_id)
    if as_json:
        return echo_json(explanation_json(explained, scores))
    return click.echo(explanation_text(explained, scores))


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


@command("rightrep schema > scenario.schema.json")
@as_json
def schema(as_json: bool) -> None:
    """Print the JSON Schema of scenario files, for editors."""
    from reporting import echo_json
    from scenarios import json_schema

    echo_json(json_schema())


def check_file(path: Path) -> None:
    """Raise where no file can be written there, before time is spent on its content."""
    if not path.name:
        raise click.UsageError("name a file to write")
    if not path.parent.is_dir():
        raise click.UsageError(f"cannot write {path}: there is no folder {path.parent}")
    if not os.access(path.parent, os.W_OK):
        raise click.UsageError(f"cannot write {path}: {path.parent} is read-only")


def spare_inputs(path: Path, prepared: "Prepared") -> None:
    """Raise where writing would destroy what was read."""
    inputs = map(os.path.realpath, prepared.inputs.values())
    if os.path.realpath(path) in inputs:
        raise click.UsageError(f"{path} is an input of the scenario; name another file")


def tell(error: Exception, as_json: bool) -> int:
    """Say what failed on stderr, and as JSON; return the exit code."""
    from reporting import counted, echo_json, issue_rows, warn
    from scenarios.failures import failure

    failed = failure(error)
    if as_json:
        issues = issue_rows(failed.issues)
        faults = [issue for issue in failed.issues if issue.severity == "error"]
        text = failed.text or f"error: {counted(len(faults), 'fault')} in the input"
        echo_json({"ok": False, "error": text, "issues": issues})
    warn(failed.issues)
    if failed.text:
        click.echo(failed.text, err=True)
    return failed.exit_code


def show_run(
    made: "Run", out: Path | None, ledger: Path | None, manifest: str, as_json: bool
) -> None:
    """Print a run's summary and what must be said beside it."""
    from reporting import aligned, echo_json
    from scenarios import notes, summary

    if as_json:
        return echo_json(json.loads(manifest))
    where = "nothing (dry run)" if out is None else str(out)
    recorded = [] if ledger is None else [("ledger", str(ledger))]
    click.echo(aligned([*summary(made), ("written", where), *recorded]))
    for note in notes(made):
        click.echo(f"note: {note}")
    return None


if __name__ == "__main__":
    main()
