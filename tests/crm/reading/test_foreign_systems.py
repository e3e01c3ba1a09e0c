"""A company of any locale and system is read cell by cell as it was meant."""

import copy
from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest

from crm import DataError, Source, read_crm
from tests.crm.reading.foreign_system import Export, export

AS_OF = date(2027, 9, 7)


def read(made: Export, sources) -> tuple[list[str], str]:
    """Return the cells that are read otherwise than meant, and what is said."""
    given = {name: Source.model_validate(s) for name, s in sources.items()}
    crm, told = read_crm(given, made.folder, AS_OF)
    found = []
    for name, columns in made.truth.items():
        frame = getattr(crm, name)
        for column, meant in columns.items():
            read = frame[column].tolist() if column in frame else ["absent"]
            for row, (cell, truth) in enumerate(zip(read, meant, strict=True)):
                if not same(cell, truth):
                    found.append(f"{name}.{column}[{row}]: {cell!r}, not {truth!r}")
    return found, "\n".join(map(str, told))


def same(cell, truth) -> bool:
    if truth is None:
        return bool(pd.isna(cell))
    if isinstance(truth, datetime):
        return abs(cell - truth) < pd.Timedelta(1, "s")
    if isinstance(truth, float):
        is_number = not isinstance(cell, str)
        return is_number and bool(np.isclose(cell, truth, rtol=1e-12, atol=0))
    return bool(cell == truth)


FEW, MANY = range(2), range(2, 100)


def each(seeds) -> pytest.MarkDecorator:
    slow = [pytest.param(seed, marks=pytest.mark.slow) for seed in MANY]
    return pytest.mark.parametrize("seed", [*seeds, *slow])


@each(FEW)
def test_every_cell_is_read_as_meant(tmp_path, seed):
    """With the keys that say how the system writes."""
    made = export(tmp_path, seed)
    assert read(made, made.sources)[0] == [], made.system.keys


@each(FEW)
def test_without_a_key_it_is_refused_or_right(tmp_path, seed):
    """What is then read otherwise is said, with the key; the zone is UTC by default."""
    made = export(tmp_path, seed)
    for key in made.system.keys:
        if key != "time_zone":
            sources = copy.deepcopy(made.sources)
            for source in sources.values():
                del source[key]
            said_or_right(made, sources, key)


@each(FEW)
def test_with_a_wrong_key_it_is_refused_or_right(tmp_path, seed):
    """Dates and signs of another country do not fit all cells, and this is said."""
    made = export(tmp_path, seed)
    sign = {".": ",", ",": "."}[made.system.decimal]
    form = made.system.form
    if {"%d", "%m"} <= set(form.replace("/", " ").replace(".", " ").split()):
        form = form.replace("%d", "%x").replace("%m", "%d").replace("%x", "%m")
    for wrong in ({"decimal": sign, "thousands": made.system.decimal}, {"dates": form}):
        if wrong != {"dates": made.system.form}:
            sources = {name: {**s, **wrong} for name, s in made.sources.items()}
            said_or_right(made, sources, next(iter(wrong)))


def said_or_right(made: Export, sources, key: str) -> None:
    try:
        found, said = read(made, sources)
    except DataError as error:
        assert key in str(error), made.system.keys
    else:
        assert found == [] or key in said, (key, made.system.keys)
