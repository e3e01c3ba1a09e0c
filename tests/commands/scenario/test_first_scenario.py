"""`rightrep init --from`: from exports to a run, or nothing at all."""

import csv
import json

import click
import pytest
from click.testing import CliRunner

from cli import main
from commands.scenario import first_scenario
from tests.crm.recognition.invented_exports import SHAPES
from tests.few import few


def command(*arguments, answers=None):
    done = CliRunner().invoke(main, list(map(str, arguments)), input=answers)
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done


@pytest.fixture
def exports(tmp_path):
    """Return leads and users as Salesforce exports them."""
    return SHAPES["salesforce"](tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("system", few(SHAPES, 3))
def test_check_takes_what_is_proposed(system, tmp_path):
    """The scenario names the files where they are, and has no error."""
    files = SHAPES[system](tmp_path)
    done = command("init", tmp_path / "new" / "day", "--from", *files)
    assert done.exit_code == 0, done.output
    assert "undecided" in done.output
    checked = command("check", tmp_path / "new" / "day" / "daily.yaml", "--json")
    assert checked.exit_code == 0, checked.output


@pytest.mark.parametrize(
    "system",
    [
        pytest.param(system, marks=[] if system == "odoo" else [pytest.mark.slow])
        for system in SHAPES
    ],
)
def test_a_run_works_at_once(system, tmp_path):
    """All ten leads of the day are in what comes out."""
    files = SHAPES[system](tmp_path)
    command("init", tmp_path / "day", "--from", *files, "--yes")
    scenario, out = tmp_path / "day" / "daily.yaml", tmp_path / "out"
    done = command("run", scenario, "--out", out)
    assert done.exit_code == 0, done.output
    told = 0
    for name in ("assignments.csv", "unassigned.csv"):
        with (out / name).open(encoding="utf-8", newline="") as file:
            told += len(list(csv.DictReader(file)))
    assert told == 10


def test_json_asks_nothing_and_holds_what_is_undecided(exports, tmp_path):
    """Files, questions with what is taken meanwhile, and the reader's warnings."""
    done = command("init", tmp_path / "day", "--from", *exports, "--json")
    told = json.loads(done.stdout)
    assert told["scenario"] == str(tmp_path / "day" / "daily.yaml")
    assert [one["taken"] for one in told["undecided"]] == ["2"]
    assert len(told["files"]) == 2


def test_a_terminal_is_asked_and_enter_takes_the_default(
    exports, tmp_path, monkeypatch
):
    """One question, one answer, and none is left undecided."""
    monkeypatch.setattr("commands.scenario.setting_up.is_interactive", lambda: True)
    asked = []

    def prompt(text, **options):
        asked.append(text)
        return "7"

    monkeypatch.setattr(click, "prompt", prompt)
    done = command("init", tmp_path / "day", "--from", *exports)
    assert done.exit_code == 0, done.output
    assert len(asked) == 1
    assert "daily_capacity: 7" in (tmp_path / "day" / "daily.yaml").read_text("utf-8")
    assert "undecided" not in done.stdout


def test_a_wrong_answer_is_asked_again(monkeypatch):
    """Until it is one of the options."""
    from crm.recognition.decisions import Question

    answers = iter(["maybe", "lost"])
    monkeypatch.setattr(click, "prompt", lambda *_args, **_options: next(answers))
    question = Question("stage", "What is it?", {"won": "", "lost": ""})
    assert first_scenario._answer(question) == "lost"


def test_a_file_that_is_no_table_leaves_nothing(exports, tmp_path):
    """Exit code 3, all bad files named, and no folder."""
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("", "utf-8")
    wrong = [tmp_path / "a.csv", tmp_path / "b.csv"]
    done = command("init", tmp_path / "day", "--from", *exports, *wrong)
    assert done.exit_code == 3
    assert "a.csv" in done.stderr and "b.csv" in done.stderr
    assert not (tmp_path / "day").exists()


def test_two_histories_are_refused_in_a_pipe(exports, tmp_path):
    """Which one is meant is for somebody to say."""
    other = tmp_path / "other"
    other.mkdir()
    more = SHAPES["hubspot_deals"](other)[0]
    done = command("init", tmp_path / "day", "--from", *exports, more)
    assert done.exit_code == 3
    assert "are both leads" in done.stderr
    assert not (tmp_path / "day").exists()


def test_a_folder_with_files_is_refused(exports, tmp_path):
    """Nothing in it is replaced."""
    (tmp_path / "day").mkdir()
    (tmp_path / "day" / "notes.txt").write_text("mine", "utf-8")
    done = command("init", tmp_path / "day", "--from", *exports)
    assert done.exit_code == 2
    assert [p.name for p in (tmp_path / "day").iterdir()] == ["notes.txt"]


def test_files_without_from_are_a_usage_error(exports, tmp_path):
    """The option that is missing is named."""
    done = command("init", tmp_path / "day", *exports)
    assert done.exit_code == 2
    assert "--from" in done.stderr


def test_check_refuses_what_nobody_chose(tmp_path):
    """Both formats stand in the scenario, neither holds, and the choice is named."""
    leads, reps = tmp_path / "leads.csv", tmp_path / "reps.csv"
    leads.write_text(
        "Lead Id,Created,Owner,Stage,Closed\n"
        "A,01/02/2026,Ann Lee,Won,03/02/2026\nB,04/02/2026,,New,\n",
        "utf-8",
    )
    reps.write_text("User Id,Full Name,Capacity\nu1,Ann Lee,4\n", "utf-8")
    done = command("init", tmp_path / "day", "--from", leads, reps)
    assert "check will refuse" in done.stdout
    text = (tmp_path / "day" / "daily.yaml").read_text("utf-8")
    assert '# dates: {created_at: "%d/%m/%Y"}' in text
    assert '# dates: {created_at: "%m/%d/%Y"}' in text
    checked = command("check", tmp_path / "day" / "daily.yaml")
    assert checked.exit_code == 3
    assert "say which" in checked.stderr
