"""Exports of known systems become tables with every value as it was put in."""

from pathlib import Path

import pandas as pd
import pytest

from crm import DataError, read_crm
from crm.recognition.entry import as_keys
from crm.recognition.layouts import laid
from crm.recognition.recognition import recognise
from tests.crm.recognition.invented_exports import SHAPES, USERS, deals
from tests.few import few

WITHOUT_AMOUNT = {"salesforce", "hubspot_contacts"}


def proposed(paths, answers=None):
    """Return what the files are recognised as."""
    files = [laid(path, str(path)) for path in paths]
    return recognise(files, Path(), answers)


def tables_of(recognised):
    """Return the typed tables by the proposed sources."""
    sources = {name: as_keys(told) for name, told in recognised.tables.items()}
    return read_crm(sources, as_of=recognised.as_of)[0]


def place_of(reps):
    """Return the id of each rep -> the place of the user."""
    names = dict(zip(reps["name"], reps["rep_id"], strict=True))
    return {names[f"{u[1]} {u[2]}"]: place for place, u in enumerate(USERS)}


@pytest.mark.slow
@pytest.mark.parametrize("system", few(SHAPES, 4))
def test_every_value_is_as_it_was_put_in(system, tmp_path):
    """Ids' order, times, categories, amounts, owners, outcomes and close dates."""
    recognised = proposed(SHAPES[system](tmp_path))
    assert [i for i in recognised.issues if i.severity == "error"] == []
    crm = tables_of(recognised)
    earlier = [d for d in deals() if d.owner is not None]
    today = [d for d in deals() if d.owner is None]
    for frame, expected in ((crm.leads, today), (crm.history, earlier)):
        assert len(frame) == len(expected)
        created = [pd.Timestamp(d.created, tz="UTC") for d in expected]
        assert list(frame["created_at"]) == created
        assert list(frame["territory"]) == [d.country for d in expected]
        assert list(frame["source"]) == [d.source for d in expected]
        if system not in WITHOUT_AMOUNT:
            assert list(frame["deal_value"]) == [d.amount for d in expected]
    places = place_of(crm.reps)
    assert [places[rep] for rep in crm.history["rep_id"]] == [d.owner for d in earlier]
    assert list(crm.history["outcome"]) == [d.outcome for d in earlier]
    closed = [pd.Timestamp(d.closed, tz="UTC") for d in earlier]
    pd.testing.assert_series_equal(
        crm.history["closed_at"],
        pd.Series(closed, dtype=crm.history["closed_at"].dtype),
        check_names=False,
    )


def test_a_footer_is_left_out_with_what_the_reader_says_of_it(tmp_path):
    """The key and its reason come from the reader's own message."""
    files = SHAPES["salesforce_report"](tmp_path)
    report = laid(files[0], "report.csv")
    assert report.keys == {"skip_footer": 2}
    assert "Copyright" in report.whys["skip_footer"]


def leads_with(tmp_path, created, amount="10"):
    """Write two files of leads and reps whose dates and amounts are these."""
    rows = [
        f"L{n},{when},{amount},{who},{stage},{closed}"
        for n, (when, who, stage, closed) in enumerate(
            [
                (created[0], "Ann Lee", "Won", created[1]),
                (created[0], "Ann Lee", "Lost", created[1]),
                (created[1], "", "New", ""),
            ]
        )
    ]
    header = "Lead Id,Created,Amount,Owner,Stage,Closed"
    leads = tmp_path / "leads.csv"
    leads.write_text("\n".join([header, *rows]) + "\n", "utf-8")
    reps = tmp_path / "reps.csv"
    reps.write_text("User Id,Full Name,Capacity\nu1,Ann Lee,4\nu2,Bo Ek,4\n", "utf-8")
    return [leads, reps]


def test_dates_of_two_readings_are_not_chosen(tmp_path):
    """Both are named, neither holds, and the reader refuses."""
    paths = leads_with(tmp_path, ("01/02/2026", "05/02/2026"))
    recognised = proposed(paths)
    dates = [entry for entry in recognised.tables["leads"] if entry.key == "dates"]
    assert {entry.value["created_at"] for entry in dates} == {"%d/%m/%Y", "%m/%d/%Y"}
    assert not any(entry.chosen for entry in dates)
    assert any("say which" in issue.expected for issue in recognised.issues)


def test_an_answer_decides_dates(tmp_path):
    """The question is asked once for a file, and its answer is the format."""
    paths = leads_with(tmp_path, ("01/02/2026", "05/02/2026"))
    questions = [q for q in proposed(paths).questions if q.name.startswith("dates")]
    assert len(questions) == 1
    recognised = proposed(paths, {questions[0].name: "%d/%m/%Y"})
    first = tables_of(recognised).history["created_at"].iloc[0]
    assert first == pd.Timestamp("2026-02-01", tz="UTC")


def test_amounts_of_two_readings_are_not_chosen(tmp_path):
    """``27.393`` is 27393 or 27.393: neither is taken."""
    paths = leads_with(tmp_path, ("2026-02-01", "2026-02-05"), "27.393")
    recognised = proposed(paths)
    errors = [issue for issue in recognised.issues if issue.severity == "error"]
    assert {issue.column for issue in errors} == {"deal_value"}
    questions = [q for q in recognised.questions if q.name.startswith("numbers")]
    assert sorted(questions[0].options.values()) == ["27.393", "27393"]


def test_an_unknown_stage_is_undecided(tmp_path):
    """The reader refuses the word until somebody has said what it means."""
    paths = leads_with(tmp_path, ("2026-02-01", "2026-02-05"))
    text = paths[0].read_text("utf-8")
    more = "L7,2026-02-02,10,Ann Lee,Parked,\n"
    paths[0].write_text(text + more, "utf-8")
    recognised = proposed(paths)
    names = [question.name for question in recognised.questions]
    assert "outcome Parked" in names
    assert any("won, lost, open" in issue.expected for issue in recognised.issues)
    answered = proposed(paths, {"outcome Parked": "lost"})
    values = as_keys(answered.tables["history"])["values"]["outcome"]
    assert values["Parked"] == "lost"


def test_leads_of_a_queue_are_the_days_beside_others_of_that_day(tmp_path):
    """Its owner is no rep, and none of its leads is older than any other one."""
    paths = leads_with(tmp_path, ("2026-02-01", "2026-02-05"))
    text = paths[0].read_text("utf-8").replace(",10,,New", ",10,Pot,New")
    more = "L7,2026-02-05,10,Bo Ek,New,\nL8,2026-02-04,10,Ann Lee,New,\n"
    paths[0].write_text(text + more, "utf-8")
    recognised = proposed(paths)
    assert as_keys(recognised.tables["leads"])["where"] == {"Owner": "Pot"}
    assert as_keys(recognised.tables["history"])["where"] == {"Owner": {"not": "Pot"}}


@pytest.mark.parametrize("header", ["Benutzer-ID", "ID utilisateur"])
def test_ids_of_reps_go_before_their_addresses(header, tmp_path):
    """Also where the header of ids is German or French."""
    paths = leads_with(tmp_path, ("2026-02-01", "2026-02-05"))
    rows = f"{header},E-Mail,Full Name\nu1,ann@a.eu,Ann Lee\nu2,bo@a.eu,Bo Ek\n"
    paths[1].write_text(rows, "utf-8")
    assert as_keys(proposed(paths).tables["reps"])["columns"]["rep_id"] == header


def test_two_files_of_reps_are_refused(tmp_path):
    """Both are named."""
    paths = leads_with(tmp_path, ("2026-02-01", "2026-02-05"))
    other = tmp_path / "more.csv"
    other.write_bytes(paths[1].read_bytes() + b"u3,Cy Fox,4\n")
    with pytest.raises(DataError, match="are both reps"):
        proposed([*paths, other])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "header"),
        ("a,b\n", "no rows"),
        ("Recipe,Taste\nSoup,good\n", "neither leads nor"),
    ],
)
def test_a_file_that_is_none_of_the_tables_is_refused(content, message, tmp_path):
    """Empty, without rows, or of something else."""
    paths = leads_with(tmp_path, ("2026-02-01", "2026-02-05"))
    paths[0].write_text(content, "utf-8")
    with pytest.raises(DataError, match=message):
        proposed(paths)


def test_without_reps_it_says_what_is_lacking(tmp_path):
    """The fix is another export."""
    paths = leads_with(tmp_path, ("2026-02-01", "2026-02-05"))
    with pytest.raises(DataError, match="give the export of users"):
        proposed(paths[:1])


def test_one_usual_header_makes_no_system(tmp_path):
    """``Lead Id`` and ``User Id`` are in tables of no system, too."""
    paths = leads_with(tmp_path, ("2026-02-01", "2026-02-05"))
    seen = proposed(paths).seen
    assert all("no known system" in told for told in seen.values())
