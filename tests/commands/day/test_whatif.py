"""What-if questions as an analyst types them: those of the docs, and wrong ones."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from cli import main

PAGE = (Path(__file__).parents[3] / "docs" / "whatif.md").read_text("utf-8")
LINES = re.findall(r"^```bash\n(.*?)\n```", PAGE, re.DOTALL | re.MULTILINE)


def whatif(folder, *arguments):
    """Return what the command prints for the small company, by its model."""
    model = ["--model", str(folder / "daily.model")]
    return CliRunner().invoke(
        main, ["whatif", str(folder / "daily.yaml"), *model, *map(str, arguments)]
    )


def test_the_page_answers_ten_questions():
    """Each by one command."""
    assert len(LINES) == 11 and all("\n" not in line for line in LINES)


def test_text_json_csv_page_and_picture(small, tmp_path):
    """All say the same, and the page asks nothing of any network."""
    page, picture = tmp_path / "page.html", tmp_path / "plot.svg"
    asked = ["--set", "rules.capacity.factor=0.5:1.5:0.5"]
    text = whatif(small, *asked, "--html", page, "--plot", picture)
    assert text.exit_code == 0, text.output
    assert "factor of rule capacity: 1 -> 0.5" in text.stdout
    assert "Where the next hire, skill or slot pays most" in text.stdout
    record = json.loads(whatif(small, *asked, "--json", "--no-costs").stdout)
    names = [own["variant"] for own in record["variants"]]
    assert names == [
        "as it is",
        *(f"capacity.factor = {x}" for x in ("0.5", "1", "1.5")),
    ]
    assert all(name in text.stdout for name in names)
    done = whatif(small, *asked, "--csv", "--no-costs")
    (tmp_path / "rows.csv").write_text(done.stdout)
    rows = pd.read_csv(tmp_path / "rows.csv")
    assert rows["assigned"].tolist() == [own["assigned"] for own in record["variants"]]
    html = page.read_text()
    assert html.count("<script") == 1 and "src=" not in html and "@import" not in html
    assert picture.read_text().startswith("<svg")


def test_hostile_names_do_nothing(company):
    """Tags are shown, formulas are text, and long names are cut in the picture."""
    reps = company / "reps.csv"
    evil = "<script>alert(1)</script>"
    reps.write_text(reps.read_text().replace("Ana", evil).replace("one", "=1+1"))
    page, long = company / "page.html", "x" * 300
    overlay = company / "more.yaml"
    overlay.write_text(f'name: "{evil}{long}"\noff: [territory]\n')
    done = whatif(company, "--overlay", overlay, "--html", page)
    assert done.exit_code == 0, done.output
    html = page.read_text()
    assert evil not in html and "&lt;script&gt;" in html


@pytest.mark.parametrize(
    ("arguments", "code", "expected"),
    [
        (["--set", "rules.capasity.factor=2"], 3, "did you mean 'capacity'?"),
        (["--off", "large deel"], 3, "did you mean 'large deals'?"),
        (["--away", "R77"], 3, "is no rep of the day"),
        (["--where", "team=one"], 3, "nothing is set in a table"),
        (["--json", "--csv"], 2, "not both"),
        (["--plot", "x.gif"], 2, "expected a name in .png or .svg"),
        (["other.yaml", "--off", "territory"], 2, "several scenarios, or one"),
    ],
)
def test_what_is_wrong_is_told(small, arguments, code, expected):
    """In one block, with the nearest name, and the exit code of its kind."""
    done = whatif(small, *arguments)
    assert done.exit_code == code
    assert expected in done.output


def test_a_scenario_beside_itself_is_refused(small):
    """However its path is written."""
    again = small / "." / "run" / ".." / "daily.yaml"
    done = whatif(small, again)
    assert done.exit_code == 2 and "named twice" in done.stderr


def test_a_day_without_allocation_has_no_objective(small, tmp_path):
    """Nor a fairness: nobody has anything, which is not an even share."""
    overlay = tmp_path / "more.yaml"
    rule = "{rules: [{kind: min_per_rep, min_leads: 300}]}"
    overlay.write_text(f"scenario: {rule}\n")
    asked = "--overlay", overlay, "--no-costs", "--json"
    own = json.loads(whatif(small, *asked).stdout)["variants"][1]
    assert own["status"] == "infeasible" and own["assigned"] == 0
    assert own["objective"] is None and own["gini"] is None
    assert own["least/most per hour"] is None
