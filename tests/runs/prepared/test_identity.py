"""The same values are the same run, however they were read."""

from runs import prepare
from runs.prepared.identity import run_id_of


def test_history_that_a_model_stands_for_is_no_value(small):
    """A run that spared reading it, and a question that read it, are of one day."""
    path, model = small / "daily.yaml", small / "daily.model"
    read, spared = prepare(path), prepare(path, model=model)
    assert len(read.crm.history) and not len(spared.crm.history)
    ids = {run_id_of(day.file.scenario, day.crm, model) for day in (read, spared)}
    assert len(ids) == 1
    plain = {run_id_of(day.file.scenario, day.crm) for day in (read, spared)}
    assert len(plain) == 2 and not plain & ids
