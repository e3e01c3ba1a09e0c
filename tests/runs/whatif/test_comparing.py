"""Variants side by side: several files, processes, a ledger, and the time limit."""

import shutil
from dataclasses import replace
from hashlib import sha256

import pytest

from runs import allocate, record
from runs.whatif import comparing
from runs.whatif.asked import WhatIf
from runs.whatif.comparing import compare_variants
from scenarios import ScenarioError
from scenarios.changes import asked_variants


def asked(folder, *names, **changes):
    paths = [folder / (name or "daily.yaml") for name in names or [""]]
    variants = asked_variants(**changes) if changes else ()
    return WhatIf(paths, variants, model=folder / "daily.model")


def test_the_first_is_the_run(small):
    """Its figures are those of the job itself; nothing but they is made."""
    run = allocate(small / "daily.yaml", None, small / "daily.model")
    whatif = compare_variants(asked(small, off=["territory"]))
    first, other = whatif.variants
    assert first.objective == pytest.approx(run.result.objective)
    assert first.n_assigned == len(run.assignments)
    assert first.conversions == pytest.approx(run.assignments["p_convert"].sum())
    assert sum(first.unassigned.values()) == len(run.unassigned)
    assert first.teams["assigned"].sum() == first.n_assigned
    assert other.objective >= first.objective - 1e-9
    assert whatif.differences[0].objective == other.objective - first.objective


@pytest.mark.slow
def test_a_draw_is_said_to_be_one(small):
    """Also where a variant alone draws; without an experiment nothing is said."""
    share = "experiment={control_share: 0.2, control_policy: round_robin}"
    drawn, plain = (
        compare_variants(
            replace(asked(small, sets=[text]), with_costs=False, with_growth=False)
        )
        for text in (share, "rules.capacity.factor=0.5")
    )
    assert comparing.DRAWN in drawn.notes and comparing.DRAWN not in plain.notes


def test_several_files_side_by_side(company):
    """Each is called by its name, and the first is what the others are held against."""
    text = (company / "daily.yaml").read_text()
    looser = text.replace("name: small", "name: looser").replace(
        "kind: capacity", "kind: capacity\n    factor: 2"
    )
    (company / "looser.yaml").write_text(looser)
    whatif = compare_variants(asked(company, "daily.yaml", "looser.yaml"))
    assert [own.name for own in whatif.variants] == ["small", "looser"]
    assert whatif.variants[1].slots > whatif.variants[0].slots
    assert whatif.differences[0].conversions is not None


@pytest.mark.slow
def test_processes_give_the_same(small, monkeypatch):
    """However the variants are solved, the figures are the same."""
    changes = {"sets": ["rules.capacity.factor=0.5:1:0.5"]}
    once = compare_variants(asked(small, **changes))
    monkeypatch.setattr(comparing, "SLOW", 0.0)
    monkeypatch.setattr(comparing, "n_cores", lambda: 2)
    again = compare_variants(asked(small, **changes))
    for own, other in zip(once.variants, again.variants, strict=True):
        assert (own.name, own.objective) == (other.name, other.objective)
    for own, other in zip(once.differences, again.differences, strict=True):
        assert own.moved.equals(other.moved)


@pytest.mark.slow
def test_a_ledger_is_read_and_not_written(company):
    """Owners that it knows take no part, which is said; its file keeps its bytes."""
    scenario = company / "daily.yaml"
    scenario.write_text(scenario.read_text() + "ledger: ledger.db\n")
    record(allocate(scenario, None, company / "daily.model"), company / "daily.model")
    shutil.copy(scenario, company / "next.yaml")
    before = sha256((company / "ledger.db").read_bytes()).hexdigest()
    whatif = compare_variants(asked(company, off=["territory"]))
    assert sha256((company / "ledger.db").read_bytes()).hexdigest() == before
    assert "nothing is written to it" in whatif.notes[0]
    assert whatif.variants[0].n_leads == 30


@pytest.mark.slow
def test_beside_a_run_that_is_recorded_all_see_what_it_saw(company):
    """The same leads and slots: of other tables, rules or files, too."""
    scenario, model = company / "daily.yaml", company / "daily.model"
    text = scenario.read_text() + "ledger: ledger.db\n"
    scenario.write_text(text)
    run = allocate(scenario, None, model)
    record(run, model)
    (company / "other.yaml").write_text(text.replace("name: small", "name: other"))
    more = {"sets": ["turns={most_credits: 1}"]}
    whatif = compare_variants(asked(company, "daily.yaml", "other.yaml", **more))
    assert len(whatif.variants) == 3
    for own in whatif.variants:
        assert own.n_leads == len(run.assignments) + len(run.unassigned)
        assert own.objective == pytest.approx(run.result.objective)


def test_a_fault_is_told_before_training(company, monkeypatch):
    """A path that is not there costs no training."""
    monkeypatch.setattr(comparing, "basis_of", lambda *_: pytest.fail("trained"))
    with pytest.raises(ScenarioError, match="did you mean 'factor'"):
        compare_variants(asked(company, sets=["rules.capacity.facter=2"]))
    with pytest.raises(ScenarioError, match="no rep of the day"):
        compare_variants(asked(company, away=["R77"]))


@pytest.mark.slow
def test_files_of_one_name_are_told_apart(company):
    """By their files."""
    shutil.copy(company / "daily.yaml", company / "other.yaml")
    whatif = compare_variants(asked(company, "daily.yaml", "other.yaml"))
    names = [own.name for own in whatif.variants]
    assert names == ["small (daily.yaml)", "small (other.yaml)"]
    assert whatif.differences[0].is_same
