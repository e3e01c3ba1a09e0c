"""Decision trees whose numbers point into their own tables, as a predictor assumes.

scikit-learn follows the numbers of a tree without looking where they point, so a
forged file could read memory that is not its own.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from sklearn.ensemble._hist_gradient_boosting.predictor import TreePredictor
from sklearn.tree._tree import Tree

BITSET_WORDS = 8
"""Of 32 bits: a category has one of 256 numbers."""


def has_unsound_tree(content: Any) -> bool:
    """Tell whether a tree anywhere in this content points outside its tables."""
    none = np.zeros(0, dtype=bool)
    trees = trees_in(content, none, set())
    return any(not is_sound(tree, columns) for tree, columns in trees)


def trees_in(
    content: Any, columns: np.ndarray, seen: set[int]
) -> Iterator[tuple[Tree | TreePredictor, np.ndarray]]:
    """Yield every tree, and which of the columns it is handed are categories."""
    if id(content) in seen:
        return
    seen.add(id(content))
    if isinstance(content, Tree | TreePredictor):
        yield content, columns
        return
    if hasattr(content, "n_features_in_"):
        columns = handed_columns(content)
    for part in parts_of(content):
        yield from trees_in(part, columns, seen)


def handed_columns(estimator: Any) -> np.ndarray:
    """Tell for each column that an estimator hands to its trees if it is a category."""
    n_columns = estimator.n_features_in_
    if not hasattr(estimator, "_bin_mapper"):
        return np.zeros(n_columns, dtype=bool)
    columns = np.asarray(estimator._bin_mapper.is_categorical_, dtype=bool)
    row = estimator._preprocess_X(np.zeros((1, n_columns)), reset=False)
    return columns if row.shape == (1, len(columns)) else columns[:0]


def parts_of(content: Any) -> list[Any]:
    """Return what this content is made of."""
    if isinstance(content, Mapping):
        return list(content.values())
    if isinstance(content, list | tuple):
        return list(content)
    if isinstance(content, np.ndarray) and content.dtype == object:
        return list(content.ravel())
    return list(getattr(content, "__dict__", {}).values())


def is_sound(tree: Tree | TreePredictor, columns: np.ndarray) -> bool:
    """Tell whether children come later in the table, columns exist, leaves are finite.

    Parameters
    ----------
    tree
        A fitted tree.
    columns
        Whether each column that it is handed is a category, (n_columns,) bool.
    """
    if isinstance(tree, Tree):
        inner = np.flatnonzero(tree.children_left != -1)
        children = tree.children_left[inner], tree.children_right[inner]
        column, n_nodes, value = tree.feature[inner], tree.node_count, tree.value
        known = True
    else:
        inner = np.flatnonzero(tree.nodes["is_leaf"] == 0)
        nodes, n_nodes = tree.nodes[inner], len(tree.nodes)
        children = nodes["left"].astype(np.int64), nodes["right"].astype(np.int64)
        column, value = nodes["feature_idx"], tree.nodes["value"]
        known = knows_categories(tree, columns)
    falls = all(np.all((child > inner) & (child < n_nodes)) for child in children)
    exists = np.all((column >= 0) & (column < len(columns)))
    finite = n_nodes > 0 and np.all(np.isfinite(value))
    return bool(known and falls and exists and finite)


def knows_categories(tree: TreePredictor, columns: np.ndarray) -> bool:
    """Tell whether a tree has the sets of categories that it asks for."""
    categorical = tree.nodes[tree.nodes["is_categorical"] != 0]
    sets = tree.raw_left_cat_bitsets
    return bool(
        sets.shape[1:] == (BITSET_WORDS,)
        and np.all(categorical["bitset_idx"] < len(sets))
        and np.all(np.isin(categorical["feature_idx"], np.flatnonzero(columns)))
    )


def check_table(arguments: list[Any], state: Mapping[str, Any]) -> None:
    """Raise if a tree would be constructed beyond its own arrays.

    Parameters
    ----------
    arguments, state
        What scikit-learn makes a :class:`sklearn.tree._tree.Tree` of.
    """
    _, n_classes, n_outputs = arguments
    n_nodes = len(state["nodes"])
    if np.shape(n_classes) != (n_outputs,) or n_nodes != state["node_count"]:
        raise ValueError("a decision tree that points outside its own table")
