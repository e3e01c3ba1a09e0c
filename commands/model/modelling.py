"""The conversion model: fitted, validated, and its scores."""

import sys
from datetime import date
from pathlib import Path

import click

from commands.command.checks import check_file, spare_inputs
from commands.command.command import (
    OUT_FILE,
    as_json,
    as_of,
    by,
    command,
    data,
    model,
    scenario,
)
from commands.command.issues import show
from commands.command.output import echo_record


@command("rightrep train daily.yaml --model daily.model --card card.html")
@scenario
@data
@as_of
@click.option("--model", type=OUT_FILE, help="File to write; by default NAME.model.")
@click.option("--card", type=OUT_FILE, help="HTML file to write the card to, too.")
@as_json
def train(
    scenario: Path,
    data: Path | None,
    as_of: date | None,
    model: Path | None,
    card: Path | None,
    as_json: bool,
) -> None:
    """Fit and validate the conversion model; write it with its card."""
    from crm import write_whole
    from reporting import (
        aligned,
        card_json,
        card_text,
        render_card,
        stages,
    )
    from runs import find_model, json_text, leak_warnings, prepare, with_history
    from scoring import save_model

    path = model or Path(f"{scenario.stem}.model")
    record = path.with_name(f"{path.name}.card.json")
    written = {"model": path, "card": record} | ({"page": card} if card else {})
    for file in written.values():
        check_file(file)
    with stages(2) as stage:
        prepared = with_history(prepare(scenario, data, stage, as_of=as_of))
        for file in written.values():
            spare_inputs(file, prepared)
        trained = find_model(prepared, None, stage)
    show([*prepared.warnings, *leak_warnings(trained.card)])
    save_model(trained, path)
    content = card_json(trained.card)
    write_whole(record, json_text(content))
    if card:
        title = f"Model of {prepared.file.scenario.name}"
        write_whole(card, render_card(trained.card, title))
    if as_json:
        return echo_record({"model": str(path), "card": content})
    click.echo(f"{card_text(trained.card)}\n")
    return click.echo(aligned([(name, str(file)) for name, file in written.items()]))


@command("rightrep retrain daily.yaml --model daily.model")
@scenario
@data
@as_of
@click.option("--model", type=OUT_FILE, help="The file in use; by default NAME.model.")
@by
@as_json
def retrain(
    scenario: Path,
    data: Path | None,
    as_of: date | None,
    model: Path | None,
    by: str | None,
    as_json: bool,
) -> None:
    """Fit the model again; keep it only where it is not worse out of time.

    It takes the place of the file unless its log loss on leads that neither model has
    seen is larger by more than two standard errors; the file before is kept as
    FILE.previous. Where it is worse, nothing is written, and the exit code is 7.
    """
    from reporting import retrain_json, retrain_text, stages
    from runs import ExitCode, leak_warnings, prepare, retrain, with_history

    path = model or Path(f"{scenario.stem}.model")
    check_file(path)
    with stages(3) as stage:
        prepared = with_history(prepare(scenario, data, stage, as_of=as_of))
        spare_inputs(path, prepared)
        figures, trained = retrain(prepared, path, by or "", stage)
    show([*prepared.warnings, *leak_warnings(trained.card)])
    if as_json:
        echo_record(retrain_json(figures))
    else:
        click.echo(retrain_text(figures))
    sys.exit(ExitCode.ATTENTION if figures.verdict == "worse" else 0)


@command("rightrep score daily.yaml --out scores.csv")
@scenario
@data
@as_of
@model
@click.option("--out", type=OUT_FILE, required=True, help="CSV file to write.")
@as_json
def score(
    scenario: Path,
    data: Path | None,
    as_of: date | None,
    model: Path | None,
    out: Path,
    as_json: bool,
) -> None:
    """Write the value of every eligible pair of lead and rep."""
    from crm import csv_text, write_whole
    from reporting import stages
    from runs import find_model, leak_warnings, prepare, score, with_history

    check_file(out)
    with stages(3) as stage:
        prepared = prepare(scenario, data, stage, as_of=as_of, model=model)
        prepared = with_history(prepared)
        spare_inputs(out, prepared, model)
        scored = score(prepared, find_model(prepared, model, stage), stage)
    show([*scored.warnings, *leak_warnings(scored.trained.card)])
    pairs = scored.pairs
    write_whole(out, csv_text(pairs))
    if as_json:
        record = {"out": str(out), "n_pairs": len(pairs)}
        return echo_record({**record, "notes": list(prepared.unread)})
    written = f"{len(pairs):,} eligible pairs written to {out}"
    return click.echo("\n".join([written, *prepared.unread]))
