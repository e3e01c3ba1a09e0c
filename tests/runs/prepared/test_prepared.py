"""Rules on pairs: what is told before anything is solved, and that a run obeys them."""

import pytest

from crm import csv_text
from reporting import write_folder
from runs import allocate, explain_run, prepare, run_files, verify
from scenarios import ScenarioError, read_scenario
from tests.small_company import SCENARIO

LEADS = {
    "skills": ["", "law", "law|tax"],
    "latitude": ["48.9", "45.8", ""],
    "longitude": ["2.4", "4.8", ""],
    "current_rep_id": ["R1", "", "R9"],
}
REPS = {
    "skills": ["law", "law|tax", "*"],
    "latitude": ["48.9", "45.8", "48.8"],
    "longitude": ["2.4", "4.8", "2.3"],
    "start_date": ["2026-09-01", "2020-01-01", ""],
}
PERFORMER = "kind: performer\n    top_share: 0.5"
PRICE = "kind: proximity\n    price_per_km: 0.0001"


@pytest.fixture
def company(company):
    """Return the folder of a company that has everything rules on pairs ask for."""
    _add_columns(company / "leads.csv", LEADS)
    _add_columns(company / "reps.csv", REPS)
    return company


@pytest.fixture
def run_of(company):
    """Return a function: rules -> the day's run with the company's model."""

    def run(rules):
        path = write_scenario(company, rules)
        return allocate(path, model=company / "daily.model")

    return run


@pytest.fixture
def check(company):
    """Return a function: rules, objective -> severity, line, key, text and value."""

    def issues_of(rule, objective=""):
        path = write_scenario(company, f"  - {rule}", objective)
        try:
            prepared = prepare(path)
            found = [*prepared.warnings, *prepared.reach.issues()]
        except ScenarioError as error:
            found = error.issues
        found = [issue for issue in found if issue.file == str(path)]
        beside = ("columns of reps that nothing reads", "leads that have an owner")
        found = [issue for issue in found if not issue.expected.startswith(beside)]
        return [(i.severity, i.row, i.column, i.expected, i.value) for i in found]

    return issues_of


def _add_columns(path, columns):
    """Add columns to a table, their cells in turn."""
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    lines = [",".join([header, *columns])]
    for i, row in enumerate(rows):
        lines.append(",".join([row, *(cells[i % 3] for cells in columns.values())]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_scenario(folder, rules, objective=""):
    path = folder / "daily.yaml"
    text = SCENARIO.replace("solve:\n", f"{rules}\n{objective}\nsolve:\n")
    path.write_text(text, encoding="utf-8")
    return path


def test_nothing_to_say(check):
    """Rules that the tables can answer are fine."""
    for rule in (
        PERFORMER,
        PRICE,
        "kind: skill",
        "kind: stability",
        "kind: proximity\n    max_km: 100",
        "kind: capacity\n    name: newcomers\n    ramp_up: {days: 60, start: 0.25}",
    ):
        assert check(rule) == [], rule


@pytest.mark.parametrize(
    ("kind", "table", "column"),
    [
        ("skill", "leads", "skills"),
        ("skill", "reps", "skills"),
        ("stability", "leads", "current_rep_id"),
        ("proximity\n    max_km: 5", "reps", "latitude"),
    ],
)
def test_a_column_that_is_not_there(company, check, kind, table, column):
    """The rule says which table lacks what."""
    path = company / f"{table}.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(column, "other", 1))
    [(severity, line, key, told, _)] = check(f"kind: {kind}")
    assert (severity, line, key) == ("error", 24, "rules.5")
    assert f"needs the column {column} in {table}" in told


def test_ramp_up_needs_start_dates(company, check):
    """Without the column nobody would be new."""
    path = company / "reps.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("start_date", "started"))
    rule = "kind: capacity\n    name: new\n    ramp_up: {days: 60, start: 0.25}"
    [(severity, *_, told, _)] = check(rule)
    assert severity == "error"
    assert told.startswith("rule new needs the column start_date in reps")


def test_a_price_needs_every_active_office(company, check):
    """The reps without one are named; those who left need none."""
    path = company / "reps.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines = [f"{line},active" if i == 0 else line for i, line in enumerate(lines)]
    for i, active in ((1, "true"), (2, "false")):
        lines[i] = ",".join([*lines[i].split(",")[:-3], "", "", "2020-01-01", active])
    lines[3:] = [f"{line},true" for line in lines[3:]]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    [(severity, line, key, told, _)] = check(PRICE)
    assert (severity, line, key) == ("error", 25, "rules.5.price_per_km")
    assert told.endswith("give latitude and longitude of R1")


def test_prices_in_money(check):
    """A price above one is in money, and that takes revenue."""
    dear = "kind: proximity\n    price_per_km: 2"
    [(severity, line, key, told, value)] = check(dear)
    assert (severity, line, key, value) == ("error", 25, "rules.5.price_per_km", "2")
    assert told.startswith("a price is in expected conversions per km here")
    assert check(dear, "objective: {maximise: revenue}") == []


def test_a_skill_that_nobody_has(company, check):
    """They are told together, unless somebody has them all."""
    path = company / "reps.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("*", "art"))
    path = company / "leads.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("law|tax", "law|VAT"))
    told = "rule skill: in skills of no rep (skills of leads, 1 of 2): VAT (rows: 10)"
    assert check("kind: skill") == [("warning", 24, "rules.5", told, None)]


def test_times_are_no_skills(check):
    """A column of times is refused."""
    rule = "kind: skill\n    lead_column: created_at"
    [(severity, line, key, told, _)] = check(rule)
    assert (severity, line, key) == ("error", 25, "rules.5.lead_column")
    assert told == "the column created_at of leads holds times, not skills"


def test_performers_need_history(company, check):
    """With a trained model as well: the model does not rank reps."""
    path = write_scenario(company, f"  - {PERFORMER}")
    text = path.read_text(encoding="utf-8").replace("  history: history.csv\n", "")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as error:
        prepare(path)
    [issue] = [each for each in error.value.issues if each.severity == "error"]
    assert (issue.row, issue.column) == (23, "rules.5")
    assert "ranks reps by history" in issue.expected


def test_the_conversion_column_is_ours(company, check):
    """A column of that name would be overwritten."""
    path = company / "reps.csv"
    text = path.read_text(encoding="utf-8").replace("start_date", "assigned_conversion")
    path.write_text(text, encoding="utf-8")
    [(severity, *_, told, _)] = check(PERFORMER)
    assert severity == "error"
    assert told.startswith("the column assigned_conversion is added by scoring")
    assert check("kind: skill") == []


@pytest.mark.parametrize("kind", ["lock", "exclude"])
def test_where_beside_pairs_is_checked(check, kind):
    """An unknown column is an error there too."""
    rule = (
        f"kind: {kind}\n    pairs: [{{lead_id: L001, rep_id: R1}}]\n"
        "    where: {teritory: North}"
    )
    [(severity, line, key, told, _)] = check(rule)
    assert (severity, line, key) == ("error", 26, "rules.5.where.teritory")
    assert told.startswith("no such column; did you mean 'territory'?")


RULES = f"""\
  - {PERFORMER}
    where: {{p_convert: {{min: 0.3}}}}
  - {PRICE}
    max_km: 1000
  - kind: skill
  - kind: stability
    strength: soft
    penalty: 0.05
  - kind: capacity
    name: newcomers
    ramp_up: {{days: 60, start: 0.25}}
  - kind: capacity
    name: comfortable
    strength: soft
    penalty: 0.01
    where: {{territory: North}}
"""


@pytest.mark.slow
def test_a_run_obeys_them_all_and_its_folder_tells(run_of, tmp_path):
    """The folder keeps what ranked the reps, so it is verified without history."""
    run = run_of(RULES)
    assert run.result.is_optimal
    folder = tmp_path / "run"
    write_folder(folder, run_files(run))
    assert verify(folder).problems == ()
    assert (
        "assigned_conversion" in (folder / "inputs/reps.csv").read_text().split("\n")[0]
    )
    lead_id = run.assignments["lead_id"].iloc[0]
    assert explain_run(folder, lead_id).rep_id == run.owner[lead_id]


def test_a_worse_rep_is_found_in_the_folder(run_of, tmp_path):
    """Where the ranking kept says otherwise, verification fails."""
    run = run_of(f"  - {PERFORMER}")
    worst = run.crm.reps["rep_id"] == run.assignments["rep_id"].iloc[0]
    reps = run.crm.reps.assign(assigned_conversion=1.0 - worst)
    files = run_files(run) | {"inputs/reps.csv": csv_text(reps)}
    write_folder(tmp_path / "run", files)
    found = verify(tmp_path / "run").problems
    assert any("active reps are better" in problem for problem in found)


def test_without_a_performer_rule_reps_stay_as_they_were(run_of):
    """The column is added where it is asked for only."""
    run = run_of("  - kind: skill")
    assert "assigned_conversion" not in run.crm.reps


def test_soft_slots_stand_in_the_load(company):
    """Whatever it costs to go beyond them; slots for some leads do not count."""
    text = SCENARIO.replace(
        "- kind: capacity", "- kind: capacity\n    strength: soft\n    penalty: 0.01"
    )
    path, model = company / "daily.yaml", company / "daily.model"
    path.write_text(text, encoding="utf-8")
    load = allocate(path, model=model).load["capacity"]
    assert load.tolist() == [4, 1, 3, 4, 5, 0]
    text = text.replace("penalty: 0.01", "penalty: 0.01\n    where: {territory: North}")
    path.write_text(text, encoding="utf-8")
    load = allocate(path, model=model).load["capacity"]
    assert load.isna().tolist() == [True] * 5 + [False]


def test_impossible_terms_name_the_line(company):
    """A circle of territories, a share above one and a rule that says nothing."""
    rules = (
        "  - kind: territory\n    name: circle\n    parents: {A: B, B: A}\n"
        "  - kind: performer\n    top_share: 20\n"
        "  - kind: proximity\n"
    )
    with pytest.raises(ScenarioError) as error:
        read_scenario(write_scenario(company, rules))
    told = [issue.expected for issue in error.value.issues]
    assert told[0] == "territory A lies inside itself"
    assert told[1].startswith("expected less than or equal to 1 (Share of the active")
    assert told[2] == "proximity needs max_km, price_per_km or both"
