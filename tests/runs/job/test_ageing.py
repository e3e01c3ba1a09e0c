"""Leads that waited count less: in values, never in P(convert)."""

import numpy as np
import pytest
from click.testing import CliRunner

from cli import main
from runs import allocate, notes
from tests.runs.morning.test_morning import TUESDAY, Company


class Ageing(Company):
    """A company with an old lead, O, and a new one, N."""

    more = "ageing: {half_life: 5d}\n"

    def write(self, moment, *leads, active=True):
        super().write(moment, *leads, active=active)
        rows = ["lead_id,territory,created_at,size"]
        rows += ["O,North,2026-09-03T08:00:00Z,3", "N,North,2026-09-08T08:00:00Z,3"]
        (self.folder / "leads.csv").write_text("\n".join([*rows, ""]))
        days = self.folder / "days.yaml"
        days.write_text(days.read_text() + self.more)

    def run(self, more):
        self.more = more
        self.write(TUESDAY)
        return allocate(self.folder / "days.yaml")


@pytest.fixture
def company(tmp_path):
    return Ageing(tmp_path)


def figures(run):
    table = run.assignments.set_index("lead_id")
    return table["p_convert"], table["value"]


def test_a_lead_counts_half_after_its_half_life(company):
    p_convert, value = figures(company.run("ageing: {half_life: 5d}\n"))
    assert value["N"] == pytest.approx(p_convert["N"])
    assert value["O"] == pytest.approx(p_convert["O"] / 2)


def test_without_ageing_waits_do_not_count(company):
    p_convert, value = figures(company.run(""))
    assert np.allclose(p_convert, value)


def test_groups_age_at_their_own_pace(company):
    text = "ageing: {groups: [{where: {size: 3}, half_life: 60h}]}\n"
    p_convert, value = figures(company.run(text))
    assert value["O"] == pytest.approx(p_convert["O"] / 4)


@pytest.mark.slow
def test_what_was_done_is_said_and_verified(company):
    run = company.run("ageing: {half_life: 5d}\n")
    assert any("2 of 2 leads count less" in note for note in notes(run))
    out = str(company.folder / "out")
    days = str(company.folder / "days.yaml")
    assert CliRunner().invoke(main, ["run", days, "--out", out]).exit_code == 0
    verified = CliRunner().invoke(main, ["verify", out])
    assert verified.exit_code == 0, verified.output
    assert CliRunner().invoke(main, ["explain", out, "O"]).exit_code == 0


def test_a_history_that_cannot_tell_changes_nothing(company):
    run = company.run("ageing: {half_life: fitted}\n")
    p_convert, value = figures(run)
    assert np.allclose(p_convert, value)
    assert any("lose by waiting cannot be told" in note for note in notes(run))
