"""Files of changes: one scenario, or several named ones."""

import pytest

from scenarios import ScenarioError
from scenarios.changes import asked_variants, read_changes

SEVERAL = """\
scenarios:
  - name: more slots
    overlay:
      reps:
        - {where: {rep_id: R1}, set: {daily_capacity: "*2"}}
        - {set: {seniority: 3}}
  - name: without
    off: [large deals]
    set: {rules.capacity.factor: 1.5}
    reps: [{rep_id: R9, like: R1}]
    away: [R2]
  - name: laid over
    scenario: {rules: [{kind: language, penalty: 0.5}]}
"""


@pytest.fixture
def changes(tmp_path):
    """Return a function: text -> the variants of a file with it."""

    def read(text):
        path = tmp_path / "more.yaml"
        path.write_text(text, encoding="utf-8")
        return read_changes(path)

    return read


def test_named_scenarios(day, changes):
    """Each has a name, and changes of both the scenario and its tables."""
    more, without, over = (
        variant.applied(day.file, day.crm) for variant in changes(SEVERAL)
    )
    reps = more.crm.reps
    assert reps["daily_capacity"].iloc[0] == 2 * day.crm.reps["daily_capacity"].iloc[0]
    assert (reps["seniority"] == 3).all()
    assert "large deals" not in {rule.name for rule in without.file.scenario.rules}
    assert "R9" in set(without.crm.reps["rep_id"])
    assert "R2" in set(without.crm.absences["rep_id"])
    assert over.file.scenario.rules[2].penalty == 0.5
    assert over.file.scenario.rules[2].strength == "soft"


def test_one_scenario_is_called_as_its_file(changes):
    """It is combined with every value of the command line."""
    text = 'overlay: {reps: [{set: {daily_capacity: "+1"}}]}\n'
    (one,) = changes(text)
    assert one.name == "more"
    names = [v.name for v in asked_variants(sets=["solve.seed=1, 2"], more=[one])]
    assert names == ["more, solve.seed = 1", "more, solve.seed = 2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ofverlay: {}\n", "line 1, key ofverlay: unknown key; did you mean 'overlay'"),
        ("name: x\n", "nothing is changed"),
        ("overlay: {repz: [{set: {a: 1}}]}\n", "not a table; did you mean 'reps'?"),
        ("overlay: {reps: [{where: {a: b}}]}\n", "overlay.reps.0.set"),
        ("overlay: {reps: [{st: {a: 1}}]}\n", "unknown key; did you mean 'set'?"),
        ("scenarios: {a: 1}\n", "expected a list under `scenarios`"),
        ("scenarios:\n- {name: a, off: [x]}\n- {name: a, off: [y]}\n", "line 3"),
    ],
)
def test_faults_have_their_line(changes, text, expected):
    """What the file says wrong is told where it stands."""
    with pytest.raises(ScenarioError) as caught:
        changes(text)
    assert expected in str(caught.value)
