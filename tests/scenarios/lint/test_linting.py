"""Each kind of finding: told where it is, with figures and fix, and else not."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from runs import prepare
from scenarios.lint import lead_groups
from scenarios.lint.contradictions import conflicting
from scenarios.lint.demand import demand
from scenarios.lint.lead_groups import LeadGroups
from scenarios.lint.linting import lint
from tests.scenarios.small_scenarios import (
    CAPACITY,
    HEAD,
    LEADS,
    REPS,
    SENIOR,
    TERRITORY,
    prepared,
    written,
)
from tests.solver.companies import Company
from tests.solver.days import day_of

NORTH_TO_TWO = (
    "{kind: team, name: North to two, where: {territory: North}, teams: [two]}"
)
TEAMS = [{**rep, "team": "two" if rep["rep_id"] == "R3" else "one"} for rep in REPS]
EXPERT = "{kind: seniority, name: experts, min_seniority: 3}"


@pytest.fixture
def found(tmp_path):
    """Return a function: rules, tables -> key of each finding and its text."""

    def told(*rules, more="", **tables):
        day = prepared(tmp_path, *rules, more=more, **tables)
        return [
            (each.column, each.expected) for each in lint(day.reach, day.crm).issues
        ]

    return told


def about(findings, words):
    return [(key, text) for key, text in findings if words in text]


def test_nothing_is_found_in_rules_that_work_together(found):
    """Each forbids what no other does."""
    plenty = [{**rep, "daily_capacity": "1"} for rep in REPS]
    assert found(CAPACITY, TERRITORY, SENIOR, reps=plenty) == []


def test_rules_that_contradict_are_told_by_their_smallest_set(found):
    """With the leads that no rep may have, though each rule leaves them one."""
    ((key, text),) = about(
        found(CAPACITY, TERRITORY, NORTH_TO_TWO, SENIOR, reps=TEAMS), "contradict"
    )
    assert key == "rules.2"
    assert text.startswith(
        "rules territory and North to two contradict for 2 of 3 leads, such as L1: no "
        "rep meets both; "
    )


def test_a_lead_that_one_rule_alone_strands_is_no_contradiction(found):
    """The reach of the rule says it already."""
    islands = [*LEADS, {"lead_id": "L4", "territory": "Islands"}]
    assert about(found(CAPACITY, TERRITORY, SENIOR, leads=islands), "contradict") == []


def test_three_rules_may_contradict_together(tmp_path):
    """Though any two of them leave a rep."""
    reps = [
        {"rep_id": "R1", "territories": "N", "products": "A", "seniority": "1"},
        {"rep_id": "R2", "territories": "N", "products": "B", "seniority": "3"},
        {"rep_id": "R3", "territories": "S", "products": "A", "seniority": "3"},
    ]
    leads = [{"lead_id": "L1", "territory": "N", "product": "A"}]
    day = prepared(
        tmp_path, TERRITORY, "{kind: product}", EXPERT, leads=leads, reps=reps
    )
    assert list(conflicting(LeadGroups.of(day.reach.day))) == [
        ("territory", "product", "experts")
    ]


def test_a_rule_behind_another_can_never_matter(found):
    """Named with the rule before it; of two that are alike, the later one is told."""
    weaker = "{kind: seniority, name: some, where: {deal_value: {min: 25000}}, " + (
        "min_seniority: 2}"
    )
    findings = about(found(CAPACITY, SENIOR, weaker), "can never matter")
    assert findings == [
        (
            "rules.2",
            "rule some can never matter today: rule large deals forbids already every "
            "pair of a lead and a rep at work that it forbids (1, of 3 leads); delete "
            "it, or mend its `where`",
        )
    ]
    again = SENIOR.replace("large deals", "again")
    assert [
        key for key, _ in about(found(CAPACITY, SENIOR, again), "never matter")
    ] == ["rules.2"]


def test_a_penalty_on_what_is_forbidden_never_matters(found):
    """Soft rules are held against hard ones, too."""
    soft = "{kind: territory, name: near, strength: soft, penalty: 0.02}"
    (told,) = about(found(CAPACITY, TERRITORY, soft), "can never matter")
    assert told[0] == "rules.2" and "it would charge for" in told[1]
    assert about(found(CAPACITY, soft), "can never matter") == []


def test_a_bound_that_nobody_can_reach_never_binds(found):
    """By slots and eligible leads."""
    bound = "{kind: max_per_rep, max_leads: %d}"
    (told,) = about(found(CAPACITY, TERRITORY, bound % 2), "can never bind")
    assert told[0] == "rules.2"
    assert "R1 could get at most 2 by slots and eligible leads, and the rule" in told[1]
    assert about(found(CAPACITY, TERRITORY, bound % 1), "can never bind") == []
    idle = {"rep_id": "R4", "territories": "West"}
    more = found(CAPACITY, TERRITORY, bound % 2, reps=[*REPS, idle])
    assert len(about(more, "can never bind")) == 1


def test_reps_whom_no_lead_reaches_are_named_with_the_rule(found):
    """Whoever has no slot is told as well."""
    reps = [*REPS, {"rep_id": "R4", "name": "Di Fox", "territories": "West"}]
    (told,) = about(found(CAPACITY, TERRITORY, reps=reps), "no lead of today may go to")
    assert told[0] == "rules.1"
    assert "Di Fox (R4), at work: rule territory leaves them none" in told[1]
    full = [{**rep, "open_capacity": "1", "open_leads": "1"} for rep in REPS[:1]]
    (told,) = about(found(CAPACITY, reps=full + REPS[1:]), "without a slot today")
    assert told[0] == "rules.0" and "Ann Lee (R1); see daily_capacity" in told[1]


def test_slots_far_from_the_leads_that_want_them(found):
    """In all, by territory and by team; nothing of a few leads."""
    many = [
        {"lead_id": f"L{i}", "territory": "North" if i < 12 else "South"}
        for i in range(14)
    ]
    findings = found(CAPACITY, TERRITORY, reps=TEAMS, leads=many)
    texts = [text for key, text in findings if key == "rules.0"]
    assert (
        "14 leads have an eligible rep, and reps at work have 6 slots: at l" in texts[0]
    )
    assert "North (12 leads, 4 slots)" in texts[1] and "South" not in texts[1]
    assert "one (12 leads, 4 slots)" in texts[2]
    idle = [{**rep, "daily_capacity": "9"} for rep in REPS]
    ((_, text),) = about(found(CAPACITY, TERRITORY, reps=idle), "far above demand")
    assert text.startswith("capacity is far above demand: 27 slots for 3 leads")


HISTORY = """\
lead_id,created_at,rep_id,assigned_at,outcome,closed_at,territory,deal_value
"""


@pytest.fixture
def past(tmp_path):
    """Return a function: rules, leads of each past day -> findings, typical day."""

    def told(*rules, days=(("North", 4), ("South", 1)), unit="conversions", n_won=5):
        prepared(tmp_path, CAPACITY)
        rows = [
            (day, territory, i)
            for day in range(1, 11)
            for territory, n_leads in days
            for i in range(n_leads)
        ]
        lines = [
            f"H{day:02}{territory}{i},2026-08-{day:02},R1,2026-08-{day:02},"
            f"{'won' if place < n_won else 'lost'},2026-08-20,{territory},1000\n"
            for place, (day, territory, i) in enumerate(rows)
        ]
        (tmp_path / "history.csv").write_text(HISTORY + "".join(lines))
        head = HEAD.replace("reps: reps.csv", "reps: reps.csv, history: history.csv")
        objective = f"objective: {{maximise: {unit}}}\n"
        path = written(tmp_path / "past.yaml", *rules, more=objective)
        path.write_text(path.read_text().replace(HEAD, head))
        day = prepare(path)
        linted = lint(day.reach, day.crm)
        return [(i.column, i.expected) for i in linted.issues], linted.typical

    return told


def test_a_typical_day_tells_what_it_would_leave(past):
    """Of history's days, by reason; with slots for two of the North's six a rep."""
    findings, typical = past(CAPACITY, TERRITORY, days=(("North", 6), ("West", 1)))
    assert (typical.n_days, typical.n_leads) == (10, 70)
    assert typical.unassigned == {
        "as reps are full": 20,
        "as no rep meets the hard rules": 10,
    }
    ((key, text),) = about(findings, "a typical day would leave 3 of 7 leads")
    assert key == "rules" and "(43%): 2 as reps are full, 1 as no rep" in text
    assert "10 days of history until 2026-08-10" in text


def test_a_typical_day_that_leaves_few_is_no_warning(past):
    """It is told all the same."""
    findings, typical = past(CAPACITY, TERRITORY)
    assert about(findings, "typical") == [] and typical.n_unassigned == 0
    assert str(typical).startswith("would leave 0 of 5 leads unassigned (0%); reckoned")


def test_without_history_the_day_itself_is_typical(tmp_path):
    """And it is said."""
    day = prepared(tmp_path, CAPACITY, TERRITORY)
    assert "reckoned of today, 2026-09-07" in str(lint(day.reach, day.crm).typical)


@pytest.mark.parametrize(
    ("unit", "penalty", "words"),
    [
        (
            "conversions",
            0.8,
            "8 times as much as a lead: a usual lead counts about",
        ),
        ("conversions", 0.00001, "is 1/10,000 of a lead"),
        ("conversions", 0.02, ""),
        ("revenue", 0.02, "hardly ever decides"),
        ("revenue", 20000.0, "as good as hard"),
        ("revenue", 300.0, ""),
    ],
)
def test_penalties_are_held_against_what_a_lead_counts(past, unit, penalty, words):
    """The mean conversion of history, times the median deal value of the day."""
    soft = f"{{kind: territory, strength: soft, penalty: {penalty:.6f}}}"
    findings = past(CAPACITY, soft, unit=unit)[0]
    told = [text for key, text in findings if key == "rules.1.penalty"]
    assert words in told[0] if words else told == []


def test_without_history_a_conversion_is_taken_to_be_a_tenth(found):
    """Which is said; of revenue nothing is."""
    soft = "{kind: territory, strength: soft, penalty: 0.00001}"
    (told,) = about(found(CAPACITY, soft), "hardly ever decides")
    assert "about 0.1 expected conversions, as no history tells" in told[1]
    revenue = found(CAPACITY, soft, more="objective: {maximise: revenue}\n")
    assert about(revenue, "hardly ever decides") == []


def test_large_days_are_looked_at_in_a_sample(tmp_path, monkeypatch):
    """Which is said."""
    monkeypatch.setattr(lead_groups, "MOST_LEADS", 5)
    leads = [{**LEADS[i % 3], "lead_id": f"L{i}"} for i in range(20)]
    day = prepared(tmp_path, CAPACITY, TERRITORY, leads=leads).reach.day
    assert LeadGroups.of(day).looked_at == "5 leads (a sample of 20)"


def test_groups_are_of_leads_that_all_rules_treat_alike(tmp_path):
    """Each lead in one, those that are kept in none."""
    rng = np.random.default_rng(0)
    leads = pd.DataFrame(
        {
            "lead_id": [f"L{i}" for i in range(60)],
            "territory": rng.choice(["North", "South"], 60),
            "deal_value": rng.choice(["100", "600", "30000"], 60),
        }
    )
    kept = "{kind: qualify, min_value: 500}"
    rules = CAPACITY, TERRITORY, SENIOR, kept
    day = prepared(tmp_path, *rules, leads=leads.to_dict("records")).reach.day
    groups = LeadGroups.of(day)
    large = leads[leads["deal_value"] != "100"]
    assert groups.n_leads == len(large)
    assert len(groups.first) == len(large.groupby(["territory", "deal_value"]))
    whole = groups.allowed_by(groups.hard)
    for lead, reps in zip(groups.first, whole, strict=True):
        start, end = day.problem.indptr[lead : lead + 2]
        assert np.flatnonzero(reps).tolist() == day.problem.rep[start:end].tolist()


def test_who_is_away_saves_no_rule_from_its_shadow(found):
    """Only reps at work are looked at: the others get nothing anyhow."""
    reps = [
        {**REPS[0], "active": "true"},
        {**REPS[1], "active": "true", "team": "two"},
        {**REPS[0], "rep_id": "R4", "active": "false", "team": "two"},
    ]
    team = "{kind: team, name: large to one, where: {deal_value: {min: 25000}}, "
    findings = found(CAPACITY, SENIOR, f"{team}teams: [one]}}", reps=reps)
    assert [key for key, _ in about(findings, "can never matter")] == ["rules.2"]


def test_leads_that_take_no_slot_want_none():
    """Those of an account, with their owner, are no demand for slots."""
    free = {"kind": "account_owner", "uses_capacity": False}
    leads = [{"account_id": "A"}] * 20
    company = Company(leads, [{"daily_capacity": 1}], accounts={"A": "R0"})
    texts = {}
    for kind in (free, {**free, "uses_capacity": True}):
        day = day_of(company, {"kind": "capacity"}, kind)
        file = SimpleNamespace(
            scenario=SimpleNamespace(rules=day.rules),
            issue=lambda _keys, text, severity: (text, severity),
        )
        texts[kind["uses_capacity"]] = [text for text, _ in demand(file, day)]
    assert texts[False] == [] and "20 leads have an eligible rep" in texts[True][0]
