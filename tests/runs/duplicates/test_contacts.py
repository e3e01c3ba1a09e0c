"""The day's leads among contacts: by keys always, among many by probability too."""

import json

import pandas as pd
import pytest
from click.testing import CliRunner

from cli import main
from tests.small_company import SCENARIO, write_company

LEADS = "lead_id,created_at,name,company,email\n"
ROWS = "L1,2026-09-01,Mara Kovac,Acme,MARA@acme.com\nL2,2026-09-01,Tim Orr,Beta,\n"
CONTACTS = "contact_id,name,company,email,owner_rep_id\n"
MARA = "C1,Mara Kovac,Acme Inc,mara@acme.com,R2\n"


@pytest.fixture
def rightrep(tmp_path, monkeypatch):
    write_company(tmp_path)
    (tmp_path / "leads.csv").write_text(LEADS + ROWS, encoding="utf-8")
    text = SCENARIO.partition("rules:")[0] + "rules:\n  - kind: capacity\n"
    (tmp_path / "daily.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("RIGHTREP_SCENARIO", str(tmp_path / "daily.yaml"))

    def run(contacts, *more, code=0):
        file = tmp_path / "contacts.csv"
        file.write_text(contacts, encoding="utf-8")
        result = CliRunner().invoke(main, ["contacts", str(file), *more])
        assert result.exit_code == code, result.output
        return result.output

    return run


def test_few_leads_are_found_by_keys_alone_and_that_is_said(rightrep):
    told = json.loads(rightrep(CONTACTS + MARA, "--json"))
    pair = {"lead_id": "L1", "contact_id": "C1", "by": "email", "probability": 1.0}
    assert told["pairs"] == [{**pair, "owner_rep_id": "R2"}] and not told["is_fitted"]
    text = rightrep(CONTACTS + MARA)
    assert "too few leads or contacts to fit probabilities on" in text


def test_nobody_is_found_where_too_many_share_an_address(rightrep):
    many = "".join(MARA.replace("C1", f"C{i}") for i in range(11))
    assert rightrep(CONTACTS + many).startswith("0 leads among the contacts")


def test_contacts_need_an_id_each(rightrep):
    assert "contact_id" in rightrep("name,email\nMara,m@acme.com\n", code=3)
    assert "once" in rightrep(CONTACTS + MARA + MARA, code=3)


def test_many_are_found_by_a_model_too(rightrep, monkeypatch):
    """The threshold and the tables reach it; the pairs of keys stay as they are."""
    import runs.duplicates.contacts as subject

    def linked(left, right, least):
        ids = list(left["unique_id"]), list(right["unique_id"])
        assert least == 0.9 and ids == (["L1", "L2"], ["C1"])
        row = {"left_id": ["L1", "L2"], "right_id": "C1", "probability": [0.99, 0.91]}
        return pd.DataFrame(row)

    monkeypatch.setattr(subject, "linked", linked)
    monkeypatch.setattr(subject, "FEWEST", 1)
    told = json.loads(rightrep(CONTACTS + MARA, "--threshold", "0.9", "--json"))
    assert [(p["lead_id"], p["by"]) for p in told["pairs"]] == [
        ("L1", "email"),
        ("L2", "model"),
    ]
