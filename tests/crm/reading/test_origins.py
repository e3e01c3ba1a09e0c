"""Columns of ours made of several of the file's, or by conditions on them."""

import pytest

from crm import DataError

LOG = """\
Ref,Opened,Won,Lost,Stage,Active,Chance,First,Last
1,2026-08-01,2026-08-05,,Won,TRUE,"100,0",Ann,Lee
2,2026-08-02,,2026-08-06,Proposal,FALSE,"0,0",Bob,
3,2026-08-03,,,Proposal,TRUE,"20,0",Ann,Lee
"""
COLUMNS = {
    "lead_id": "Ref",
    "created_at": "Opened",
    "assigned_at": "Opened",
    "closed_at": ["Won", "Lost"],
    "rep_id": {"join": ["Last", "First"], "with": ", "},
    "outcome": {"won": {"Stage": "Won"}, "lost": {"Active": False, "Chance": 0}},
}


def read_log(read, columns=None, log=LOG, **keys):
    source = {"file": "history.csv", "columns": COLUMNS | (columns or {}), **keys}
    reps = "rep_id,daily_capacity,name,Login\n"
    reps += '"Lee, Ann",5,Ann Lee,a@b.example\nBob,5,Bob,b@b.example\n'
    return read({"history": source}, history=log, reps=reps)


def test_the_first_filled_column_joined_columns_and_conditions(read):
    """Conditions compare numbers as `decimal` writes them, and truth in any word."""
    crm, _ = read_log(read, decimal=",")
    history = crm.history
    assert list(history["closed_at"].dt.day.fillna(0)) == [5, 6, 0]
    assert list(history["rep_id"]) == ["Lee, Ann", "Bob", "Lee, Ann"]
    assert list(history["outcome"]) == ["won", "lost", "open"]
    assert not {"Won", "Lost", "Stage", "Active", "Chance", "First"} & set(history)


def test_limits_compare_numbers_as_they_are_written(read):
    """Empty cells are below and above none."""
    outcome = {"won": {"Chance": {"min": 50.5}}, "lost": {"Chance": {"max": 0}}}
    log = LOG.replace('"20,0"', "")
    crm, _ = read_log(read, {"outcome": outcome}, log=log, decimal=",")
    assert list(crm.history["outcome"]) == ["won", "lost", "open"]


def test_the_number_of_a_row_is_an_id(read):
    """As a spreadsheet counts, the header being row 1."""
    crm, _ = read_log(read, {"lead_id": {"row_number": True}}, decimal=",")
    assert list(crm.history["lead_id"]) == ["2", "3", "4"]


def test_a_word_that_means_empty_is_not_filled(read):
    """The first filled column is looked for among what is left."""
    log = LOG.replace("2,2026-08-02,,", r"2,2026-08-02,\N,")
    crm, _ = read_log(read, log=log, decimal=",")
    assert crm.history["closed_at"].dt.day[1] == 6


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"closed_at": ["Won", "Lots"]}, "`columns` names .*did you mean 'Lost'"),
        ({"outcome": {"wn": {"Stage": "Won"}}}, "'wn': expected one of won, lost"),
        ({"lead_id": {"won": {"Stage": "Won"}}}, "conditions make outcome only"),
        ({"outcome": {"won": {"Stag": "Won"}}}, "`columns` names it, no such"),
        ({"outcome": {"won": {"Stage": {"min": 3}}}}, "compared with numbers only"),
        ({"lead_id": {"column": "Ref", "match": ["x"]}}, "`match` finds reps"),
        (
            {"rep_id": {"column": "First", "match": ["logn"]}},
            "no such column of the reps; did you mean 'Login'",
        ),
    ],
)
def test_what_cannot_be_is_refused(read, columns, message):
    """Each names the column, and the nearest one there is."""
    with pytest.raises(DataError, match=message):
        read_log(read, columns, decimal=",")


REPS = """\
rep_id,daily_capacity,name,E-Mail
0055g0000000001AAA,5,Anna Müller,anna@x.example
R2,5,Bob Ray,bob@x.example
R3,5,Bob Ray,ray@x.example
"""
HEAD = "lead_id,created_at,Owner,assigned_at,outcome,closed_at\n"


def owners(read, names, match):
    rows = [
        f'H{i},2026-08-01,"{name}",2026-08-01,open,' for i, name in enumerate(names)
    ]
    columns = {"rep_id": {"column": "Owner", "match": match}}
    source = {"file": "history.csv", "columns": columns}
    text = HEAD + "".join(f"{row}\n" for row in rows)
    crm, issues = read({"history": source}, reps=REPS, history=text)
    return list(crm.history["rep_id"]), [str(issue) for issue in issues]


@pytest.mark.parametrize(
    ("name", "match"),
    [
        ("Anna Müller", ["email", "name"]),
        ("Müller, Anna", ["name"]),
        ("ANNA MÜLLER", ["name"]),
        ("Anna Müller (Deactivated User)", ["name"]),
        ("Anna@X.Example", ["e-mail"]),
        ("0055g0000000001", ["rep_id"]),
    ],
)
def test_a_rep_is_found_by_any_column(read, name, match):
    """Exactly, then by case, short id, order of words, or without a mark."""
    ids, _ = owners(read, [name, name], match)
    assert ids == ["0055g0000000001AAA"] * 2


def test_a_name_of_two_reps_is_refused(read):
    """Both are named, and another column tells them apart."""
    with pytest.raises(DataError, match="'Bob Ray': names 2 reps: R2, R3"):
        owners(read, ["Bob Ray"], ["name"])
    ids, _ = owners(read, ["ray@x.example"], ["E-Mail", "name"])
    assert ids == ["R3"]


def test_who_is_not_found_is_said_with_the_nearest(read):
    """And stays one person, however spelt."""
    names = ["Anna Müller", "Hugo Alt", "Alt, Hugo", "Bob Rey"]
    ids, said = owners(read, names, ["name"])
    assert ids == ["0055g0000000001AAA", "Hugo Alt", "Hugo Alt", "Bob Rey"]
    [line] = [line for line in said if "not found" in line]
    assert "1 of 4 owners are reps by name" in line
    assert "'Bob Rey' (rows: 1, nearest 'Bob Ray')" in line


def test_how_a_rep_was_found_is_said_where_it_is_not_exact(read):
    """It is a guess, if a good one."""
    _, said = owners(read, ["Müller, Anna"], ["name"])
    assert any("by the words of the name: Müller, Anna is 0055g" in s for s in said)
