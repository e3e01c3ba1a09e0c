"""Decision trees whose numbers point into their own tables, as a predictor assumes.

scikit-learn follows the numbers of a tree without looking where they point, so a
forged file could read memory that is not its own.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from sklearn.ensemble._hist_gradient_boosting.predictor import TreePredictor
from sklearn.tree._tree import Tree


def has_unsound_tree(content: Any) -> bool:
    """Tell whether a tree anywhere in this content points outside its tables."""
    return any(not is_sound(tree, width) for tree, width in trees_in(content, 0, set()))


def trees_in(
    content: Any, width: int, seen: set[int]
) -> Iterator[tuple[Tree | TreePredictor, int]]:
    """Yield every tree, and the number of columns its estimator takes."""
    if id(content) in seen:
        return
    seen.add(id(content))
    if isinstance(content, Tree | TreePredictor):
        yield content, width
        return
    width = getattr(content, "n_features_in_", width)
    for part in parts_of(content):
        yield from trees_in(part, width, seen)


def parts_of(content: Any) -> list[Any]:
    """Return what this content is made of."""
    if isinstance(content, Mapping):
        return list(content.values())
    if isinstance(content, list | tuple):
        return list(content)
    if isinstance(content, np.ndarray) and content.dtype == object:
        return list(content.ravel())
    return list(getattr(content, "__dict__", {}).values())


def is_sound(tree: Tree | TreePredictor, width: int) -> bool:
    """Tell whether all children come later in the table, and all columns exist.

    Parameters
    ----------
    tree
        A fitted tree.
    width
        Number of columns it will be asked about.
    """
    if isinstance(tree, Tree):
        inner = np.flatnonzero(tree.children_left != -1)
        children = tree.children_left[inner], tree.children_right[inner]
        column, n_nodes = tree.feature[inner], tree.node_count
    else:
        inner = np.flatnonzero(tree.nodes["is_leaf"] == 0)
        nodes, n_nodes = tree.nodes[inner], len(tree.nodes)
        children = nodes["left"].astype(np.int64), nodes["right"].astype(np.int64)
        column = nodes["feature_idx"]
        sets = nodes["bitset_idx"][nodes["is_categorical"] != 0]
        if np.any(sets >= len(tree.raw_left_cat_bitsets)):
            return False
    falls = all(np.all((of > inner) & (of < n_nodes)) for of in children)
    return bool(falls and np.all((column >= 0) & (column < width)))
