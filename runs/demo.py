"""The demo: a small company whose truth is known, run like any other."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from crm import csv_text
from evaluation import Company, compare_policies, demo_company
from runs.folder.files import run_files
from runs.job.daily_job import allocate
from runs.job.run import Run
from runs.job.stages import Stage, silent
from scenarios.files import scenario_text
from solver import PairValue

POLICIES = ("optimal", "round_robin")


@dataclass(frozen=True, eq=False)
class Demo:
    """The demo company, its run, and what its truth says of each policy.

    Attributes
    ----------
    run
        The daily job on the company's tables.
    comparison
        As :func:`evaluation.compare_policies`, with the known truth.
    files
        Path -> content: the run folder's files, and the company's tables and
        scenario under ``company/``.
    """

    run: Run
    comparison: pd.DataFrame
    files: dict[str, str | bytes]

    def is_company_in(self, folder: Path) -> bool:
        """Tell whether a folder holds this very company, with no file changed."""
        company = {n: c for n, c in self.files.items() if n.startswith("company/")}
        return all(
            (folder / name).is_file()
            and (folder / name).read_text(encoding="utf-8") == content
            for name, content in company.items()
        )


def make_demo(seed: int = 0, stage: Stage = silent) -> Demo:
    """Return the demo of this seed.

    Parameters
    ----------
    seed
        Draws the company; its scenario keeps its own seed.
    """
    stage("drawing a company")
    company = demo_company(seed)
    inputs: dict[str, str | bytes] = {
        f"company/{name}.csv": csv_text(table) for name, table in company.tables.items()
    }
    inputs["company/demo.yaml"] = scenario_text("demo.yaml")
    with TemporaryDirectory() as folder:
        for name, content in inputs.items():
            path = Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(str(content), encoding="utf-8", newline="")
        run = allocate(Path(folder, "company", "demo.yaml"), stage=stage)
        made = run_files(run)
    comparison = compare_policies(
        run.scored.day,
        POLICIES,
        run.file.scenario.solve.seed,
        run.scored.scores.probability,
        _truth(company, run),
    )
    return Demo(run, comparison, made | inputs)


def _truth(company: Company, run: Run) -> PairValue:
    problem = run.scored.day.problem
    return lambda lead, rep: company.truth.probability(
        problem.lead_ids[lead].tolist(), problem.rep_ids[rep].tolist()
    )
