"""Commands about the ledger find the scenario, or say what to name."""

from datetime import UTC, date, datetime

import pytest

from runs.company.company import NAMED_BY, company
from runs.company.people import USER, actor
from scenarios import ScenarioError
from tests.runs.morning.test_morning import Company


@pytest.fixture
def home(after_monday, monkeypatch):
    days = after_monday(Company, "L1 North")
    monkeypatch.chdir(days.folder)
    monkeypatch.delenv(NAMED_BY, raising=False)
    return days


def test_the_only_scenario_with_a_ledger_is_found(home):
    (home.folder / "other.yaml").write_text("version: 1\nname: without\n")
    with company() as here:
        assert here.file.scenario.name == "days"
        assert here.ledger.owner_of("L1") == "R1"


def test_two_scenarios_are_named(home, monkeypatch):
    text = (home.folder / "days.yaml").read_text()
    (home.folder / "second.yaml").write_text(text)
    with pytest.raises(ScenarioError, match=r"days.yaml, second.yaml; name one"):
        company().__enter__()
    monkeypatch.setenv(NAMED_BY, "second.yaml")
    with company() as here:
        assert here.file.path.name == "second.yaml"


def test_a_ledger_that_is_not_there_yet_is_said(home):
    (home.folder / "ledger.db").unlink()
    with pytest.raises(ScenarioError, match="the first `rightrep run` makes it"):
        company().__enter__()


def test_a_scenario_without_a_ledger_is_said(home):
    (home.folder / "none.yaml").write_text(
        (home.folder / "days.yaml").read_text().replace("ledger: ledger.db", "")
    )
    with pytest.raises(ScenarioError, match="names no ledger; add one"):
        company("none.yaml").__enter__()


def test_the_actor_is_who_the_environment_says(monkeypatch):
    monkeypatch.setenv(USER, "Ann")
    assert actor() == "Ann"


def test_moments_are_in_the_companys_zone(home):
    days = home.folder / "days.yaml"
    days.write_text(days.read_text() + "calendar: {time_zone: Europe/Berlin}\n")
    with company(days) as here:
        evening = here.moment(datetime(2026, 9, 7, 23, 30))
        assert evening == datetime(2026, 9, 7, 21, 30, tzinfo=UTC)
        assert here.day(evening) == date(2026, 9, 7)
        assert here.moment(date(2026, 9, 7)).hour == 22
        assert here.moment().tzinfo is UTC
