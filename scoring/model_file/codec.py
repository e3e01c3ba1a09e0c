"""A model as a tree that JSON can hold and a list of arrays, and back.

Texts, numbers (``NaN`` and ``Infinity`` as Python writes them), booleans, None and
lists stand for themselves. All else is a node ``{"is": NAME, ...}``: an object of
ours with its fields, one of scikit-learn with its state, an array with its number, or
one of the kinds of Python and NumPy below with its content.
"""

from collections.abc import Callable, Sequence
from functools import partial
from types import FunctionType
from typing import Any, NamedTuple

import numpy as np
from sklearn.utils import Bunch

from scoring.model_file.scikit_learn import (
    function_name,
    function_named,
    name_of,
    put_together,
    taken_apart,
)
from scoring.model_file.value_objects import (
    CLASSES,
    NAMES,
    constructed,
    field_values,
)

IS = "is"


class Kind(NamedTuple):
    """How objects of a class of Python or NumPy become a list, and come back."""

    base: type
    apart: Callable[[Any], Sequence[Any]]
    together: Callable[..., Any]


def items_of(mapping: dict[Any, Any]) -> list[list[Any]]:
    """Return the items of a mapping as lists."""
    return [*map(list, mapping.items())]


def object_array(shape: list[int], items: list[Any]) -> np.ndarray:
    """Return an array of Python objects."""
    array = np.empty(len(items), dtype=object)
    array[:] = items
    return array.reshape(shape)


def random_state(state: dict[str, Any]) -> np.random.RandomState:
    """Return a source of randomness in this state."""
    random = np.random.RandomState()
    random.set_state(state)
    return random


def generator(state: dict[str, Any]) -> np.random.Generator:
    """Return a source of randomness in this state."""
    random = np.random.default_rng()
    random.bit_generator.state = state
    return random


KINDS = {
    "tuple": Kind(tuple, list, lambda *items: items),
    "set": Kind(set, sorted, lambda *items: set(items)),
    "frozenset": Kind(frozenset, sorted, lambda *items: frozenset(items)),
    "mapping": Kind(dict, items_of, lambda *items: dict(items)),
    "bunch": Kind(Bunch, items_of, lambda *items: Bunch(**dict(items))),
    "slice": Kind(slice, lambda cut: [cut.start, cut.stop, cut.step], slice),
    "scalar": Kind(
        np.generic,
        lambda scalar: [scalar.dtype.str, scalar.item()],
        lambda dtype, value: np.dtype(dtype).type(value),
    ),
    "dtype": Kind(np.dtype, lambda dtype: [dtype.str], np.dtype),
    "scalar type": Kind(
        type, lambda kind: [np.dtype(kind).str], lambda dtype: np.dtype(dtype).type
    ),
    "objects": Kind(
        np.ndarray,
        lambda array: [list(array.shape), array.ravel().tolist()],
        object_array,
    ),
    "random state": Kind(
        np.random.RandomState,
        lambda random: [random.get_state(legacy=False)],
        random_state,
    ),
    "generator": Kind(
        np.random.Generator, lambda random: [random.bit_generator.state], generator
    ),
    "function": Kind(
        FunctionType, lambda function: [function_name(function)], function_named
    ),
    "partial": Kind(
        partial,
        lambda bound: [function_name(bound.func), bound.keywords],
        lambda name, keywords: partial(function_named(name), **keywords),
    ),
}


def kind_of(content: Any) -> str | None:
    """Return the kind of an object of Python or NumPy; None for all others."""
    if isinstance(content, type) and not issubclass(content, np.generic):
        return None
    general = (np.generic, np.dtype)
    return next(
        (
            name
            for name, kind in KINDS.items()
            if type(content) is kind.base
            or (kind.base in general and isinstance(content, kind.base))
        ),
        None,
    )


class TreeWriter:
    """Makes a tree of an object; its arrays are kept in a list beside it."""

    def __init__(self) -> None:
        self.arrays: list[np.ndarray] = []
        self.names: set[str] = set()

    def node(self, content: Any) -> Any:
        """Return the object as JSON can hold it.

        Raises
        ------
        ValueError
            Names what cannot be held.
        """
        if content is None or type(content) in (bool, int, float, str):
            return content
        if type(content) is list:
            return [self.node(item) for item in content]
        if type(content) is np.ndarray and content.dtype != object:
            self.arrays.append(content)
            return {IS: "array", "number": len(self.arrays) - 1}
        if type(content) in NAMES:
            name = NAMES[type(content)]
            self.names.add(name)
            return {IS: name, **self._nodes(field_values(content))}
        kind = kind_of(content)
        if kind:
            return {IS: kind, "content": self.node([*KINDS[kind].apart(content)])}
        estimator = name_of(type(content))
        if estimator:
            return {IS: estimator, **self._nodes(taken_apart(content))}
        raise ValueError(f"a {type(content).__module__}.{type(content).__qualname__}")

    def _nodes(self, parts: dict[str, Any]) -> dict[str, Any]:
        return {name: self.node(part) for name, part in parts.items()}


class TreeReader:
    """Makes the object of a tree again.

    Parameters
    ----------
    arrays
        What :class:`TreeWriter` had beside the tree.
    """

    def __init__(self, arrays: Sequence[np.ndarray]) -> None:
        self.arrays = arrays

    def content(self, node: Any) -> Any:
        """Return the object of a node.

        Raises
        ------
        Exception
            Of whatever kind, where the node is none that a :class:`TreeWriter` makes.
        """
        if isinstance(node, list):
            return [self.content(item) for item in node]
        if not isinstance(node, dict):
            return node
        if node[IS] == "array":
            return self.arrays[node["number"]]
        parts = {name: self.content(node[name]) for name in node if name != IS}
        if node[IS] in CLASSES:
            return constructed(CLASSES[node[IS]], parts)
        if node[IS] in KINDS:
            return KINDS[node[IS]].together(*parts["content"])
        return put_together(node[IS], **parts)
