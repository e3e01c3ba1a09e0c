"""A trained model stands for the history, where no rule asks for its rows."""

import json

import pytest

from reporting import write_folder
from runs import allocate, notes, run_files, verify
from scenarios import ScenarioError
from tests.small_company import SCENARIO

UNREAD = "History was not read: the model stands for it."


@pytest.fixture
def run_of(company):
    """Return a function: a section of a scenario -> the day's run with a model."""

    def run(section="rules:\n"):
        path = company / "daily.yaml"
        text = SCENARIO.replace("rules:\n", section)
        path.write_text(text, encoding="utf-8")
        return allocate(path, model=company / "daily.model")

    return run


def is_unread(run):
    """Tell whether a run says that it has not read the history."""
    return any(note.startswith(UNREAD) for note in notes(run))


@pytest.mark.usefixtures("nothing_twice")
def test_a_run_needs_no_row_of_history(company, run_of, tmp_path):
    """Not even its file; the folder says so, and is verified, files and all."""
    (company / "history.csv").unlink()
    run = run_of()
    assert is_unread(run)
    assert run.crm.history.empty
    files = run_files(run, company / "daily.model")
    assert "history" not in json.loads(files["manifest.json"])["inputs"]
    write_folder(tmp_path / "run", files)
    assert verify(tmp_path / "run", company).problems == ()


@pytest.mark.usefixtures("nothing_twice")
@pytest.mark.parametrize(
    "section",
    [
        "rules:\n  - kind: performer\n    top_share: 0.5\n",
        "ageing:\n  half_life: fitted\nrules:\n",
    ],
)
def test_who_asks_for_rows_gets_them(run_of, section):
    """Track records, and what history tells of waiting."""
    run = run_of(section)
    assert not is_unread(run)
    assert len(run.crm.history)


@pytest.mark.usefixtures("nothing_twice")
def test_faults_of_all_tables_are_told_at_once(company, run_of):
    """Where a table is at fault, the history is read, too."""
    for name in ("leads", "history"):
        path = company / f"{name}.csv"
        header, row, *rows = path.read_text(encoding="utf-8").splitlines()
        place = header.split(",").index("created_at")
        cells = row.split(",")
        cells[place] = "soon"
        text = "\n".join([header, ",".join(cells), *rows]) + "\n"
        path.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        run_of()
    wrong = [i.file for i in caught.value.issues if i.severity == "error"]
    assert {"leads.csv", "history.csv"} <= set(wrong)
