"""The time limit of a scenario holds for a whole command, whatever it solves."""

import json
import time

import pytest
from click.testing import CliRunner

from cli import main
from runs import allocate
from solver import Result, Status, solve

LIMIT = 1.0
SLACK = 0.5
"""Seconds for what a slow machine does beside solving."""


@pytest.fixture
def asked(monkeypatch):
    """Let every solve take all its time, and find nothing after the first one."""
    seconds = []

    def slow(problem, *, seed, time_limit, progress=None, effort=None):
        time.sleep(time_limit)
        seconds.append(time_limit)
        if len(seconds) > 1:
            return Result.without_solution(problem, Status.NO_SOLUTION, "mip")
        found = solve(problem, seed=seed, time_limit=60)
        prices = found.price, found.limit_price
        return Result(Status.FEASIBLE, found.solution, 1e3, *prices, "mip")

    users = "runs.job.rule_costs", "solver.policies.repair", "solver.policies.optimum"
    explaining = "solver.explain.counterfactuals", "solver.explain.conflicts"
    for user in (*users, *explaining):
        monkeypatch.setattr(f"{user}.solve", slow)
    return seconds


def limited(company, more=""):
    """Write the scenario with the limit, and return its path."""
    path = company / "limited.yaml"
    text = (company / "daily.yaml").read_text(encoding="utf-8")
    text = text.replace("time_limit: 10", f"time_limit: {LIMIT}")
    path.write_text(f"{text}\n{more}\n", encoding="utf-8")
    return path


def printed(*arguments):
    done = CliRunner().invoke(main, list(map(str, arguments)))
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("more", ["", "experiment: {control_share: 0.2}"])
def test_a_run_solves_within_its_limit_and_says_what_it_could_not(company, asked, more):
    """The day, the control arm and all rule costs together."""
    job = allocate(limited(company, more), None, company / "daily.model")
    assert asked[0] == pytest.approx((0.7 if more else 0.8) * LIMIT, abs=0.05)
    assert sum(asked) < 1.1 * LIMIT
    assert job.timings["solving"] + job.timings["pricing"] < 1.1 * LIMIT + SLACK
    assert job.cut_short[0].startswith("5 of 5 rule costs could not be proven within")


@pytest.mark.slow
def test_what_was_cut_short_is_in_text_page_and_manifest(company, asked):
    """The same sentence everywhere, and the auditor holds it against the costs."""
    path, folder = limited(company), company / "limited"
    text = printed("run", path, "--model", company / "daily.model", "--out", folder)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    [said] = manifest["cut_short"]
    assert f"note: {said}" in text
    assert said in (folder / "report.html").read_text(encoding="utf-8")
    assert "cut_short" not in CliRunner().invoke(main, ["verify", str(folder)]).output
    manifest["cut_short"] = ["all went well"]
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    forged = CliRunner().invoke(main, ["verify", str(folder)])
    assert "the manifest says cut_short ['all went well']" in forged.output


def test_a_run_that_had_time_enough_says_nothing_of_it(company):
    """No field in the manifest."""
    manifest = (company / "run" / "manifest.json").read_text(encoding="utf-8")
    assert "cut_short" not in manifest


@pytest.mark.slow
@pytest.mark.slow
def test_an_explanation_ends_within_the_limit_and_counts_open_questions(company, asked):
    """Each may take a quarter of the time left."""
    path, folder = limited(company), company / "limited"
    printed("run", path, "--model", company / "daily.model", "--out", folder)
    asked[:] = [0.0]
    text = printed("explain", folder, "L000")
    assert sum(asked) < 1.1 * LIMIT
    assert "not solved: the time limit passed" in text
