"""Changes of one variant of which one undoes another."""

import pytest

from scenarios import ScenarioError
from scenarios.changes import asked_variants

CONTRADICTIONS = [
    (["rules.capacity.factor=1", "rules.capacity.factor=2"], [], "keep one of the two"),
    (["rules.capacity.factor=*2", "rules.capacity.factor=1"], [], "keep one"),
    (["reps.daily_capacity=5", "reps.daily_capacity=6"], [], "keep one of the two"),
    (["rules.seniority.min_seniority=2"], ["large deals"], "leaves out the rule"),
    ([], ["seniority", "large deals"], "leaves that rule out already"),
]
WITHIN = "rules.large deals.where.deal_value.min=1"


@pytest.mark.parametrize(("sets", "off", "message"), CONTRADICTIONS)
def test_what_would_be_undone_is_refused(day, sets, off, message):
    """The later change is named, and what to do."""
    (variant,) = asked_variants(sets=sets, off=off)
    with pytest.raises(ScenarioError, match=message):
        variant.applied(day.file, day.crm)


def test_a_part_set_before_the_whole_is_undone(day):
    """The other way round, the part is set in the new whole."""
    whole = "rules.large deals.where={deal_value: {min: 2}}"
    (undone,) = asked_variants(sets=[WITHIN, whole])
    with pytest.raises(ScenarioError, match="keep one of the two"):
        undone.file(day.file)
    (kept,) = asked_variants(sets=[whole, WITHIN])
    assert kept.file(day.file)


def test_changes_that_go_on_from_each_other_are_obeyed(day):
    """Twice as many, and one more."""
    sets = ["rules.capacity.factor=2", "rules.capacity.factor=+1"]
    (variant,) = asked_variants(sets=sets)
    changed = variant.file(day.file).scenario.rules
    assert next(rule for rule in changed if rule.kind == "capacity").factor == 3
