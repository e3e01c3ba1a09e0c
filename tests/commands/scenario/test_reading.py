"""check shows the reading, and a run folder lets it be repeated."""

import json

import pytest
from click.testing import CliRunner

from cli import main


def rightrep(*arguments):
    return CliRunner().invoke(main, list(map(str, arguments)))


def test_check_shows_the_reading(company):
    """Each table with its file and columns, and the window of the day."""
    done = rightrep("check", company / "daily.yaml")
    assert (
        "history: history.csv (text, UTF-8, separated by comma, header in row 1)"
        in (done.stdout)
    )
    assert "rep_id: 6 of 6 owners found among the reps" in done.stdout
    assert "window: 2026-09-07T00:00:00Z to 2026-09-07T23:59:59Z" in done.stdout


def test_json_and_the_run_folder_have_all_of_it(company):
    """The same record; every column of a file is there. A model stands for history."""
    told = json.loads(rightrep("check", company / "daily.yaml", "--json").stdout)
    kept = json.loads((company / "run" / "reading.json").read_text("utf-8"))
    history = told["reading"].pop("history")
    assert kept.pop("past")["kinds"]
    assert told["reading"] == kept
    names = [column["name"] for column in history["columns"]]
    header = (company / "history.csv").read_text("utf-8").splitlines()[0]
    assert set(names) == set(header.split(","))


def test_the_page_is_whole_and_offline(company, tmp_path):
    """What a cell holds is text on the page, never markup; inputs are spared."""
    leads = company / "leads.csv"
    text = leads.read_text("utf-8")
    leads.write_text(text.replace("L000,", "<b>L000</b>,", 1), encoding="utf-8")
    page = tmp_path / "reading.html"
    done = rightrep("check", company / "daily.yaml", "--html", page)
    assert done.exit_code == 0, done.output
    shown = page.read_text("utf-8")
    assert "&lt;b&gt;L000&lt;/b&gt;" in shown
    assert "://" not in shown
    assert rightrep("check", company / "daily.yaml", "--html", leads).exit_code == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda path: path.unlink(), "history (history.csv) is gone"),
        (lambda path: path.write_text("x\n"), "history (history.csv) in"),
    ],
)
def test_a_linked_history_that_changed_is_told(company, change, told):
    """Without --data it is said that nobody looked."""
    run = company / "trained"
    rightrep("run", company / "daily.yaml", "--out", run)
    done = rightrep("verify", run)
    assert (done.exit_code, "linked by its hash only" in done.stdout) == (0, True)
    assert rightrep("verify", run, "--data", company).exit_code == 0
    change(company / "history.csv")
    done = rightrep("verify", run, "--data", company)
    assert done.exit_code == 3
    assert told in done.stdout
