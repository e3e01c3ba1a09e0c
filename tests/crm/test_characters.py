"""Texts that look the same are the same; what nobody sees is said."""

import pytest

from crm import DataError, alike, cleaned, invisible, one_line, read_crm, visible

UNSEEN = ["\u200b", "\ufeff", "\u200e", "\u202e", "\x07", "\u00ad", "\u2060", "\u3164"]
SCRIPTS = ["\u062c\u0645\u200c\u0647\u0627", "🧑\u200d💼", "❤\ufe0f", "李雷"]
REPS = "rep_id,daily_capacity\nR1,3\n"


@pytest.mark.parametrize("sign", [*UNSEEN, "\u200d", "\ufe0f", "\U000e0041", "\x00"])
def test_unseen_characters_are_removed(sign):
    """At either end and inside, and named."""
    for text in (f"{sign}L1", f"L{sign}1", f"L1{sign}"):
        assert cleaned(text) == "L1"
        assert invisible(text) == [f"U+{ord(sign):04X}"]


@pytest.mark.parametrize("text", SCRIPTS)
def test_scripts_keep_what_they_need(text):
    """Joiners between letters of such scripts, and variants of emoji."""
    assert cleaned(text) == text
    assert invisible(text) == []


def test_accents_and_white_space_are_alike():
    """Decomposed letters, no-break spaces and double ones."""
    assert cleaned("Cafe\u0301 \u00a0 Lumie\u0300re\t") == "Café Lumière"
    assert alike("\uff23AFÉ\u200b  LUMIÈRE") == alike("café lumière")


def test_what_acts_is_shown():
    """Escapes, bells, returns and turns of direction; lines where asked."""
    assert visible("a\x1b[31m\x07\r\u202eb\n") == "a\\x1b[31m\\x07\\r\\u202eb\n"
    assert one_line("a\nb\tc") == "a\\nb\\tc"


def read(folder, leads, **tables):
    (folder / "leads.csv").write_text(leads, encoding="utf-8")
    (folder / "reps.csv").write_text(tables.get("reps", REPS), encoding="utf-8")
    return read_crm({"leads": "leads.csv", "reps": "reps.csv"}, folder)


@pytest.mark.parametrize("sign", UNSEEN)
def test_invisible_twins_are_refused(tmp_path, sign):
    """Two ids that look the same are one id twice."""
    leads = f"lead_id,created_at\nL1,2026-09-01\nL1{sign},2026-09-01\n"
    with pytest.raises(DataError, match="appears before") as raised:
        read(tmp_path, leads)
    assert f"U+{ord(sign):04X}" in str(raised.value)


@pytest.mark.parametrize("other", ["l1", "\uff2c1", "L\uff11"])
@pytest.mark.parametrize("table", ["leads", "reps"])
def test_ids_that_differ_in_case_are_said(tmp_path, other, table):
    """They stay two ids, with a warning."""
    ids = ["L1", other]
    if table == "leads":
        rows = "".join(f"{name},2026-09-01\n" for name in ids)
        crm, issues = read(tmp_path, f"lead_id,created_at\n{rows}")
    else:
        rows = "".join(f"{name},3\n" for name in ids)
        leads = "lead_id,created_at\nA,2026-09-01\n"
        crm, issues = read(tmp_path, leads, reps=f"rep_id,daily_capacity\n{rows}")
    assert len(getattr(crm, table)) == 2
    assert [i.value for i in issues if "in case or form" in i.expected] == [other]


def test_an_unseen_id_is_an_empty_one(tmp_path):
    """An id needs something to see."""
    leads = "lead_id,created_at\nL1,2026-09-01\n\u200b,2026-09-01\n"
    with pytest.raises(DataError, match="expected an id"):
        read(tmp_path, leads)


def test_joined_files_are_understood(tmp_path):
    """A mark at the start of each row, before quotes as well, is no part of an id."""
    rows = '\ufefflead_id,created_at\n\ufeffL1,2026-09-01\n\ufeff"L2",2026-09-01\n'
    crm, issues = read(tmp_path, rows)
    assert crm.leads["lead_id"].tolist() == ["L1", "L2"]
    assert "U+FEFF" in str(issues[0])


def test_one_fault_is_told_once(tmp_path):
    """Without lead_id, nothing follows from it; a file of two tables says which."""
    (tmp_path / "s.csv").write_text("rep_id,Product,created_at\nA,B,2026-01-01\n" * 1)
    with pytest.raises(DataError) as raised:
        read_crm(
            {
                "leads": {"file": "s.csv"},
                "history": {"file": "s.csv", "constants": {"outcome": "won"}},
                "reps": {"file": "s.csv", "constants": {"daily_capacity": 1}},
            },
            tmp_path,
        )
    text = str(raised.value)
    assert "already won" not in text
    assert "s.csv (leads), row 1, column lead_id" in text
    assert "so at most a feature; did you mean 'product'?" in text


@pytest.mark.slow
def test_a_thousand_columns_are_capped(tmp_path):
    """Those of leads alone are one warning, with twenty names and a count."""
    names = ",".join(f"c{n}" for n in range(1000))
    cells = ",".join("1" * 1000)
    (tmp_path / "h.csv").write_text(
        "lead_id,rep_id,created_at,assigned_at,outcome,closed_at\n"
        "H1,R1,2026-01-01,2026-01-01,won,2026-01-02\n"
    )
    (tmp_path / "reps.csv").write_text(REPS)
    leads = f"lead_id,created_at,{names}\nL1,2026-09-01,{cells}\n"
    (tmp_path / "leads.csv").write_text(leads)
    sources = {"leads": "leads.csv", "reps": "reps.csv", "history": "h.csv"}
    _, issues = read_crm(sources, tmp_path)
    assert len(issues) < 30
    assert any("and 980 more" in issue.expected for issue in issues)
