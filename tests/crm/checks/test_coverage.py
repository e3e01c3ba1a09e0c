"""Needs that no rep meets are warned of, and no others."""

import pytest

from crm import Source, read_crm


def warned(tmp_path, territory, territories):
    (tmp_path / "leads.csv").write_text(
        f"lead_id,created_at,territory\nL0,2026-09-07,{territory}\n"
    )
    (tmp_path / "reps.csv").write_text(
        f"rep_id,daily_capacity,territories\nR0,1,{territories}\n"
    )
    sources = {name: Source(file=f"{name}.csv") for name in ("leads", "reps")}
    return [issue for issue in read_crm(sources, tmp_path)[1] if "no rep" in str(issue)]


@pytest.mark.parametrize(
    ("territory", "territories"),
    [
        ("FR", "FR|DE"),
        ("FR", "*"),
        ("EMEA > France > Paris", "EMEA"),
        ("EMEA>France > Paris", "APAC|EMEA > France"),
        ("", "DE"),
    ],
)
def test_a_need_that_is_met_is_no_warning(tmp_path, territory, territories):
    """By the same name, by a territory around it, or by everything."""
    assert warned(tmp_path, territory, territories) == []


@pytest.mark.parametrize(
    ("territory", "territories"),
    [("FR", "DE"), ("EMEA", "EMEA > France"), ("EMEA > France", "APAC > France")],
)
def test_a_need_that_nobody_meets_is_a_warning(tmp_path, territory, territories):
    """Also where only a part of the territory is covered."""
    assert len(warned(tmp_path, territory, territories)) == 1
