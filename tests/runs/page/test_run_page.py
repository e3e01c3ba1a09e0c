"""The page of a run against its tables, its rivals, and the run before."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from reporting import Baseline, Expected, Page, render
from runs import allocate, record, run_files, verify
from runs.job.run import Run
from runs.page.placing import unassigned_groups
from runs.page.round_robin import beside_round_robin
from runs.page.run_page import compared_sentence, page_of_run
from runs.page.since_last import changes_since_last
from solver import POLICIES

EXPERIMENT = "experiment:\n  control_share: 0.5\n"


@pytest.fixture(scope="module")
def run(small: Path) -> Run:
    return allocate(small / "daily.yaml", model=small / "daily.model")


@pytest.fixture(scope="module")
def page(run: Run) -> Page:
    return page_of_run(run, None)


@pytest.fixture(scope="module")
def days(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a folder with a ledger that has a first day of an experiment."""
    folder = Path(shutil.copytree(small, tmp_path_factory.mktemp("days") / "company"))
    scenario = folder / "daily.yaml"
    text = scenario.read_text(encoding="utf-8")
    scenario.write_text(f"{text}ledger: ledger.db\n{EXPERIMENT}", encoding="utf-8")
    first = allocate(scenario, model=folder / "daily.model")
    assert changes_since_last(first, folder / "daily.model") is None
    record(first, folder / "daily.model")
    return folder


@pytest.fixture(scope="module")
def second(days: Path) -> Run:
    """Return the next day's run: ten of the leads again, another rule."""
    scenario = days / "daily.yaml"
    text = scenario.read_text(encoding="utf-8").replace("2026-09-07", "2026-09-08")
    scenario.write_text(text.replace("penalty: 0.02", "penalty: 0.03"))
    leads = pd.read_csv(days / "leads.csv", dtype=str, keep_default_na=False)
    leads.head(10).to_csv(days / "leads.csv", index=False)
    return allocate(scenario, model=days / "daily.model")


def test_rows_have_names_and_deal_values(run: Run, page: Page) -> None:
    """Each lead with what its tables say of it and of its rep."""
    row = page.assignments.iloc[0]
    leads = run.crm.leads.set_index("lead_id")
    reps = run.crm.reps.set_index("rep_id")
    assert row["deal_value"] == leads.at[row["lead_id"], "deal_value"]
    assert row["rep"] == f"{reps.at[row['rep_id'], 'name']} ({row['rep_id']})"
    assert len(page.unassigned) == run.result.solution.n_unassigned


def test_the_matrix_adds_up(run: Run, page: Page) -> None:
    """Leads assigned by rep and territory are those assigned, and may be had."""
    coverage = page.coverage
    assert coverage is not None
    assert coverage.assigned.sum() == run.result.solution.n_assigned
    assert coverage.may_have[coverage.assigned > 0].all()
    assert coverage.territories["leads"].sum() == len(run.crm.leads)
    assert len(coverage.reps) == run.scored.day.available.sum()


def test_groups_have_every_unassigned_lead(run: Run, page: Page) -> None:
    """By reason, the largest first."""
    sizes = [group.n_leads for group in page.groups]
    assert sum(sizes) == len(run.unassigned) and sizes == sorted(sizes, reverse=True)


def test_one_more_slot_is_for_leads_that_may_have_it(run: Run, page: Page) -> None:
    """Full reps are full, the dearest first, each with leads that want them."""
    solution, problem = run.result.solution, run.scored.day.problem
    full = [each for group in page.groups for each in group.full]
    assert full
    for rep_id, price, n_leads in full:
        (rep,) = np.flatnonzero(problem.rep_ids == rep_id)
        assert solution.slots_used[rep] == problem.capacity[rep]
        wants = problem.lead[problem.rep == rep]
        assert 1 <= n_leads <= (~solution.assigned[wants]).sum()
        key = (run.prices["key"] == rep_id) & (run.prices["rule"] == "")
        assert price == run.prices.loc[key, "price"].iloc[0]
    prices = [price for _, price, _ in full]
    assert prices == sorted(prices, reverse=True)


def test_sparing_a_rule_gives_leads_an_eligible_rep(run: Run) -> None:
    """What the page says of a rule is what the day without it has."""
    day = run.scored.day
    rules = [
        r.model_copy(update={"min_seniority": 99}) if r.kind == "seniority" else r
        for r in day.rules
    ]
    strict = day.under(rules)
    result = run.result
    solution = replace(
        result.solution,
        problem=strict.problem,
        pair=np.full(strict.problem.n_leads, -1),
    )
    lost = np.flatnonzero(np.diff(strict.problem.indptr) == 0)
    table = pd.DataFrame({"lead_id": strict.problem.lead_ids[lost], "reason": "x"})
    (group,) = unassigned_groups(strict, solution, table, run.prices)
    spared = {rule: n_leads for rule, n_leads, _ in group.spared}
    without = strict.under([r for r in strict.rules if r.kind != "seniority"])
    n_pairs = np.diff(without.problem.indptr)[lost]
    assert len(lost) and spared["large deals"] == (n_pairs > 0).sum()


def test_the_run_stands_beside_round_robin(run: Run) -> None:
    """Both expectations are sums of the same probabilities over their own pairs."""
    baseline = beside_round_robin(run)
    assert baseline is not None
    expected = run.assignments["p_convert"].sum()
    assert baseline.own.conversions == pytest.approx(expected)
    day = run.scored.day
    rng = np.random.default_rng([day.seed(run.file.scenario.solve.seed), 0])
    drawn = POLICIES["round_robin"](day.problem, rng)
    assert baseline.baseline.n_assigned == pytest.approx(drawn.n_assigned, abs=3)
    assert 0 < baseline.baseline.conversions < baseline.own.conversions
    assert baseline.own.objective == pytest.approx(run.result.objective)
    assert baseline.baseline.objective < baseline.own.objective
    assert "Nothing was measured" in baseline.measured[0]


def test_the_first_paragraph_knows_round_robin_and_warnings(page: Page) -> None:
    """What does not follow from the tables is kept apart."""
    assert page.opening.compared[-1].startswith("By round robin it would expect")
    assert "round robin" not in " ".join(page.opening.decided)


def test_changes_follow_the_ledger(days: Path, second: Run) -> None:
    """Leads of both days, those that got an owner since, and the rule that changed."""
    changes = changes_since_last(second, days / "daily.model")
    assert changes is not None
    assert (changes.then["all"], changes.now["all"]) == (30, 10)
    assert changes.now["all"] == sum(changes.now[n] for n in list(changes.now)[1:])
    assert changes.rules_changed == ["language"] and changes.is_new_model is False
    assert changes.rules_added == changes.rules_gone == []
    owned = set(second.owner)
    assert set(changes.placed) <= owned and not set(changes.still) & owned
    assert changes.is_unlike


def test_a_second_day_has_its_sections(days: Path, second: Run) -> None:
    """What changed, leads that are kept, and why nothing is measured yet."""
    page = page_of_run(second, days / "daily.model")
    html = render(page)
    assert "Since the last run, 07 September 2026" in html
    assert len(page.kept) and "Kept leads" in html
    assert page.is_drawn and page.baseline is not None
    assert (
        "No measured lift in the 180 days before this run"
        in (page.baseline.measured[0])
    )


@pytest.mark.slow
def test_a_recorded_run_has_the_same_page_again(days: Path, second: Run) -> None:
    """It is held against the run before it, not against itself."""
    model = days / "daily.model"
    before = run_files(second, model)["report.html"]
    record(second, model)
    again = allocate(days / "daily.yaml", model=model)
    assert run_files(again, model)["report.html"] == before


@pytest.mark.slow
def test_a_page_of_a_second_day_is_verified(days: Path, second: Run, tmp_path) -> None:
    """What the ledger said does not confuse the audit."""
    from reporting import write_folder

    folder = tmp_path / "run"
    write_folder(folder, run_files(second, days / "daily.model"))
    assert verify(folder).problems == ()


def test_an_expectation_below_round_robin_s_is_explained() -> None:
    """Round robin may break soft rules that the run keeps."""
    own, other = Expected(3, 1.4, 1.35), Expected(3, 1.5, 1.2)
    text = compared_sentence(Baseline(own, other, 5, 0.1, []))
    assert "expect 1.50, and after the penalties of broken soft rules 1.20" in text
    assert "here 1.35" in text
    richer = Expected(3, 1.4, 500.0, revenue=501.0)
    text = compared_sentence(Baseline(richer, richer, 5, 0.1, []))
    assert "expect 1.40, and 500.0 revenue after penalties" in text
