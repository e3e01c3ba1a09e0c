"""People found again by probability, where the truth is known."""

import pandas as pd
import pytest

from crm import DataError
from crm.linkage.comparable import records_of
from crm.linkage.linking import linked

pytest.importorskip("splink")


def test_records_are_cleaned_and_names_taken_apart():
    table = pd.DataFrame(
        {
            "lead_id": ["L1", "L2", "L3"],
            "Name": ["Mara Kov\u00e1c", "Kov\u00e1c, Mara", "n/a"],
            "company": ["Acme GmbH", "ACME", "[not provided]"],
            "email": ["Mara@Acme.com", "test@test.com", ""],
            "phone": ["+49 30 1234567", "", "0000000"],
            "City": ["Berlin", "", "?"],
        }
    )
    records = records_of(table, "lead_id").set_index("unique_id")
    first = {"first_name": "mara", "last_name": "kov\u00e1c", "company": "acme"}
    first |= {"email": "mara@acme.com", "phone": "+49301234567", "place": "berlin"}
    assert records.loc["L1"].to_dict() == first
    assert records.loc["L2", ["first_name", "last_name"]].tolist() == [
        "mara",
        "kov\u00e1c",
    ]
    assert records.loc["L3"].isna().all()


def test_tables_with_nothing_in_common_are_refused():
    left = pd.DataFrame({"lead_id": ["L1"], "company": ["Acme"]})
    right = pd.DataFrame({"contact_id": ["C1"], "email": ["mara@acme.com"]})
    with pytest.raises(DataError, match="both tables need two of"):
        linked(records_of(left, "lead_id"), records_of(right, "contact_id"))


def test_records_that_agree_in_nothing_are_no_pairs():
    names = [f"name{i}" for i in range(120)]
    left = pd.DataFrame({"lead_id": names, "name": [f"Ann {n}" for n in names]})
    left["email"] = [f"{n}@acme.com" for n in names]
    right = left.rename(columns={"lead_id": "contact_id"}).assign(
        name=[f"Tim other{n}" for n in names], email=[f"{n}@beta.com" for n in names]
    )
    pairs = linked(records_of(left, "lead_id"), records_of(right, "contact_id"))
    assert pairs.empty and list(pairs) == ["left_id", "right_id", "probability"]
