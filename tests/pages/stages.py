"""What lies in a reader's folder when a page begins, and what the tests do shorter."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.crm.recognition.invented_exports import SHAPES
from tests.exports.systems import EXPORTS
from tests.pages.blocks import ROOT, blocks_of

Made = Callable[[str], Path]
"""Returns a folder that is made once: demo, week or small."""
Stage = Callable[[Made, Path], None]
STARTED = ["2026-08-20", "2020-01-01", "2026-09-01", "", "2024-05-01", "2026-06-20"]
"""Of the small company's reps: one and three are too new for the how-to's rule."""


def nothing(made: Made, folder: Path) -> None:
    """Leave the folder empty."""


def first_commands(made: Made, folder: Path) -> None:
    """Fill the folder as the first commands of the README do."""
    shutil.copytree(made("demo"), folder, dirs_exist_ok=True)
    shutil.copytree(folder / "demo", folder / "runs" / "monday")


def company_of_week(made: Made, folder: Path) -> None:
    """Fill the folder with the company of the demo's week, its runs beside it."""
    shutil.copytree(made("week") / "company", folder, dirs_exist_ok=True)
    shutil.copytree(made("week") / "runs", folder.parent / "runs")


def with_rule(made: Made, folder: Path) -> None:
    """Fill the folder with a company of old and new reps, and the how-to's rule."""
    shutil.copytree(made("small"), folder, dirs_exist_ok=True)
    rows = (folder / "reps.csv").read_text(encoding="utf-8").splitlines()
    cells = ["start_date", *STARTED]
    text = "\n".join(f"{row},{cell}" for row, cell in zip(rows, cells, strict=True))
    (folder / "reps.csv").write_text(f"{text}\n", encoding="utf-8")
    page = ROOT / "docs" / "howto" / "new_rule.md"
    [rule] = [
        block.text
        for block in blocks_of(page)
        if block.language == "yaml" and not block.name
    ]
    rule = rule.replace("rules:\n", "").replace("20000", "2000")
    scenario = (folder / "daily.yaml").read_text(encoding="utf-8")
    scenario = scenario.replace("solve:\n", f"{rule}solve:\n")
    (folder / "daily.yaml").write_text(scenario, encoding="utf-8")


def small_company(made: Made, folder: Path) -> None:
    """Fill the folder with the small company."""
    shutil.copytree(made("small"), folder, dirs_exist_ok=True)


def demo_company(made: Made, folder: Path) -> None:
    """Fill the folder with the demo's company, and the model that spares training."""
    shutil.copytree(made("demo") / "demo" / "company", folder, dirs_exist_ok=True)
    shutil.copy(made("demo") / "demo.model", folder)


def small_run(made: Made, folder: Path) -> None:
    """Fill the folder with the small company, its ledger, and the run of Monday."""
    small_company(made, folder)
    scenario = folder / "daily.yaml"
    text = scenario.read_text(encoding="utf-8")
    scenario.write_text(f"{text}\nledger: ledger.db\n", encoding="utf-8")
    words = ["run", "daily.yaml", "--model", "daily.model", "--out", "runs/monday"]
    run = [sys.executable, "-m", "rightrep", *words]
    subprocess.run(run, cwd=folder, check=True, capture_output=True)


def exports(made: Made, folder: Path) -> None:
    """Write leads and users as Salesforce exports them."""
    leads, users = SHAPES["salesforce"](folder)
    leads.rename(folder / "leads.csv")
    users.rename(folder / "users.csv")


def run_of_hubspot(made: Made, folder: Path) -> None:
    """Write exports of HubSpot, and make a run of them."""
    EXPORTS["hubspot"](folder)
    page = (ROOT / "docs" / "connect" / "hubspot.md").read_text(encoding="utf-8")
    [scenario] = re.findall(r"```yaml\n(extends: rightrep:hubspot\n.*?)```", page, re.S)
    (folder / "daily.yaml").write_text(scenario, encoding="utf-8")
    words = ["run", "daily.yaml", "--out", "runs/monday"]
    run = [sys.executable, "-m", "rightrep", *words]
    subprocess.run(run, cwd=folder, check=True, capture_output=True)


STAGES: dict[str, Stage] = {
    "docs/tutorial.md": nothing,
    "docs/howto/first_week.md": nothing,
    "docs/howto/paper_table.md": nothing,
    "docs/howto/new_rule.md": with_rule,
    "docs/howto/new_policy.md": small_company,
    "docs/connect/first_scenario.md": exports,
    "docs/connect/writing_back.md": run_of_hubspot,
    "docs/connect/databases.md": nothing,
    "docs/reference/api.md": nothing,
    "docs/whatif.md": demo_company,
    "docs/terminal.md": small_run,
    "docs/excel.md": small_run,
    "docs/duplicates.md": company_of_week,
    "docs/ledger.md": company_of_week,
    "docs/outcomes.md": company_of_week,
    "docs/people.md": company_of_week,
}
"""Page -> what is there when it begins; of other pages what the README makes."""
KNOWN = "whatif demo.yaml --model demo.model "
"""As the page on it says, with a model; its first question is asked without."""
SHORTER = {
    **{
        f"whatif demo.yaml {words}": f"{KNOWN}{words}"
        for words in (
            *("--rep ", "--away ", "--off ", "--overlay ", "--set rules"),
            *("--set objective", "--set experiment", "--set reps.territories"),
        )
    },
    " simulate ": " simulate --history 300 ",
    " --from 2026-06-01": " --from 2026-07-20",
    "DAYS, SEEDS = 60, 20": "DAYS, SEEDS = 2, 2",
    "days=DAYS, seeds=SEEDS)": "days=DAYS, seeds=SEEDS, n_history=300)",
    " --days 60 --seeds 20": " --days 2 --seeds 2",
}
"""What takes long -> what the tests do in its place."""
ELSEWHERE = {
    "README.md": "tests/test_readme.py",
    "CONTRIBUTING.md": ".ci/run",
    "docs/operations.md": "tests/test_operations.py",
    "docs/report.md": "tests/pages/test_report.py",
    **{
        f"docs/connect/{system}.md": "tests/commands/scenario/test_ready_scenarios.py"
        for system in (
            *("salesforce", "hubspot", "pipedrive", "odoo", "dynamics", "zoho"),
            "sheets",
        )
    },
}
"""Page -> what gives its commands, with what has to be there first."""
NOT_TESTED = {
    "docs/connect/writing_back.md": ["it needs your database"],
    "docs/large_days.md": [
        "it needs half a million leads",
        "it needs machines of yours",
        "it needs half a million leads",
    ],
    "docs/operations.md": ["it needs your server", "it deletes what is in /srv/sales"],
    "docs/tutorial.md": ["it installs what the tests run in"],
    "docs/verifying.md": ["it needs a key of yours"],
}
"""Page -> the reasons it gives for blocks that no test executes."""
ONLY_READ = {"bat", "cron", "csv", "ini", "toml", "yaml", "text"}
"""Languages of blocks that are no commands."""
