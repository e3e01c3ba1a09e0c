"""The files of a run folder held against the manifest's list of them."""

from collections.abc import Iterator
from pathlib import Path

from runs.folder.reading import INPUTS, READING, RunFolder
from runs.job.pair_values import LEADS, REPS

REACH = "reach.csv"
MANIFEST = "manifest.json"
ALWAYS = (
    "assignments.csv",
    "unassigned.csv",
    "kept.csv",
    "prices.csv",
    "rule_costs.csv",
    REACH,
    "scenario.yaml",
    "report.html",
    "model_card.json",
    READING,
    *(f"inputs/{name}.csv" for name in (*INPUTS, LEADS, REPS)),
)
OF_A_DEMO = "company/"
OF_AN_EXPERIMENT = ("propensities.csv", "optimum.csv")


def file_problems(run: RunFolder) -> Iterator[str]:
    """Yield a sentence for each file that was changed, is missing, or nobody listed."""
    listed, there = set(run.manifest.files), set(files_in(run.folder))
    written = {*ALWAYS, *(OF_AN_EXPERIMENT if run.manifest.experiment.is_drawn else ())}
    for name, change in run.changed.items():
        yield f"{name} {change}"
    for name in sorted(written - listed):
        yield f"the manifest does not list {name}, which every such run writes"
    for name in sorted(listed - written):
        if name.startswith(OF_A_DEMO):
            continue
        yield f"the manifest lists {name}, which no such run writes"
    for name in sorted(there - listed - written):
        yield f"{name} is in the folder, but no run wrote it"


def files_in(folder: Path) -> Iterator[str]:
    """Yield the names of all files in a run folder but the manifest."""
    for path in folder.rglob("*"):
        if not path.is_dir() or path.is_symlink():
            name = path.relative_to(folder).as_posix()
            if name != MANIFEST:
                yield name
