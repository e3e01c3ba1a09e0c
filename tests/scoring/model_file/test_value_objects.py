from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal, TypeVar

import numpy as np
import pytest
from numpy.typing import NDArray
from typing_extensions import TypeAliasType

from scoring import ConversionModel
from scoring.lead_model.calibration import Calibration
from scoring.model_file.value_objects import (
    constructed,
    field_types,
    field_values,
    fits,
)

Number = TypeVar("Number", bound=np.generic)
Alias = TypeAliasType(
    "Alias", np.ndarray[tuple[Any, ...], np.dtype[Number]], type_params=(Number,)
)
"""What `NDArray` is from NumPy 2.5 on."""


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        (1, float),
        (np.float64(1), float),
        (float("nan"), float),
        (3, int),
        (None, int | None),
        ({"a": (1.0, 2.0)}, Mapping[str, tuple[float, float]]),
        ({"a": {3: 0.5}}, Mapping[str, Mapping[int, float]]),
        ((), tuple[str, ...]),
        (("a", "b"), tuple[str, ...]),
        (["a"], Sequence[str] | None),
        ({"a"}, Collection[str]),
        ("yes", Literal["yes", "no"]),
        (np.zeros(2), NDArray[np.float64]),
        (np.zeros(2), Alias[np.float64]),
        (None, Alias[np.float64] | None),
        (object(), Any),
    ],
)
def test_values_of_their_type_fit(value, hint):
    """As the annotations of our dataclasses mean it."""
    assert fits(value, hint)


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        (True, float),
        (True, int),
        ("1", float),
        (1.0, int),
        (None, int),
        ({"a": (1.0,)}, Mapping[str, tuple[float, float]]),
        ({1: (1.0, 2.0)}, Mapping[str, tuple[float, float]]),
        ([("a", 1)], Mapping[str, int]),
        (["a"], tuple[str, ...]),
        (("a", 1), tuple[str, ...]),
        ("abc", Sequence[str]),
        ({"a"}, Sequence[str]),
        ("maybe", Literal["yes", "no"]),
        (np.zeros(2), Literal["yes", "no"]),
        (np.zeros(2, dtype=np.float32), NDArray[np.float64]),
        ([0.0], NDArray[np.float64]),
        (np.zeros(2, dtype=np.float32), Alias[np.float64] | None),
    ],
)
def test_others_do_not(value, hint):
    """No number is a truth, no text a number, no list a tuple."""
    assert not fits(value, hint)


def test_fields_come_back():
    """A dataclass by its fields, an estimator by its parameters and what it fitted."""
    assert constructed(Calibration, field_values(Calibration(2.0))) == Calibration(2.0)
    assert list(field_types(ConversionModel))[:2] == ["lead_classifier", "keep"]
    assert "held_out_" in field_types(ConversionModel)


@pytest.mark.parametrize(
    "values",
    [
        {"slope": 1.0},
        {"slope": 1.0, "intercept": 0.0, "more": 1},
        {"slope": 1.0, "i": 0},
    ],
)
def test_missing_and_unknown_fields_are_refused(values):
    """By name."""
    with pytest.raises(ValueError, match="missing or unknown"):
        constructed(Calibration, values)


def test_wrong_types_are_refused():
    """On the way in as on the way out."""
    with pytest.raises(ValueError, match="intercept is not of the type"):
        constructed(Calibration, {"slope": 1.0, "intercept": "0"})
    with pytest.raises(ValueError, match="slope is not of the type"):
        field_values(Calibration("1"))
