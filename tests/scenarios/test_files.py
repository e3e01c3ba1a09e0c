"""The ready scenario files are valid, and mean what they say."""

from importlib.resources import files

import pytest

from scenarios import read_scenario
from scenarios.files import SYSTEMS

READY = sorted(
    path.name
    for path in files("scenarios").iterdir()
    if path.name.endswith(".yaml") and path.name.removesuffix(".yaml") not in SYSTEMS
)


@pytest.mark.parametrize("name", READY)
def test_ready_file_is_valid(name):
    """Each loads, with `extends` resolved."""
    with_comments = files("scenarios").joinpath(name)
    assert read_scenario(with_comments).scenario.rules
    assert "#" in with_comments.read_text(encoding="utf-8")


def test_extending_changes_a_rule_by_name_and_keeps_the_rest():
    """revenue.yaml takes daily.yaml's rules and one other penalty."""
    daily, revenue = (
        read_scenario(files("scenarios").joinpath(name)).scenario
        for name in ("daily.yaml", "revenue.yaml")
    )
    assert [rule.name for rule in daily.rules] == [rule.name for rule in revenue.rules]
    assert [rule.name for rule in daily.rules if rule not in revenue.rules] == [
        "language"
    ]
    assert revenue.objective.maximise == "revenue"
    assert revenue.data == daily.data
