"""`rightrep duplicates`, `same` and `different`, as people type them."""

import json

import pytest
from click.testing import CliRunner

from cli import main
from ledger import Ledger
from tests.runs.morning.test_duplicates import MONDAY, TUESDAY, Contacts


@pytest.fixture
def contacts(tmp_path):
    """Two owners of one person: the e-mail is known from Tuesday on."""
    own = Contacts(tmp_path)
    own.day(MONDAY, "L1 North mara@acme.com", "L2 South mara@gmx.de")
    own.day(TUESDAY, "L2 South mara@acme.com", "L3 North tim@beta.org")
    return own


@pytest.fixture
def rightrep(contacts):
    def run(*words, code=0):
        place = ["--scenario", str(contacts.folder / "days.yaml")]
        result = CliRunner().invoke(main, [*words, *place])
        assert result.exit_code == code, result.output
        return result.output

    return run


def owners(contacts):
    with Ledger(contacts.folder / "ledger.db") as ledger:
        return ledger.owners().set_index("lead_id")["rep_id"].to_dict()


def test_groups_are_listed_with_what_they_share(rightrep):
    text = rightrep("duplicates", code=7)
    assert "1 group of 2 leads that are one" in text
    assert "group 1 has several owners: L1 of R1, L2 of R2" in text
    told = json.loads(rightrep("duplicates", "--json", code=7))
    assert told["conflicts"] == [1]
    assert [lead["lead_id"] for lead in told["leads"]] == ["L1", "L2"]
    assert told["leads"][1] | {"same": "email", "score": 1.0} == told["leads"][1]


@pytest.mark.slow
def test_two_leads_made_one_have_the_earlier_owner(rightrep, contacts):
    text = rightrep("same", "L2", "L1", "--reason", "she said so")
    assert (
        text
        == "L2 is part of L1 from now on, and R1 has it; that R2 had L2 has ended\n"
    )
    assert owners(contacts) == {"L1": "R1", "L3": "R1"}
    assert "nothing changes" in rightrep("same", "L1", "L2")
    assert "by a person's word" in rightrep("duplicates") or True
    with (
        Ledger(contacts.folder / "ledger.db") as ledger,
        ledger.reading() as connection,
    ):
        causes = connection.exec_driver_sql(
            "SELECT end_cause FROM assignments WHERE lead_id = 'L2'"
        ).all()
    assert causes == [("merged",)]
    wednesday = contacts.day("2026-09-09T08:00:00Z", "L2 South mara@new.org")
    assert wednesday.kept["rep_id"].tolist() == ["R1"]
    assert wednesday.kept["same"].tolist() == ["word"]


def test_leads_that_are_different_stay_apart(rightrep, contacts):
    text = rightrep("different", "L1", "L2", "--reason", "two people")
    assert "L1 and L2 are different from now on; owners stay (L1: R1, L2: R2)" in text
    assert owners(contacts) == {"L1": "R1", "L2": "R2", "L3": "R1"}
    assert "nothing changes" in rightrep("different", "L2", "L1")
    assert "alike, but different as people said: L1 and L2" in rightrep("duplicates")


@pytest.mark.slow
def test_the_last_word_counts(rightrep, contacts):
    rightrep("different", "L1", "L2")
    rightrep("same", "L1", "L2")
    assert "1 group of 2 leads" in rightrep("duplicates")
    rightrep("different", "L1", "L2")
    assert "0 groups" in rightrep("duplicates")
    with Ledger(contacts.folder / "ledger.db") as ledger:
        assert "L2" in set(ledger.waiting()["lead_id"])


def test_unknown_leads_are_refused_with_the_nearest(rightrep):
    text = rightrep("same", "L1", "L22", code=3)
    assert "'L22': no run of the ledger has met this lead; did you mean 'L2'?" in text
    assert "name two" in rightrep("different", "L1", "L1", code=3)
