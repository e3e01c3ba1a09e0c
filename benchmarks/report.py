"""The page of a run: its size, the time to make it, and the time to open it."""

import json
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from time import process_time
from typing import Any

import click

from benchmarks.rows import Row, line
from crm import csv_text
from evaluation import PRESETS, draw_world
from reporting import render
from runs import allocate, run_files
from runs.page.run_page import page_of_run
from scenarios.files import scenario_text

AIMS = {"megabytes": 1.0, "open_seconds": 1.0}
N_HISTORY = 6_500
NAMES = ("chromium", "chromium-browser", "google-chrome")
COUNT = click.IntRange(min=1)


@click.command()
@click.option("--leads", default=2_000, show_default=True, type=COUNT)
@click.option("--reps", default=100, show_default=True, type=COUNT)
@click.option("--territories", default=20, show_default=True, type=COUNT)
@click.option("--seed", default=1, show_default=True, help="Of the company.")
@click.option("--keep", type=click.Path(path_type=Path), help="Where the page stays.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, not a line.")
def main(
    leads: int,
    reps: int,
    territories: int,
    seed: int,
    keep: Path | None,
    as_json: bool,
) -> None:
    """Make the page of a day like the demo's, and open it in Chromium if there is one.

    Seconds to make it are processor time: of the run, of its files, and in these of the
    page, what is drawn and compared for it included. Seconds to open it are the best of
    five load events, and the processor time of the window's main thread.
    """
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        row = made(Path(folder), page, leads, reps, territories, seed)
        if keep is not None:
            shutil.copy(page, keep)
        row |= opened(page)
    click.echo(json.dumps([row], indent=2) if as_json else line(row))
    sys.exit(any((row[name] or 0.0) > aim for name, aim in AIMS.items()))


def made(
    folder: Path, page: Path, leads: int, reps: int, territories: int, seed: int
) -> Row:
    """Return size and seconds of a run's page, which is written."""
    write_company(folder, leads, reps, territories, seed)
    scenario = folder / "demo.yaml"
    began = process_time()
    run = allocate(scenario)
    run_files(run)  # What is imported and kept the first time is not of the page.
    warm = process_time()
    html = str(run_files(run)["report.html"])
    files = process_time()
    content = page_of_run(run, None)
    figures = process_time()
    render(content)
    rendered = process_time()
    page.write_text(html, encoding="utf-8")
    return {
        "leads": leads,
        "reps": reps,
        "megabytes": round(len(html.encode()) / 1e6, 3),
        "run_seconds": round(warm - began, 2),
        "files_seconds": round(files - warm, 2),
        "figures_seconds": round(figures - files, 2),
        "render_seconds": round(rendered - figures, 2),
    }


def write_company(
    folder: Path, leads: int, reps: int, territories: int, seed: int
) -> None:
    """Write a company like the demo's, larger."""
    spec = replace(
        PRESETS["demo"],
        n_reps=reps,
        leads_per_day=leads,
        n_territories=territories,
        n_accounts=4 * reps,
        load=1.1,
    )
    tables = draw_world(spec, seed).tables(N_HISTORY, leads)
    tables["history"] = tables["history"].drop(columns="propensity")
    for name, table in tables.items():
        (folder / f"{name}.csv").write_text(csv_text(table), encoding="utf-8")
    text = scenario_text("demo.yaml")
    (folder / "demo.yaml").write_text(text, encoding="utf-8")


def opened(page: Path) -> Row:
    """Return how long Chromium takes to open a page; missing where there is none."""
    nothing: Row = {"open_seconds": None, "open_cpu_seconds": None}
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        return nothing
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"]
        )
        each = [_opened_once(chromium, page) for _ in range(5)]
        chromium.close()
    loads, threads = zip(*each, strict=True)
    return {
        "open_seconds": round(min(loads), 3),
        "open_cpu_seconds": round(min(threads), 3),
    }


def _opened_once(chromium: Any, page: Path) -> tuple[float, float]:
    context = chromium.new_context()
    window = context.new_page()
    session = context.new_cdp_session(window)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    window.goto(page.as_uri())
    timing = "performance.getEntriesByType('navigation')[0].loadEventEnd"
    load = float(window.evaluate(timing)) / 1000
    metrics = session.send("Performance.getMetrics")["metrics"]
    thread = {each["name"]: each["value"] for each in metrics}["TaskDuration"]
    context.close()
    return load, thread


if __name__ == "__main__":
    main()
