"""The keys of a table."""

import pandas as pd

from crm.contact_keys.keys import KeyReader, refusals

LEADS = pd.DataFrame(
    {
        "lead_id": ["L1", "L2", "L3"],
        "email": ["Mara@Acme.com", "", "tim@gmail.com"],
        "phone": ["030 1234567", "+49 30 1234567", "n/a"],
        "country": ["DE", "", ""],
        "company": ["Acme GmbH", "ACME", None],
        "website": ["www.acme.com", "", ""],
    },
    dtype=object,
)


def test_leads_have_a_row_per_key():
    keys = KeyReader().keys(LEADS)
    assert sorted(keys.itertuples(index=False, name=None)) == [
        ("company", "acme", "L1"),
        ("company", "acme", "L2"),
        ("domain", "acme.com", "L1"),
        ("email", "mara@acme.com", "L1"),
        ("email", "tim@gmail.com", "L3"),
        ("phone", "+49301234567", "L1"),
        ("phone", "+49301234567", "L2"),
    ]


def test_what_gives_no_key_is_said():
    told = {
        (kind, why): cells for kind, why, cells in refusals(KeyReader().read(LEADS))
    }
    assert told == {
        ("domain", "is free mail, which strangers share"): ["tim@gmail.com"],
        ("phone", "stands for nothing"): ["n/a"],
    }


def test_the_scenario_s_country_is_for_leads_without_one():
    without = LEADS.assign(country="")
    assert "+49301234567" not in set(KeyReader("US").keys(without.iloc[:1])["key"])
    keys = KeyReader("DE").keys(without)
    assert (keys["kind"] == "phone").sum() == 2


def test_a_table_without_such_columns_has_no_keys():
    assert KeyReader().keys(LEADS[["lead_id"]]).empty
