"""Models that were fitted, and whether they were kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, insert, select

from ledger.frames import Kind
from ledger.schema import models

MODELS: dict[str, Kind] = {
    "model_id": "text",
    "at": "time",
    "verdict": "text",
    "reason": "text",
    "actor": "text",
    "figures": "mapping",
}
"""Columns of a frame of models."""


@dataclass(frozen=True)
class FittedModel:
    """A model that was fitted.

    Attributes
    ----------
    model_id
        Hash of its file, as runs have it.
    at
        The moment it was fitted for.
    verdict
        first, better, not_worse or worse; a worse one was not kept.
    reason
        The verdict in a sentence.
    actor
        Who fitted it.
    figures
        Out of time, of it and of the one before.
    """

    model_id: str
    at: datetime
    verdict: str
    reason: str
    actor: str
    figures: Mapping[str, Any]


def add_model(connection: Connection, model: FittedModel) -> None:
    """Add a model; the same one with the same verdict is there once."""
    c = models.c
    same = select(c.number).where(c.model_id == model.model_id)
    if connection.execute(same.where(c.verdict == model.verdict)).first() is None:
        row = {name: getattr(model, name) for name in MODELS}
        connection.execute(insert(models).values(row | {"figures": {**model.figures}}))


def models_query() -> Select:
    """Ask for all models, in the order of recording."""
    return select(*(models.c[name] for name in MODELS)).order_by(models.c.number)
