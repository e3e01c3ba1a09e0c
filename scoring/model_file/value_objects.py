"""Our value objects in a model file: by a stable name, with all fields, of their type.

A name is never given to something else. A class whose fields change in name or
meaning gets the next version: files with the old one are refused and say so.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import numpy as np
from sklearn.base import BaseEstimator

from crm.past_columns import PastColumns
from scoring.card.figures import (
    ColumnBlock,
    Figures,
    Gain,
    Level,
    LowOverlapRep,
    Measures,
    ReliabilityBin,
    StratumBalance,
    Validation,
)
from scoring.card.findings import OriginFinding, RepFigure, RepFinding, RepOrigins
from scoring.card.model_card import CensoringFigures, ModelCard, TrainingRecord
from scoring.censoring.delays import ClosingDelays
from scoring.censoring.weights import CensoringWeights
from scoring.conversion.conversion_model import ConversionModel, TrainedModel
from scoring.deal_value.estimates import (
    MeanValue,
    OwnValue,
    ValueFinding,
    ValueRegression,
    ValueSelection,
)
from scoring.lead_features.features import Features
from scoring.lead_model.calibration import Calibration
from scoring.lead_model.lead_model import LeadModel, ModelSelection
from scoring.rep_effects import (
    InteractionColumns,
    RepEffects,
    SpreadTest,
    VarianceComponent,
    WinRates,
)

VALUE_OBJECTS: tuple[tuple[str, int, type], ...] = (
    ("calibration", 1, Calibration),
    ("censoring_figures", 1, CensoringFigures),
    ("censoring_weights", 1, CensoringWeights),
    ("closing_delays", 1, ClosingDelays),
    ("column_block", 1, ColumnBlock),
    ("conversion_model", 2, ConversionModel),
    ("features", 2, Features),
    ("interaction_columns", 1, InteractionColumns),
    ("lead_model", 1, LeadModel),
    ("low_overlap_rep", 1, LowOverlapRep),
    ("mean_value", 1, MeanValue),
    ("model_card", 2, ModelCard),
    ("model_selection", 2, ModelSelection),
    ("origin_finding", 1, OriginFinding),
    ("own_value", 1, OwnValue),
    ("reliability_bin", 1, ReliabilityBin),
    ("past_columns", 1, PastColumns),
    ("rep_effects", 3, RepEffects),
    ("rep_figure", 1, RepFigure),
    ("rep_finding", 2, RepFinding),
    ("rep_origins", 1, RepOrigins),
    ("spread_test", 1, SpreadTest),
    ("stratum_balance", 1, StratumBalance),
    ("trained_model", 2, TrainedModel),
    ("training_record", 2, TrainingRecord),
    ("validation", 1, Validation),
    ("validation_figures", 1, Figures),
    ("validation_gain", 1, Gain),
    ("validation_level", 1, Level),
    ("validation_measures", 2, Measures),
    ("value_finding", 1, ValueFinding),
    ("value_regression", 1, ValueRegression),
    ("value_selection", 1, ValueSelection),
    ("variance_component", 1, VarianceComponent),
    ("win_rates", 1, WinRates),
)
"""Name, version and class of every object of ours that a model may be made of."""

CLASSES = {name: kind for name, _, kind in VALUE_OBJECTS}
NAMES = {kind: name for name, kind in CLASSES.items()}
VERSIONS = {name: version for name, version, _ in VALUE_OBJECTS}


@cache
def field_types(kind: Any) -> dict[str, Any]:
    """Return the type of each field: of a dataclass, or of an estimator.

    An estimator has those it is constructed with, then those that it is fitted with.
    """
    types = get_type_hints(kind)
    if not issubclass(kind, BaseEstimator):
        return {field.name: types[field.name] for field in fields(kind)}
    parameters = get_type_hints(vars(kind)["__init__"])
    fitted = {name: types[name] for name in types if name.endswith("_")}
    return {name: parameters[name] for name in parameters if name != "return"} | fitted


def field_values(content: Any) -> dict[str, Any]:
    """Return the fields of an object of ours.

    Raises
    ------
    ValueError
        If one is not of its type.
    """
    kind: Any = type(content)
    values = {name: getattr(content, name) for name in field_types(kind)}
    check_types(kind, values)
    return values


def constructed(kind: Any, values: Mapping[str, Any]) -> Any:
    """Return the object of ours that has these fields.

    Raises
    ------
    ValueError
        If a field is missing, unknown or not of its type.
    """
    strange = values.keys() ^ field_types(kind).keys()
    if strange:
        raise ValueError(f"missing or unknown: {', '.join(sorted(strange))}")
    check_types(kind, values)
    if not issubclass(kind, BaseEstimator):
        return kind(**values)
    content = object.__new__(kind)
    vars(content).update(values)
    return content


def check_types(kind: Any, values: Mapping[str, Any]) -> None:
    """Raise if a field of an object of this class is not of its type."""
    for name, hint in field_types(kind).items():
        if not fits(values[name], hint):
            raise ValueError(f"{name} is not of the type {hint}")


def fits(value: Any, hint: Any) -> bool:
    """Tell whether a value is of a type, and its items, too."""
    if hint is Any:
        return True
    if isinstance(hint, type):
        return is_of(value, hint)
    hint = written_out(hint)
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return any(fits(value, kind) for kind in inner)
    if origin is Literal:
        return isinstance(value, str) and value in inner
    if origin is np.ndarray:
        return isinstance(value, np.ndarray) and value.dtype == get_args(inner[1])[0]
    if origin is Mapping:
        return isinstance(value, dict) and all(
            fits(key, inner[0]) and fits(item, inner[1]) for key, item in value.items()
        )
    if origin is tuple:
        return isinstance(value, tuple) and fit_in_order(value, inner)
    if origin in (Sequence, Collection):
        several = (list, tuple) if origin is Sequence else (list, tuple, set, frozenset)
        is_several = isinstance(value, several)
        return is_several and all(fits(item, inner[0]) for item in value)
    return isinstance(value, hint)


def is_of(value: Any, kind: type) -> bool:
    """Tell whether a value is of a class; an int is a float, a bool is neither."""
    if kind is float:
        return isinstance(value, float | int) and not isinstance(value, bool)
    return type(value) is int if kind is int else isinstance(value, kind)


def written_out(hint: Any) -> Any:
    """Return what an alias with parameters stands for; other types as they are.

    From NumPy 2.5 on `NDArray` is one (PEP 695).
    """
    stands_for = getattr(get_origin(hint), "__value__", None)
    return hint if stands_for is None else stands_for[get_args(hint)]


def fit_in_order(values: tuple[Any, ...], hints: tuple[Any, ...]) -> bool:
    """Tell whether the items of a tuple are of the types of its places."""
    if hints[1:] == (...,):
        return all(fits(value, hints[0]) for value in values)
    return len(values) == len(hints) and all(map(fits, values, hints))
