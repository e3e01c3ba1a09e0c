"""A rep's sheet holds the rep's own leads and figures, and nobody else's."""

import csv
import json
import re
import shutil
import stat

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from cli import main
from reporting import render_sheet, sheet_text
from runs import rep_sheets
from runs.folder.reading import read_folder
from runs.folder.scores import read_scores
from runs.sheets.strengths import Strengths
from scenarios import ScenarioError

NAMES = ["<script>alert(1)</script>", "=1+1", "W" * 300, "José Ñandú", "a/b\\c", "Fay"]
IDS = ["../x", "r1", "R1", "=1+1", "CON", "R6"]


def rightrep(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def demo_run(demo):
    return demo / "demo"


@pytest.fixture(scope="module")
def sheets(demo_run):
    return {sheet.rep_id: sheet for sheet in rep_sheets(demo_run)}


@pytest.fixture(scope="module")
def hostile(small, tmp_path_factory):
    """A run whose reps have ids and names that break things."""
    folder = tmp_path_factory.mktemp("hostile") / "company"
    shutil.copytree(small, folder, ignore=shutil.ignore_patterns("run"))
    for table in ("reps", "history", "accounts", "absences"):
        path = folder / f"{table}.csv"
        rows = rows_of(path)
        for row in rows:
            column = "owner_rep_id" if table == "accounts" else "rep_id"
            row[column] = IDS[int(row[column][1:]) - 1]
            if table == "reps":
                place = IDS.index(row[column])
                row |= {"name": NAMES[place], "email": f"rep{place}@mail.example"}
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    model, out = folder / "daily.model", folder / "run"
    done = rightrep("run", folder / "daily.yaml", "--model", model, "--out", out)
    assert done.exit_code == 0, done.output
    return out


def test_leads_are_those_that_the_run_assigned(demo_run, sheets):
    """Each once, with its rep, and a sentence why."""
    rows = pd.read_csv(demo_run / "assignments.csv", dtype=str)
    for rep_id, sheet in sheets.items():
        own = set(rows.loc[rows["rep_id"] == rep_id, "lead_id"])
        assert {lead.lead_id for lead in sheet.leads} == own
        assert all(lead.why.startswith("You have it: ") for lead in sheet.leads)
        assert (
            f"got {len(own)} lead" in sheet.fair[0] or "You were away" in sheet.fair[0]
        )


def test_the_oldest_of_alike_leads_comes_first(sheets):
    """The demo has no priorities and no clocks."""
    created = [lead.created_at for lead in sheets["R001"].leads]
    assert len(created) > 3
    assert created == sorted(created)


def test_nobody_else_is_on_a_sheet(demo_run, sheets):
    """No other rep's id, name or lead, in the text or on the page."""
    reps = pd.read_csv(demo_run / "inputs" / "reps.csv", dtype=str)
    rows = pd.read_csv(demo_run / "assignments.csv", dtype=str)
    for rep_id, sheet in sheets.items():
        others = reps[reps["rep_id"] != rep_id]
        leads = rows.loc[rows["rep_id"] != rep_id, "lead_id"]
        foreign = [*others["rep_id"], *others["name"], *leads]
        for shown in (sheet_text(sheet), render_sheet(sheet)):
            assert [text for text in foreign if text in shown] == []


def test_nobody_else_is_on_a_sheet_of_strange_reps(hostile):
    """Nor their mail; what is a substring of one's own text is no other's."""
    for sheet in rep_sheets(hostile):
        own = f"{sheet.rep_id} {sheet.name} {sheet.email}"
        others = [i for i in IDS if i != sheet.rep_id]
        foreign = [*others, *(NAMES[IDS.index(i)] for i in others)]
        foreign += [f"rep{IDS.index(i)}@mail.example" for i in others]
        text = sheet_text(sheet)
        for name in foreign:
            found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
            assert found is None or name in own, (sheet.rep_id, name)


def test_no_script_of_a_name_runs(hostile):
    """It is text of the page, and the page asks for nothing."""
    page = render_sheet(next(rep_sheets(hostile, ["../x"])))
    assert page.count("<script") == 1 and "&lt;script&gt;alert(1)" in page
    assert set(re.findall(r"(?:src|href)=\"([^\"]*)", page)) == {"#content"}


def test_all_sheets_lie_in_one_private_folder(hostile, tmp_path):
    """With an index for a mail merge that no spreadsheet program calculates."""
    out = tmp_path / "sheets"
    done = rightrep("sheet", hostile, "--all", "--out", out)
    assert done.exit_code == 0, done.output
    index = rows_of(out / "index.csv")
    assert [row["file"] for row in index][:3] == [
        "sheet-x.html", "sheet-r1.html", "sheet-R1.2.html",
    ]  # fmt: skip
    assert {row["name"] for row in index} == {*NAMES} - {"=1+1"} | {"'=1+1"}
    assert index[3]["rep_id"] == "'=1+1" and index[5]["email"] == "rep5@mail.example"
    there = {path.name for path in out.iterdir()}
    assert there == {"index.csv", "manifest.json", *(row["file"] for row in index)}
    assert stat.S_IMODE(out.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in out.iterdir()} == {0o600}
    again = rightrep("sheet", hostile, "--all", "--out", out)
    assert again.exit_code != 0 and "--replace" in again.stderr
    assert rightrep("sheet", hostile, "--all", "--out", out, "--replace").exit_code == 0


def test_one_sheet_as_page_and_json(demo_run, tmp_path):
    """A private file; JSON has the sentences, too."""
    page = tmp_path / "sheet.html"
    done = rightrep("sheet", demo_run, "R001", "--html", page, "--json")
    assert done.exit_code == 0, done.output
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    told = json.loads(done.stdout, parse_constant=pytest.fail)
    assert told["rep_id"] == "R001" and told["leads"][0]["sentence"]
    assert told["strengths"][0]["verdict"] and told["overall"]["average"] > 0


@pytest.mark.parametrize(
    "arguments",
    [[], ["R001", "--all", "--out", "x"], ["--all"], ["R001", "--out", "x"]],
)
def test_wrong_uses_are_told(demo_run, arguments):
    """Who is to be shown, and where all go."""
    assert rightrep("sheet", demo_run, *arguments).exit_code == 2


def test_a_rep_nobody_knows(demo_run):
    """The nearest is offered."""
    with pytest.raises(ScenarioError, match="no rep of the day; did you mean 'R"):
        next(rep_sheets(demo_run, ["R01"]))


def test_a_rep_is_called_by_name(demo_run):
    """A name that one rep has is as good as the id."""
    assert next(rep_sheets(demo_run, ["mei tanaka"])).rep_id == "R013"


def test_strengths_say_what_the_scores_say(demo_run, sheets):
    """The mean over the day's leads, with the rep and with the average one."""
    run = read_folder(demo_run)
    scores, _ = read_scores(run)
    n = len(run.crm.leads)
    for place, rep_id in enumerate(run.crm.reps["rep_id"]):
        own = scores.probability(np.arange(n), np.full(n, place)).mean()
        overall = sheets[rep_id].overall
        assert overall.own == pytest.approx(own)
        assert overall.average == pytest.approx(scores.with_average_rep().mean())
        assert overall.low < overall.own < overall.high


def test_training_pays_only_where_data_are_sure(sheets):
    """Below the average beyond the interval, and many leads of the day."""
    for sheet in sheets.values():
        weak = [s for s in sheet.strengths if s.high < s.average and s.share >= 0.05]
        assert bool(sheet.coaching) == bool(weak) and len(sheet.coaching) <= 3
        for sentence in sheet.coaching:
            assert any(one.segment[1:] in sentence for one in weak)
    assert any(sheet.coaching for sheet in sheets.values())
    assert any(not sheet.sure for sheet in sheets.values())


def test_reps_who_count_as_equal_have_no_strengths(demo_run):
    """The sheet says so, and shows no figure."""
    run = read_folder(demo_run)
    scores, _ = read_scores(run)
    equal = scores.__class__(scores.lead, np.zeros(len(scores.rep)))
    strengths = Strengths.of(run, equal)
    assert strengths.overall(0) is None and strengths.by_segment(0) == ()
    assert "says nothing on strengths" in strengths.about("R001")


def test_a_folder_without_errors_says_so(demo_run):
    """One that an older version wrote."""
    run = read_folder(demo_run)
    scores, _ = read_scores(run)
    old = scores.__class__(
        scores.lead, scores.rep, scores.lead_factors, scores.rep_factors
    )
    strengths = Strengths.of(run, old)
    assert strengths.overall(0) is None
    assert "older version" in strengths.about("R001")
