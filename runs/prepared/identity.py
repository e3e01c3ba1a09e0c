"""What a run is made from, as one hash: the same values are the same run."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pandas as pd

from crm import TABLES, CrmData
from runs.prepared.saved_model import asks_for_history
from scenarios import Scenario

DIGITS = 16
NOT_VALUES = {"ledger": True, "data": True, "tests": True}
"""Keys of a scenario that only say where things are, or test it."""


def run_id_of(scenario: Scenario, crm: CrmData, model: Path | None = None) -> str:
    """Return hexadecimal digits of the values of tables and scenario, and the model.

    Comments, the order of keys, file names and formats are no values; neither is the
    history, where a model stands for it, whether it was read or not.
    """
    values = scenario.model_dump_json(exclude=NOT_VALUES, exclude_none=True)
    digest = sha256(values.encode())
    digest.update(str(crm.as_of).encode())
    spared = model is not None and not asks_for_history(scenario)
    for name in TABLES:
        if name == "history" and spared:
            continue
        for part in _parts(name, getattr(crm, name)):
            digest.update(part)
    if model is not None:
        digest.update(model.read_bytes())
    return digest.hexdigest()[:DIGITS]


def file_id(path: Path) -> str:
    """Return hexadecimal digits of what a file holds, such as a model."""
    return sha256(path.read_bytes()).hexdigest()[:DIGITS]


def _parts(table: str, frame: pd.DataFrame) -> Iterator[bytes]:
    for name in frame:
        cells = frame[name]
        yield f"{table}\0{name}\0{cells.dtype}\0{len(cells)}".encode()
        texts = cells.map(str) if cells.dtype == object else cells
        yield pd.util.hash_pandas_object(texts, index=False).to_numpy().tobytes()
