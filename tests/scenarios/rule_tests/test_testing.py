"""Example leads are decided alone, and their expectations told with the rules."""

from dataclasses import replace

import numpy as np
import pytest

from scenarios import ScenarioError
from scenarios.rule_tests.testing import failures, run_tests
from solver import build_day
from tests.scenarios.small_scenarios import (
    CAPACITY,
    REPS,
    SENIOR,
    TERRITORY,
    prepared,
)

RULES = CAPACITY, TERRITORY, SENIOR
NORTH = "lead: {territory: North, deal_value: 30000}"
SMALL = "lead: {territory: North, deal_value: 100}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("tested")


@pytest.fixture
def tested(folder):
    """Return a function: examples, rules -> the prepared scenario, its report."""

    def run(*examples, rules=RULES, scored=None, **tables):
        listed = "\n".join(f"  - {{name: e{i}, {e}}}" for i, e in enumerate(examples))
        day = prepared(folder, *rules, more=f"tests:\n{listed}\n", **tables)
        if scored is not None:
            tables = day.crm

            def values(crm):
                return build_day(crm, day.file.scenario.rules, scored)

            return day, run_tests(day.file, tables, values)
        return day, run_tests(day.file, day.crm)

    return run


def outcomes(report):
    return [result.outcome for result in report.results]


DECIDED = [
    "owner: R1",
    "owner: Ann Lee",
    "eligible: R1, not_eligible: [R2, Cy Dee]",
    "not_owner: Bo Ray",
    "team: one",
    "reason: only_eligible_rep",
    "reason: No other rep may have it",
]
WRONG = {
    "owner: R2": ("eligible: Ann Lee (R1)", "forbidden by rule large deals (For"),
    "eligible: R3": ("not eligible", "forbidden by rule territory ("),
    "not_eligible: R1": ("eligible", "territory, large deals allow it"),
    "not_owner: R1": ("Ann Lee (R1) gets it", "there is no better eligible rep"),
    "reason: no_rep_in_territory": ("eligible: Ann Lee (R1) (no other rep", ""),
}
"""What is expected of a large lead in the North -> how found and why begin."""


def test_what_the_rules_decide_is_tested(tested):
    """By id or name, code or words."""
    report = tested(*(f"{NORTH}, {expected}" for expected in DECIDED))[1]
    assert outcomes(report) == ["passed"] * len(DECIDED)


def test_a_failure_says_what_was_found_and_why(tested):
    """With the rules by name, and in their words."""
    report = tested(*(f"{NORTH}, {expected}" for expected in WRONG))[1]
    for result, (found, why) in zip(report.results, WRONG.values(), strict=True):
        (verdict,) = result.verdicts
        assert verdict.outcome == "failed"
        assert verdict.found.startswith(found) and why in verdict.why


def test_a_lead_that_nobody_may_have(tested):
    """Has the reason of a run."""
    islands = "lead: {territory: Islands}"
    report = tested(
        f"{islands}, reason: no_rep_in_territory",
        f"{islands}, reason: no rep covers the territory",
        f"{islands}, owner: R1",
        f"{islands}, team: one",
    )[1]
    assert outcomes(report) == ["passed", "passed", "failed", "failed"]
    found = report.results[2].verdicts[0].found
    assert found.startswith("nobody may have it (no rep covers the territory; rule")


def test_without_scores_nobody_is_the_best_of_several(tested):
    """It is said to be undecided; with scores it is decided, a tie aside."""
    example = f"{SMALL}, owner: R2"
    assert outcomes(tested(example)[1]) == ["undecided"]
    assert outcomes(tested(f"{SMALL}, not_owner: R2")[1]) == ["undecided"]
    assert outcomes(tested(f"{SMALL}, reason: highest_value")[1]) == ["undecided"]

    def ranked(_lead, rep):
        return rep / 10

    def equal(_lead, rep):
        return np.full(len(rep), 0.5)

    more = (example, f"{SMALL}, owner: R1", f"{SMALL}, reason: highest_value")
    report = tested(*more, scored=ranked)[1]
    assert outcomes(report) == ["passed", "failed", "passed"]
    assert outcomes(tested(example, scored=equal)[1]) == ["undecided"]


def test_reps_are_free_unless_it_says_today(tested):
    """A full book keeps nobody from an example."""
    full = [{**rep, "open_capacity": "5", "open_leads": "5"} for rep in REPS]
    today = f"{NORTH}, owner: R1, reps: today"
    report = tested(f"{NORTH}, owner: R1", today, reps=full)[1]
    assert outcomes(report) == ["passed", "failed"]
    assert report.results[1].verdicts[0].why == "the rep has no slot"


def test_a_lead_of_the_day_may_be_changed(tested):
    """The cells that are not named are its own; the same lead may come twice."""
    report = tested(
        "lead_id: L1, not_eligible: R2",
        "lead_id: L1, lead: {deal_value: 100}, eligible: R2",
    )[1]
    assert outcomes(report) == ["passed", "passed"]


def test_a_bound_that_one_lead_breaks_forbids_it(tested):
    """Sums over many leads are not decided by one."""
    none = "{kind: max_per_rep, max_leads: 0, where: {territory: North}}"
    least = "{kind: min_per_rep, min_leads: 2}"
    report = tested(f"{NORTH}, reason: limit_reached", rules=(CAPACITY, none, least))[1]
    assert outcomes(report) == ["passed"]


def test_rules_that_ask_for_scores_are_left_out_and_said(tested):
    """Unless scores are given."""
    weak = "{kind: qualify, name: weak, min_score: 0.1}"
    report = tested(f"{NORTH}, owner: R1", rules=(*RULES, weak))[1]
    assert report.left_out == ("weak",)


def test_failures_stand_at_their_line(tested):
    """To the entry of a list."""
    day, report = tested(f"{NORTH}, eligible: [R1, R3]")
    (issue,) = failures(day.file, report)
    assert issue.column == "tests.0.eligible.1"
    assert issue.excerpt.text[issue.excerpt.character - 1 :].startswith("R3")
    assert "'e0'" in issue.expected and issue.severity == "error"


UNKNOWN = {
    f"{NORTH}, owner: R9": ("owner", "no such rep"),
    f"{NORTH}, owner: An Lee": ("owner", "did you mean 'Ann Lee'"),
    f"{NORTH}, team: onee": ("team", "did you mean 'one'"),
    f"{NORTH}, reason: lockd": ("reason", "did you mean 'locked'"),
    "lead: {teritory: x}, owner: R1": ("lead.teritory", "'territory'"),
    "lead: {lead_id: x}, owner: R1": ("lead.lead_id", "beside `lead`"),
    "lead: {deal_value: x}, owner: R1": ("lead.deal_value", "a number"),
    "lead_id: L9, owner: R1": ("lead_id", "no such lead today"),
}
"""An example that names what there is not -> the key, and part of the message."""


def test_what_there_is_not_is_an_error_with_the_nearest(tested):
    """All at once, each at its key."""
    with pytest.raises(ScenarioError) as error:
        tested(*UNKNOWN)
    told = {issue.column: issue.expected for issue in error.value.issues}
    assert len(told) == len(UNKNOWN)
    for place, (key, hint) in enumerate(UNKNOWN.values()):
        assert hint in told[f"tests.{place}.{key}"]


def test_a_name_of_two_reps_is_no_name(tested):
    """The id is asked for."""
    twins = [{**rep, "name": "Ann Lee"} for rep in REPS]
    with pytest.raises(ScenarioError, match="several reps have this name: give the id"):
        tested(f"{NORTH}, owner: Ann Lee", reps=twins)


@pytest.mark.parametrize(
    ("example", "text"),
    [
        (NORTH, "this tests nothing: say any of owner, team"),
        ("owner: R1", "needs the cells of a `lead`, or a `lead_id`"),
        (f"{NORTH}, eligible: []", "expected at least one entry"),
        (f"{NORTH}, onwer: R1", "did you mean 'owner'"),
    ],
)
def test_a_test_that_tests_nothing_is_refused(tested, example, text):
    """When the scenario is read."""
    with pytest.raises(ScenarioError) as error:
        tested(example)
    assert text in str(error.value)


def test_tests_may_lie_in_a_file_beside(folder):
    """As a list, or under the key; names are used once."""
    example = f"- {{name: a, {NORTH}, owner: R1}}\n"
    (folder / "own.yaml").write_text(example)
    (folder / "keyed.yaml").write_text(f"tests:\n{example}")
    for name in ("own.yaml", "keyed.yaml"):
        day = prepared(folder, *RULES, more=f"tests: {name}\n")
        report = run_tests(day.file, day.crm)
        assert outcomes(report) == ["passed"]
        assert report.results[0].verdicts[0].file.endswith(name)
    (folder / "own.yaml").write_text(2 * example)
    with pytest.raises(ScenarioError, match="two tests share this name"):
        prepared(folder, *RULES, more="tests: own.yaml\n")
    with pytest.raises(ScenarioError, match="no such file"):
        prepared(folder, *RULES, more="tests: gone.yaml\n")


def test_a_base_s_tests_hold_for_who_extends_it(folder):
    """By name: changed, added, and taken out."""
    more = (
        f"tests: [{{name: a, {NORTH}, owner: R1}}, {{name: b, {NORTH}, owner: R2}}]\n"
    )
    prepared(folder, *RULES, more=more, name="base.yaml")
    over = folder / "over.yaml"
    over.write_text(
        "extends: base.yaml\ntests:\n  - {name: b, enabled: false}\n"
        f"  - {{name: c, {SMALL}, eligible: R2}}\n"
    )
    from runs import prepare

    day = prepare(over)
    report = run_tests(day.file, day.crm)
    assert [(r.name, r.outcome) for r in report.results] == [
        ("a", "passed"),
        ("c", "passed"),
    ]


def test_the_same_run_has_the_same_id_with_tests(folder):
    """They say nothing of the day."""
    from runs.prepared.identity import run_id_of

    plain = prepared(folder, *RULES)
    tested = prepared(
        folder, *RULES, more=f"tests: [{{name: a, {NORTH}, team: one}}]\n"
    )
    ids = {run_id_of(day.file.scenario, day.crm) for day in (plain, tested)}
    assert len(ids) == 1
    other = replace(plain.crm, leads=plain.crm.leads.iloc[:1])
    assert run_id_of(plain.file.scenario, other) not in ids
