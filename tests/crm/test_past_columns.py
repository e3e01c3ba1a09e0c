"""Leads are read beside what is kept of a history as they are beside the history."""

import pytest

from crm import read_crm
from crm.past_columns import past_columns

LEADS = "lead_id,created_at,territory,x,flag\n"
HISTORY = "lead_id,created_at,territory,rep_id,assigned_at,outcome,closed_at,x,flag\n"
REPS = "rep_id,daily_capacity\nR1,3\n"


@pytest.fixture
def both(tmp_path):
    """Return a function: a lead, x of history -> leads and issues, beside each."""

    def read(lead, past):
        rows = [
            f"H{i},2026-08-01,FR,R1,2026-08-01,open,,{past},{flag}\n"
            for i, flag in enumerate(["TRUE", "FALSE", "TRUE", "FALSE"])
        ]
        texts = {"leads": LEADS + lead, "history": HISTORY + "".join(rows)}
        for name, text in {**texts, "reps": REPS}.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        today = {"leads": "leads.csv", "reps": "reps.csv"}
        whole, told = read_crm({**today, "history": "history.csv"}, tmp_path)
        kept = past_columns(whole.history, whole.columns_of("history"))
        alone, alone_told = read_crm(today, tmp_path, past=kept)
        return (whole, told), (alone, alone_told)

    return read


@pytest.mark.parametrize(
    ("lead", "past"),
    [("3", "4.5"), ("3", ""), ("3", "many"), ("12", "007"), ("", "1"), ("", "")],
)
def test_kinds_are_those_of_both(both, lead, past):
    """A number beside texts is a text, a code keeps its zeros, empty cells fit."""
    (whole, _), (alone, _) = both(f"L1,2026-09-01,FR,{lead},TRUE\n", past)
    assert alone.leads["x"].dtype == whole.leads["x"].dtype
    assert alone.leads["x"].tolist() == pytest.approx(
        whole.leads["x"].tolist(), nan_ok=True
    )


def test_words_that_history_never_had_are_told(both):
    """As beside the history itself, to the letter."""
    (_, told), (_, alone_told) = both("L1,2026-09-01,DE,1,TRUE\n", "1")
    new = [issue for issue in told if "history never had" in issue.expected]
    assert "'DE' (leads: 1)" in new[0].expected
    assert new == [i for i in alone_told if "history never had" in i.expected]


def test_truths_are_spelt_as_the_model_knows_them(both, tmp_path):
    """``true`` of today is ``TRUE`` of history, which the model was fitted on."""
    lead = "L1,2026-09-01,FR,1,TRUE\nL2,2026-09-01,FR,1,FALSE\n"
    (whole, _), _ = both(lead, "1")
    kept = past_columns(whole.history, whole.columns_of("history"))
    text = LEADS + lead.replace("TRUE", "true").replace("FALSE", "false")
    (tmp_path / "leads.csv").write_text(text, encoding="utf-8")
    today = {"leads": "leads.csv", "reps": "reps.csv"}
    alone, _ = read_crm(today, tmp_path, past=kept)
    assert alone.leads["flag"].tolist() == ["TRUE", "FALSE"]


def test_a_feature_that_history_lacks_is_told(both, tmp_path):
    """It cannot serve as one, read or not."""
    (whole, _), _ = both("L1,2026-09-01,FR,1,TRUE\n", "1")
    kept = past_columns(whole.history, whole.columns_of("history"))
    text = "lead_id,created_at,budget\nL1,2026-09-01,7\n"
    (tmp_path / "leads.csv").write_text(text, encoding="utf-8")
    today = {"leads": "leads.csv", "reps": "reps.csv"}
    _, told = read_crm(today, tmp_path, past=kept)
    said = "in leads but not in history, so it cannot serve as a feature"
    assert [(i.column, i.expected) for i in told] == [("budget", said)]
