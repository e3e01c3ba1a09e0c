"""A run in ten lines: what was charged and what is not proven is told."""

from dataclasses import replace

import pytest

from runs import allocate, notes, summary

MUST = "  - kind: must_assign\n    strength: soft\n    penalty: 7\nsolve:"
ALIKE = "  - kind: one_owner\n    same: language\nsolve:"
ONE_TEAM = "reps: {file: reps.csv, drop: [team]}"


@pytest.fixture
def run_of(company):
    """Return a function: old and new parts of the scenario -> the day's run."""
    path = company / "daily.yaml"

    def run(changes):
        text = path.read_text(encoding="utf-8")
        for old, new in changes.items():
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
        return allocate(path, model=company / "daily.model")

    return run


def test_penalties_are_told(run_of):
    """Seven for each unassigned lead."""
    run = run_of({"solve:": MUST})
    unassigned = run.result.solution.n_unassigned
    assert unassigned > 0
    assert dict(summary(run))["penalties"] == f"unassigned {7 * unassigned:.2f}"


def test_what_costs_nothing_is_said_in_words(run_of):
    """One team: deciding by teams first costs nothing, not -0.00."""
    run = run_of({"reps: reps.csv": ONE_TEAM, "solve:": "solve:\n  two_level: true"})
    cost = run.result.bound - run.result.objective
    said = dict(summary(run))["proof"]
    assert cost == pytest.approx(0.0, abs=1e-9)
    assert said.endswith("deciding by teams first costs nothing")
    assert "-0" not in said.partition("gap")[0]


def test_prices_that_are_not_exact_are_said_to_be_a_guide(run_of):
    """One owner per language needs the mixed-integer engine."""
    run = run_of({"solve:": ALIKE})
    assert run.result.engine == "mip"
    assert any("linear relaxation: a guide" in note for note in notes(run))


def test_a_day_far_from_history_is_told_with_both_figures(run_of):
    """As where a column of today's leads means something else."""
    run = run_of({})
    assert not any("LEVEL IS STRANGE" in note for note in notes(run))
    scores = replace(run.scored.scores, lead=run.scored.scores.lead + 4)
    strange = replace(run, scored=replace(run.scored, scores=scores))
    (note,) = (note for note in notes(strange) if "LEVEL IS STRANGE" in note)
    card = run.scored.trained.card
    assert f"{scores.with_average_rep().mean():.1%}" in note
    assert f"those of history {card.p_mean:.1%}" in note


def test_reps_with_a_history_are_counted(run_of):
    """All of them here."""
    run = run_of({})
    n_reps = len(run.crm.reps)
    assert dict(summary(run))["rep history"].startswith(f"{n_reps} of {n_reps} reps")
