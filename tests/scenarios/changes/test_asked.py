"""Changes of a command line, and what becomes of a day by them."""

from itertools import pairwise

import pytest

from scenarios import ScenarioError
from scenarios.changes import asked_variants


def applied(day, **asked):
    """Return the only variant that is asked for, applied."""
    (variant,) = asked_variants(**asked)
    return variant.applied(day.file, day.crm)


def rules(changed):
    return {rule.name: rule for rule in changed.file.scenario.rules}


def test_a_rule_is_named_by_its_name_or_by_its_kind(day):
    """Names with spaces need no quotes; the change says what was and what is."""
    changed = applied(day, sets=["rules.large deals.where.deal_value.min=+20%"])
    assert rules(changed)["large deals"].where["deal_value"].min == 6000
    assert changed.sentences == (
        "where.deal_value.min of rule large deals: 5,000 -> 6,000",
    )
    changed = applied(day, sets=["rules.seniority.min_seniority=3"])
    assert rules(changed)["large deals"].min_seniority == 3


def test_defaults_and_absent_sections_can_be_set(day):
    """What the file does not say is set, and multiplied, all the same."""
    changed = applied(day, sets=["solve.rule_costs=false"])
    assert not changed.file.scenario.solve.rule_costs
    changed = applied(day, sets=["rules.capacity.factor=*1.5"])
    assert rules(changed)["capacity"].factor == 1.5
    changed = applied(day, sets=["experiment.control_share=0.1"])
    assert changed.file.scenario.experiment.control_share == 0.1


def test_two_keys_that_need_each_other_are_set_together(day):
    """The scenario is held against the schema once, after all changes."""
    changed = applied(
        day, sets=["rules.territory.strength=soft", "rules.territory.penalty=0.1"]
    )
    assert rules(changed)["territory"].penalty == 0.1


def test_a_rule_is_off(day):
    """By --off, or by its key enabled; the rest of the scenario is as it was."""
    key = "rules.large deals.enabled=false"
    for asked in ({"off": ["seniority"]}, {"sets": [key]}):
        changed = applied(day, **asked)
        assert [*rules(changed)] == [
            *("capacity", "territory", "language", "account_owner")
        ]
        assert changed.sentences[0].startswith("rule large deals off: For leads")


def test_cells_change_where_a_condition_holds(day):
    """Only the rows that fit change, and the sum is told before and after."""
    before = day.crm.reps
    some = before["team"] == before["team"].iloc[0]
    changed = applied(
        day,
        sets=["reps.daily_capacity=+2"],
        where=[f"team={before['team'].iloc[0]}"],
    )
    after = changed.crm.reps
    assert (after["daily_capacity"] - before["daily_capacity"] == 2 * some).all()
    total = before["daily_capacity"][some].sum()
    assert f"{total:g} -> {total + 2 * some.sum():g} in all" in changed.sentences[0]
    assert changed.tables == {"reps"}
    assert before.equals(day.crm.reps)


def test_whole_numbers_stay_whole_and_grow_with_the_factor(day):
    """Rounding spreads: the sum is near what was asked, no rep ever loses by more."""
    factors = asked_variants(sets=["reps.daily_capacity=*1:2:0.1"])
    slots = [v.applied(day.file, day.crm).crm.reps["daily_capacity"] for v in factors]
    total = day.crm.reps["daily_capacity"].sum()
    for step, own in enumerate(slots):
        assert (own % 1 == 0).all()
        assert abs(own.sum() - total * (1 + step / 10)) <= 2
    assert all((b >= a).all() for a, b in pairwise(slots))


def test_lists_gain_and_lose_entries(day):
    """A territory to another rep: + adds it, - takes it out."""
    changed = applied(day, sets=["reps.territories=+West"], where=["rep_id=R2"])
    own = changed.crm.reps.set_index("rep_id")["territories"]
    assert own["R2"][-1] == "West" and "West" not in own["R1"]
    with pytest.raises(ScenarioError, match="territories has no West"):
        applied(day, sets=["reps.territories=-West"], where=["rep_id=R2"])


def test_a_new_rep_shares_another_ones_columns(day):
    """All but id, name and what is said."""
    changed = applied(day, reps=["R9: like=R1, daily_capacity=2, territories=A|B"])
    old, new = changed.crm.reps.iloc[0], changed.crm.reps.iloc[-1]
    assert (new["rep_id"], new["daily_capacity"]) == ("R9", 2)
    assert new["territories"] == ("A", "B")
    assert new["team"] == old["team"]
    assert changed.crm.reps.dtypes.equals(day.crm.reps.dtypes)


def test_a_new_rep_by_columns_alone(day):
    """What is not said is empty, as in a table."""
    changed = applied(day, reps=["R9: daily_capacity=2"])
    new = changed.crm.reps.iloc[-1]
    assert (new["rep_id"], new["team"], new["active"]) == ("R9", "", True)
    assert changed.crm.reps.dtypes.equals(day.crm.reps.dtypes)


def test_a_rep_is_away(day):
    """By id; whoever is away already is said to be."""
    changed = applied(day, away=["R1"])
    assert changed.crm.absences["rep_id"].iloc[-1] == "R1"
    assert changed.sentences == ("Ana (R1) away: 4 slots less",)
    again = applied(day, away=["R6"])
    assert "not at work on the day anyway: nothing changes" in again.sentences[0]


def test_ranges_are_combined():
    """Every value of one with every value of the other, and with what is fixed."""
    variants = asked_variants(
        sets=["rules.capacity.factor=1:2:1", "solve.seed=1, 2, 3"], off=["territory"]
    )
    assert len(variants) == 6
    assert variants[0].name == ("capacity.factor = 1, solve.seed = 1, territory off")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"sets": ["rules.capasity.factor=1"]}, "did you mean 'capacity'?"),
        ({"sets": ["rules.capacity.factr=1"]}, "unknown key; did you mean 'factor'?"),
        ({"sets": ["rules.capacity=1"]}, "name a key of the rule"),
        ({"sets": ["rulez.capacity.factor=1"]}, "did you mean 'rules'?"),
        (
            {"sets": ["rules.capacity.factor==-1"]},
            "expected greater than or equal to 0",
        ),
        ({"sets": ["rules.territory.penalty=*2"]}, "is none: no number to change"),
        ({"sets": ["solve.time_limit"]}, "expected a path and a value"),
        ({"sets": ["reps=5"]}, "name a column"),
        ({"sets": ["reps.daily_capacty=5"]}, "did you mean 'daily_capacity'?"),
        ({"sets": ["reps.daily_capacity=five"]}, "expected a whole number"),
        ({"sets": ["reps.daily_capacity=-99"]}, "at least 0"),
        ({"sets": ["reps.rep_id=X"]}, "names the rows"),
        ({"sets": ["reps.team=*2"]}, "holds no numbers"),
        ({"where": ["team=A"]}, "nothing is set in a table"),
        ({"sets": ["reps.team=B"], "where": ["team"]}, "expected a column and a value"),
        ({"sets": ["reps.team=B"], "where": ["rep_id=R77"]}, "no row of reps fits"),
        ({"sets": ["reps.team=B"], "where": ["tem=A"]}, "did you mean 'team'?"),
        ({"off": ["teritory"]}, "did you mean 'territory'?"),
        ({"reps": ["R1: like=R2"]}, "is a rep of the day already"),
        ({"reps": ["R9=new"]}, "daily_capacity=8, or like=R3"),
        ({"reps": ["R9: like=R77"]}, "is no rep of the day"),
        ({"reps": ["R9: daily_capacity"]}, "expected 'R9: daily_capacity=8"),
        ({"away": ["R77"]}, "is no rep of the day"),
        ({"sets": ["solve.seed=0:99:1", "solve.effort=1:9:1"]}, "at most 200"),
    ],
)
def test_what_cannot_be_is_refused_with_the_nearest(day, asked, expected):
    """An error names the change as it was asked for, and what was meant."""
    with pytest.raises(ScenarioError) as caught:
        applied(day, **asked)
    assert expected in str(caught.value)


def test_conditions_are_told_as_a_scenario_writes_them(day):
    """A whole `where` is set; what it was is no object of ours."""
    set_anew = "rules.large deals.where={territory: [North, South]}"
    (sentence,) = applied(day, sets=[set_anew]).sentences
    assert sentence == (
        "where of rule large deals: {deal_value: {min: 5,000}} -> "
        "{territory: North, South}"
    )
