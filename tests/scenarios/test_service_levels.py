"""Clocks, sticky leads and ageing are held against the tables, and said."""

import pytest
from click.testing import CliRunner

from cli import main
from tests.runs.service_levels.test_checking import CLOCKS, MONDAY, Office


@pytest.fixture
def office(tmp_path):
    office = Office(tmp_path)
    office.write(MONDAY, "L1 North", "L2 South")
    return office


def checked(office, text):
    office.with_clocks(text)
    return CliRunner().invoke(main, ["check", str(office.folder / "days.yaml")])


def test_a_clock_is_said_in_a_line(office):
    printed = checked(office, CLOCKS)
    assert printed.exit_code == 0, printed.output
    assert (
        "clock first response: 2 leads of today; 4 h of business time from when it is "
        "assigned to a first response; the owner is warned after 2 h, it goes to the "
        "manager after 4 h, the lead is recalled after 6 h"
    ) in printed.stdout
    assert "no manager in the table to escalate to: R2" in printed.stdout


def test_a_day_of_business_time_is_an_average_open_day(office):
    printed = checked(office, CLOCKS.replace("within: 4h", "within: 2d"))
    assert "16 h of business time" in printed.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("within: 4h", "within: 4", "a length of time such as 30m, 4h or 2d"),
        ("to: responded", "to: answered", "responded"),
        ("warn_at: 0.5", "warn_at: 1.5", "a warning comes before time"),
        ("recall_at: 1.5", "recall_at: 0.5", "nothing is late before it is due"),
        ("within: 4h", "within: 4h\n      where: {colour: red}", "no such column"),
        ("within: 4h", "within: 4h\n      hours_of: lead", "no column time_zone"),
        ("09:00-17:00", "9-17", "expected hours such as 09:00-17:30"),
        ("sla:", "ageing: {}\nsla:", "give a half_life"),
        ("sla:", "ageing: {half_life: soon}\nsla:", "4h or 2d"),
        ("sla:", "sticky: {penalty: 5.0}\nsla:", "from 0 to 1"),
        ("sla:", "sticky: {by: [name]}\nsla:", "account_id"),
    ],
)
def test_what_cannot_be_is_an_error_with_the_way_to_mend_it(office, old, new, expected):
    printed = checked(office, CLOCKS.replace(old, new, 1))
    assert printed.exit_code == 3
    assert expected in printed.output.replace("\n", " "), printed.output


def test_service_levels_need_a_ledger(office):
    days = office.folder / "days.yaml"
    days.write_text(days.read_text().replace("ledger: ledger.db", ""))
    printed = CliRunner().invoke(main, ["check", str(days)])
    assert printed.exit_code == 3 and "sla needs a ledger" in printed.output


@pytest.mark.slow
def test_what_reaches_nobody_is_a_warning(office):
    text = CLOCKS.replace("within: 4h", "within: 4h\n      where: {territory: East}")
    printed = checked(office, text + "sticky: {by: [email]}\n")
    assert printed.exit_code == 0
    assert "true of no lead of today" in printed.stdout
    assert "leads have no column email" in printed.stdout


@pytest.mark.slow
def test_recalls_in_an_experiment_are_a_warning(office):
    printed = checked(office, CLOCKS + "experiment: {control_share: 0.2}\n")
    assert printed.exit_code == 0, printed.output
    assert "a recalled lead is drawn once only" in printed.stdout
