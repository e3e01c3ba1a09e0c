"""What a daily run with a trained model takes, whole and stage by stage."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import click

from benchmarks.rows import Row, line
from benchmarks.whatif import COUNT, ROOT, timed, write_company

STAGES = "benchmarks.daily_run_stages"
LIBRARIES = "import pandas, sklearn.ensemble, ortools.graph.python.min_cost_flow"
"""What such a run cannot do without, imported and nothing else done."""


@click.command()
@click.option("--leads", type=COUNT, default=2_000, show_default=True)
@click.option("--reps", type=click.IntRange(min=8), default=100, show_default=True)
@click.option("--history", type=COUNT, default=50_000, show_default=True)
@click.option("--repeats", type=COUNT, default=3, show_default=True)
@click.option("--seed", default=0, show_default=True, help="Of the company.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, not a line.")
def main(
    leads: int, reps: int, history: int, repeats: int, seed: int, as_json: bool
) -> None:
    """Run a day from its tables to its folder, without a ledger, in own processes.

    Seconds are those of the processor, user and system, the least of all repeats;
    those of stages are measured in a process that does the same, one stage after the
    other, whatever it imports counted apart. `times libraries` is how many times the
    run takes what its libraries take to be imported; `times without model` how many
    times as much a run takes that trains first.
    """
    size = {"leads": leads, "reps": reps, "history": history, "seed": seed}
    with tempfile.TemporaryDirectory() as made:
        scenario = write_company(Path(made), leads, reps, history, seed)
        row = size | measured(scenario, repeats)
    click.echo(json.dumps(row, indent=2) if as_json else line(row))


def measured(scenario: Path, repeats: int) -> Row:
    """Return what a run takes with a model and without, and what its stages do."""
    model, out = scenario.with_suffix(".model"), scenario.parent / "run"
    training = timed(["train", scenario, "--model", model])[2]
    run = ["run", scenario, "--model", model, "--out", out, "--replace"]
    runs = [timed(run)[1:] for _ in range(repeats)]
    spent = min(processor for _, processor in runs)
    libraries = min(_imported() for _ in range(repeats))
    stages = [_stages(scenario, model, out) for _ in range(repeats)]
    return {
        "seconds": min(wall for wall, _ in runs),
        "processor seconds": spent,
        "training": training,
        "libraries alone": libraries,
        "times libraries": spent / libraries,
        "times without model": (spent + training) / spent,
        **{name: min(stage[name] for stage in stages) for name in stages[0]},
    }


def _stages(scenario: Path, model: Path, out: Path) -> dict[str, float]:
    """Return stage -> processor seconds, of a process of its own."""
    call = [sys.executable, "-m", STAGES, *map(str, (scenario, model, out))]
    done = subprocess.run(call, capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        raise click.ClickException(f"the stages failed: {done.stderr[-500:]}")
    stages: dict[str, float] = json.loads(done.stdout)
    return stages


def _imported() -> float:
    """Return the processor seconds of a program that imports the libraries."""
    code = f"import time\n{LIBRARIES}\nprint(time.process_time())"
    call = [sys.executable, "-c", code]
    return float(subprocess.run(call, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    main()
