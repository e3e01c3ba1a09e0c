"""Folders of tests lie in memory where they fit, and where nobody said otherwise."""

import os

import pytest

from tests import memory

VARIABLE = "PYTEST_DEBUG_TEMPROOT"


@pytest.mark.parametrize(
    ("said", "room", "place"),
    [(None, 1, "here"), (None, 1 << 60, None), ("elsewhere", 1, "elsewhere")],
)
def test_folders_lie_where_there_is_room(said, room, place, tmp_path, monkeypatch):
    environment = {VARIABLE: said} if said else {}
    monkeypatch.setattr(os, "environ", environment)
    monkeypatch.setattr(memory, "ROOM", room)
    memory.use_memory(tmp_path)
    monkeypatch.undo()
    expected = str(tmp_path) if place == "here" else place
    assert environment.get(VARIABLE) == expected
