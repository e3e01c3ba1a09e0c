"""Large days in Parquet are decided in partitions; what they cannot give is said."""

from pathlib import Path

import pytest

from runs.partitioned.choosing import partitioned_day
from scenarios import ScenarioError
from tests.runs.partitioned.test_job import _small_partitions, company

__all__ = ["_small_partitions", "company"]


def chosen(folder: Path, **kwargs):
    return partitioned_day(
        folder / "daily.yaml", None, folder / "daily.model", **kwargs
    )


def test_a_large_parquet_table_comes_in_partitions(company: Path) -> None:
    assert chosen(company) is not None


def test_a_csv_table_does_not(company: Path) -> None:
    text = (company / "daily.yaml").read_text()
    (company / "daily.yaml").write_text(text.replace("leads.parquet", "leads.csv"))
    assert chosen(company) is None


def test_few_rows_do_not(company: Path) -> None:
    text = (company / "daily.yaml").read_text()
    few = "leads: {file: leads.parquet, rows: [2, 5]}"
    (company / "daily.yaml").write_text(text.replace("leads: leads.parquet", few))
    assert chosen(company) is None


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ("ledger: ledger.db\n", "no place for a ledger"),
        ("experiment: {control_share: 0.1}\n", "no place for an experiment"),
        ("solve: {two_level: true}\n", "no place for two-level distribution"),
    ],
)
def test_what_only_whole_days_have_is_refused(
    company: Path, said: str, complaint: str
) -> None:
    text = (company / "daily.yaml").read_text()
    text = text[: text.index("solve:")] if said.startswith("solve") else text
    (company / "daily.yaml").write_text(text + said)
    with pytest.raises(ScenarioError, match=complaint):
        chosen(company)


def test_rules_on_sums_are_refused(company: Path) -> None:
    text = (company / "daily.yaml").read_text()
    more = "rules:\n  - {kind: workload, name: hours}\n"
    (company / "daily.yaml").write_text(text.replace("rules:\n", more))
    with pytest.raises(ScenarioError, match="rule hours bounds more than pairs"):
        chosen(company)


def test_a_model_and_a_moment_are_needed(company: Path) -> None:
    text = (company / "daily.yaml").read_text()
    (company / "daily.yaml").write_text(text.replace("  as_of: 2026-09-07\n", ""))
    with pytest.raises(ScenarioError) as caught:
        partitioned_day(company / "daily.yaml")
    told = " ".join(map(str, caught.value.issues))
    assert "needs a trained model" in told
    assert "say its moment" in told


def test_without_numba_it_says_what_to_install(company: Path, monkeypatch) -> None:
    monkeypatch.setattr("runs.partitioned.choosing.find_spec", lambda _: None)
    with pytest.raises(ScenarioError, match=r"rightrep\[fast\]"):
        chosen(company)
