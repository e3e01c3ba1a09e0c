"""Numbers that a file holds as numbers have a decimal point, whatever the keys say."""

from datetime import date

import pandas as pd
import pytest

from crm import Source, read_crm

TEXTS = {
    "leads": pd.DataFrame(
        {
            "lead_id": ["L1", "L2"],
            "created_at": ["2026-09-01", "2026-09-02"],
            "deal_value": [27.393, 1.125],
            "visits": [1.125, 2.250],
            "note": ["1.234,5", "2"],
        }
    ),
    "reps": pd.DataFrame({"rep_id": ["R1"], "daily_capacity": [5]}),
}


@pytest.mark.parametrize("ending", ["xlsx", "parquet"])
@pytest.mark.parametrize("keys", [{}, {"decimal": ",", "thousands": "."}])
def test_numbers_are_no_texts(tmp_path, ending, keys):
    """Three digits after every dot are no doubt; texts beside them follow the keys."""
    for name, frame in TEXTS.items():
        path = tmp_path / f"{name}.{ending}"
        if ending == "xlsx":
            frame.to_excel(path, index=False, engine="xlsxwriter")
        else:
            frame.to_parquet(path)
    sources = {name: Source(file=f"{name}.{ending}") for name in TEXTS}
    sources["leads"] = Source.model_validate({"file": f"leads.{ending}", **keys})
    leads = read_crm(sources, tmp_path, date(2026, 9, 7))[0].leads
    assert list(leads["deal_value"]) == [27.393, 1.125]
    assert list(leads["visits"]) == [1.125, 2.25]
    assert list(leads["note"]) == ([1234.5, 2] if keys else ["1.234,5", "2"])
