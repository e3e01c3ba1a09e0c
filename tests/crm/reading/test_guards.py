"""What a column may mislead about is settled by a rule, or said."""

import pytest

from crm import DataError

LEADS = "lead_id,created_at,x\n"
HISTORY = "lead_id,created_at,rep_id,assigned_at,outcome,closed_at,x\n"


def read_features(read, leads, history):
    """Return leads and history with these features, and the warnings."""
    lead_rows = [f"L{i},2026-09-01,{x}\n" for i, x in enumerate(leads)]
    past = [f"H{i},2026-08-01,R1,2026-08-01,open,,{x}\n" for i, x in enumerate(history)]
    crm, issues = read(
        leads=LEADS + "".join(lead_rows), history=HISTORY + "".join(past)
    )
    return crm.leads["x"].tolist(), crm.history["x"].tolist(), list(map(str, issues))


@pytest.mark.parametrize(
    ("leads", "history", "expected"),
    [
        (["TRUE", "FALSE"], ["True", "False", ""], ["TRUE", "FALSE", ""]),
        (["TRUE"], ["True", "False"], ["TRUE", "False"]),
        (["t", "f"], ["true", "false"], ["t", "f"]),
        (["1", "0"], ["yes", "no"], [1.0, 0.0]),
        (["1", "0"], ["1.0", "0.0"], [1.0, 0.0]),
        (["WAHR", "FALSCH"], ["true", "false"], ["WAHR", "FALSCH"]),
        (["Yes", "No"], ["Yes", "No"], ["Yes", "No"]),
        (["TRUE", "FALSE"], ["True", "False", "maybe"], ["True", "False", "maybe"]),
        (["1", "0"], ["1", "0", "2"], [1, 0, 2]),
    ],
)
def test_true_and_false_are_spelt_as_in_the_leads(read, leads, history, expected):
    """Where both hold nothing else; another pair of words is said."""
    _, past, said = read_features(read, leads, history)
    assert past == expected
    other = history[0] in ("true", "yes")
    assert any("read as in the leads" in line for line in said) == other


def test_one_table_may_have_two_spellings(read):
    """They are one, too."""
    ours, theirs, _ = read_features(read, ["True", "TRUE", "FALSE"], ["True", "False"])
    assert len(set(ours)) == len(set(ours) | set(theirs)) == 2


def test_words_that_history_never_had_are_said_once(read):
    """With the number of leads and the nearest word of history."""
    leads = ["Web", "web", "Fair", "Fair"]
    _, _, said = read_features(read, leads, ["Web", "Web", "Call", "Call"])
    [line] = [line for line in said if "never had" in line]
    assert "'Fair' (leads: 2)" in line
    assert "'web' (leads: 1, history has 'Web')" in line


@pytest.mark.parametrize(
    "history", [["", ""], ["A", "B", "C", "D"], ["Web", "Fair", "Web", "Fair"]]
)
def test_a_column_of_no_categories_has_no_new_words(read, history):
    """An empty one, one of names, and one that has them all."""
    _, _, said = read_features(read, ["Web", "Fair"], history)
    assert not any("never had" in line for line in said)


PAST = """\
lead_id,created_at,rep_id,assigned_at,outcome,closed_at
H1,2026-08-01,R1,2026-08-01,{},2026-12-01
H2,2026-08-01,R2,2026-08-01,won,2026-08-09
"""


def test_an_open_lead_has_no_close_date(read):
    """Systems write the expected one there: said, and it moves no day."""
    crm, issues = read(history=PAST.format("open"), as_of=None)
    assert crm.history["closed_at"].isna().tolist() == [True, False]
    assert crm.as_of.month == 9
    assert any("1 open rows have a date here" in str(issue) for issue in issues)


def test_a_closed_lead_was_not_closed_later(read):
    """For won and lost rows it stays an error."""
    with pytest.raises(DataError, match="later than the allocation"):
        read(history=PAST.format("lost"))


def test_who_left_gets_no_leads(read):
    """As the name says, and the warning."""
    reps = "rep_id,daily_capacity,name\nR1,5,Ann Lee\nR2,5,Bob (Deactivated User)\n"
    crm, issues = read(reps=reps)
    assert crm.reps["active"].tolist() == [True, False]
    assert any("1 reps have left by their names" in str(issue) for issue in issues)


def test_numbers_as_text_are_said_above_a_few(read):
    """With the keys that read them, or the words between them."""
    _, _, said = read_features(read, ["1", "2", "few", "some", "5"], ["1", "2"])
    assert any("2 of 5 cells are no numbers" in line for line in said)
    assert any("'few', 'some'" in line for line in said)
    _, _, said = read_features(read, ['"5,600"', "60"], ["1", "2"])
    assert any('thousands: "," (5600) or decimal: "," (5.6)' in line for line in said)


def test_another_spelling_of_a_rep_is_named(read):
    """A rep of history who differs in case or order of words."""
    reps = "rep_id,daily_capacity,name\nann@x.example,5,Ann Lee\nR2,5,Bob\n"
    history = PAST.format("open").replace("R1", "Ann@X.Example")
    _, issues = read(reps=reps, history=history)
    assert any("'ann@x.example' by another spelling?" in str(i) for i in issues)
