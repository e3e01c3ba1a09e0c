"""Near ties count as ties where that is asked for; what it costs is said."""

from math import inf
from types import SimpleNamespace

import numpy as np
import pytest

from reporting import write_folder
from runs import allocate, run_files, verify
from runs.job.summary import notes
from runs.job.tie_widths import tie_width
from scenarios.schema import Objective
from scoring import PairScores
from tests.small_company import SCENARIO


def width(objective, answer="cannot_tell", main=0.4, interaction=0.3):
    """Return the width under a card that says so."""
    main, interaction = (
        SimpleNamespace(test=SimpleNamespace(detectable_sd=sd))
        for sd in (main, interaction)
    )
    finding = SimpleNamespace(answer=answer, main=main, interaction=interaction)
    return tie_width(Objective(**objective), SimpleNamespace(rep_finding=finding))


def test_how_wide_near_ties_are():
    """None by default; auto follows the card, and a number is what it says."""
    assert width({}) == 0
    assert width({"tie_width": 0.2}, answer="yes") == 0.2
    assert width({"tie_width": "auto"}) == 0.8
    assert width({"tie_width": "auto"}, interaction=inf) == 0.8
    assert width({"tie_width": "auto"}, main=inf, interaction=inf) == 100
    assert width({"tie_width": "auto"}, answer="yes") == 0
    assert width({"tie_width": "auto"}, answer="no") == 0


@pytest.mark.parametrize("value", ["wide", -1, 101, True, [1]])
def test_what_is_no_width(value):
    """It is refused with what is expected."""
    with pytest.raises(ValueError, match="expected auto, or log odds from 0 to 100"):
        Objective(tie_width=value)


def test_steps_of_what_reps_add():
    """Half a step around the average rep is nothing, a whole one is kept."""
    scores = PairScores(np.array([0.0]), np.array([0.2, -0.2, 0.9]))
    lead, rep = np.zeros(3, np.int64), np.arange(3)
    expected = PairScores(np.array([0.0]), np.array([0.0, 0.0, 1.0]))
    stepped = scores.stepped(lead, rep, 1.0)
    assert stepped.tolist() == expected.probability(lead, rep).tolist()


def test_a_day_of_near_ties(company, tmp_path):
    """Loads are even, the proof is of the values in steps, and verify agrees."""
    head = SCENARIO.partition("rules:")[0]
    path = company / "daily.yaml"
    path.write_text(f"{head}objective: {{tie_width: 100}}\n", encoding="utf-8")
    run = allocate(path, model=company / "daily.model")
    loads = run.load.loc[run.scored.day.available, "slots_used"]
    assert loads.max() - loads.min() <= 1
    assert run.near_ties.best >= run.near_ties.kept - 1e-9
    assert run.result.status == "optimal"
    assert any("in steps of 1e+02 log odds" in note for note in notes(run))
    write_folder(tmp_path / "run", run_files(run))
    assert verify(tmp_path / "run").problems == ()
