"""The day that variants start from: history is read where a variant asks for it."""

import pytest

from runs.whatif.asked import WhatIf
from runs.whatif.comparing import compare_variants
from scenarios.changes import asked_variants, read_changes
from tests.few import few


def asked(folder, *variants):
    """Return what compares the small company's day with variants of it."""
    return WhatIf([folder / "daily.yaml"], variants, model=folder / "daily.model")


@pytest.fixture
def laid_over(tmp_path):
    """Return the variants of a file of changes."""

    def laid_over(text):
        path = tmp_path / "changes.yaml"
        path.write_text(text)
        return read_changes(path)

    return laid_over


@pytest.mark.parametrize(
    "changes",
    few(
        [
            {},
            {"sets": ["rules.capacity.factor=2"]},
            {"off": ["large deals"]},
            {"reps": ["R9: like=R1"], "away": ["R2"]},
            {"sets": ["data.as_of=2026-09-08"]},
        ],
        2,
    ),
    ids=["alone", "key", "off", "reps", "moment"],
)
def test_a_model_stands_for_history(company, changes):
    """Spoilt history changes nothing, and it is said that none was read."""
    variants = asked_variants(**changes) if changes else ()
    before = compare_variants(asked(company, *variants))
    (company / "history.csv").write_text("nothing of it is read")
    after = compare_variants(asked(company, *variants))
    assert [own.objective for own in before.variants] == [
        own.objective for own in after.variants
    ]
    assert before.notes == after.notes
    assert any("History was not read" in note for note in after.notes)


def test_other_files_read_none_either(company):
    """Each is scored by the same model."""
    text = (company / "daily.yaml").read_text()
    (company / "other.yaml").write_text(text.replace("name: small", "name: other"))
    (company / "history.csv").write_text("nothing of it is read")
    paths = [company / "daily.yaml", company / "other.yaml"]
    whatif = compare_variants(WhatIf(paths, model=company / "daily.model"))
    first, other = whatif.variants
    assert other.objective == pytest.approx(first.objective)


def test_a_variant_may_ask_for_rows(small, laid_over):
    """A rule that ranks reps by their record, a fitted half-life, changed rows."""
    for text in (
        "scenario: {rules: [{kind: performer, name: the best, top_share: 0.5}]}",
        "overlay: {history: [{where: {rep_id: R1}, set: {outcome: lost}}]}",
        "set: {ageing: {half_life: fitted}}",
    ):
        assert asked(small, *laid_over(text)).prepared().crm.past is None
    assert asked(small, *laid_over("set: {solve.seed: 3}")).prepared().crm.past


def test_without_a_model_history_is_read(small):
    """Nothing stands for it."""
    assert WhatIf([small / "daily.yaml"]).prepared().crm.past is None
