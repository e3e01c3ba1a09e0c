"""The demo: a synthetic company of known ground truth, run as any other."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from crm import csv_text
from evaluation import PRESETS, Truth, compare_policies, draw_world
from runs.folder.files import run_files
from runs.job.daily_job import allocate
from runs.job.run import Run
from runs.prepared.stages import Stage, silent
from scenarios.files import scenario_text
from solver import PairValue

POLICIES = ("optimal", "round_robin")
N_HISTORY, N_LEADS = 6_500, 140


@dataclass(frozen=True, eq=False)
class Demo:
    """The demo company, its run, and the truth about each policy.

    Attributes
    ----------
    run
        The daily job on the company's tables.
    comparison
        As :func:`evaluation.compare_policies`, with the ground truth.
    files
        Path -> content: the run folder's files, and the company's tables and
        scenario under ``company/``.
    """

    run: Run
    comparison: pd.DataFrame
    files: dict[str, str | bytes]

    def is_company_in(self, folder: Path) -> bool:
        """Tell whether a folder holds this company, with no file changed."""
        company = {n: c for n, c in self.files.items() if n.startswith("company/")}
        return all(
            (folder / name).is_file()
            and (folder / name).read_text(encoding="utf-8") == content
            for name, content in company.items()
        )


def make_demo(seed: int = 0, stage: Stage = silent) -> Demo:
    """Return the demo of this seed: the busy day after a trade fair.

    Parameters
    ----------
    seed
        Draws the company; its scenario keeps its own seed.
    """
    stage("drawing a company")
    world = draw_world(PRESETS["demo"], seed)
    tables = world.tables(N_HISTORY, N_LEADS)
    inputs = company_files(tables)
    with TemporaryDirectory() as folder:
        for name, content in inputs.items():
            path = Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(str(content), encoding="utf-8", newline="")
        run = allocate(Path(folder, "company", "demo.yaml"), stage=stage)
        files = run_files(run, beside=inputs)
    comparison = compare_policies(
        run.scored.day,
        POLICIES,
        expected=run.scored.scores.probability,
        truth=_true_values(world.truth(tables["leads"]), run),
        seed=run.file.scenario.solve.seed,
        time_limit=run.seconds_left,
    )
    return Demo(run, comparison, files)


def company_files(tables: dict[str, pd.DataFrame]) -> dict[str, str | bytes]:
    """Return the demo's tables and scenario, as its CRM would export them.

    The CRM did not log how likely each assignment was.
    """
    known = tables | {"history": tables["history"].drop(columns="propensity")}
    files: dict[str, str | bytes] = {
        f"company/{name}.csv": csv_text(table) for name, table in known.items()
    }
    return files | {"company/demo.yaml": scenario_text("demo.yaml")}


def _true_values(truth: Truth, run: Run) -> PairValue:
    problem = run.scored.day.problem
    return lambda lead, rep: truth.probability(
        problem.lead_ids[lead].tolist(), problem.rep_ids[rep].tolist()
    )
