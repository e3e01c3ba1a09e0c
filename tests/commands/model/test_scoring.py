"""A saved model stands for the history in every command that only scores a day."""

import json
import shutil

import pytest
from click.testing import CliRunner

from cli import main

UNREAD = "History was not read: the model stands for it."


@pytest.fixture
def asked(small, company):
    """Return what runs a command on the small company, with its history or without."""

    def ask(command, *arguments, spoilt):
        if spoilt:
            (company / "history.csv").write_text("nothing of it is read")
        else:
            shutil.copy(small / "history.csv", company / "history.csv")
        model = ["--model", str(company / "daily.model")]
        places = [str(company / "daily.yaml"), *arguments, *model]
        result = CliRunner().invoke(main, [command, *places])
        assert result.exit_code == 0, result.output
        return result.stdout

    return ask


def test_scores_are_the_same_whatever_became_of_history(asked, tmp_path):
    """To the byte; and it is said that nothing was read."""
    texts = []
    for spoilt in False, True:
        out = tmp_path / f"{spoilt}.csv"
        assert UNREAD in asked("score", "--out", str(out), spoilt=spoilt)
        texts.append(out.read_text())
    assert texts[0] == texts[1]
    record = json.loads(asked("score", "--out", str(out), "--json", spoilt=True))
    assert record["notes"][0].startswith(UNREAD)


def untimed(record):
    """Return a JSON object without how long it took."""
    return {key: value for key, value in record.items() if key != "seconds"}


@pytest.mark.slow
def test_policies_are_compared_alike(asked):
    """But where history is to measure them, it is read."""
    records = [
        json.loads(asked("compare", "--json", spoilt=spoilt), object_hook=untimed)
        for spoilt in (False, True)
    ]
    assert records[0] == records[1]
    assert records[0]["notes"][-1].startswith(UNREAD)
    assert UNREAD not in asked("compare", "--measure", spoilt=False)


def test_a_lead_is_recommended_alike(asked, small):
    """The first of the day."""
    lead = (small / "leads.csv").read_text().splitlines()[1].split(",")[0]
    texts = [asked("recommend", lead, spoilt=spoilt) for spoilt in (False, True)]
    assert texts[0] == texts[1]
    assert UNREAD in texts[0]


@pytest.mark.slow
def test_variants_are_compared_alike(asked):
    """A rule less, and a capacity more."""
    change = "--json", "--off", "large deals", "--set", "rules.capacity.factor=1.5"
    records = [
        json.loads(asked("whatif", *change, spoilt=spoilt), object_hook=untimed)
        for spoilt in (False, True)
    ]
    assert records[0] == records[1]
    assert any(note.startswith(UNREAD) for note in records[0]["notes"])
