"""What scikit-learn made, taken apart into its own state and put together again.

Only classes and functions of scikit-learn are: any of its estimators, and the few
helpers that fitted classifiers keep. They are named as in the version of
scikit-learn that made them, which is the version that may load them.
"""

import re
from collections.abc import Callable
from importlib import import_module
from typing import Any

from sklearn.base import BaseEstimator
from sklearn.tree._tree import Tree
from sklearn.utils.validation import check_array

from scoring.model_file.sound_trees import check_table

MODULE = re.compile(r"sklearn(\.(?!tests?\b|conftest\b)\w+)+")
HELPERS = frozenset(
    [
        "sklearn._loss._loss.CyHalfBinomialLoss",
        "sklearn._loss.link.Interval",
        "sklearn._loss.link.LogitLink",
        "sklearn._loss.loss.HalfBinomialLoss",
        "sklearn.calibration._CalibratedClassifier",
        "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",
        "sklearn.model_selection._split.StratifiedKFold",
        "sklearn.neural_network._stochastic_optimizers.AdamOptimizer",
        "sklearn.neural_network._stochastic_optimizers.SGDOptimizer",
        "sklearn.tree._tree.Tree",
    ]
)
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "sklearn.utils.validation.check_array": check_array
}
"""The boosted trees keep it, to check numbers that they are given."""


def name_of(kind: type) -> str | None:
    """Return the name by which a class of scikit-learn is loaded; None for others."""
    own = f"{kind.__module__}.{kind.__qualname__}"
    # Some of its compiled classes name their module wrongly.
    helpers = [name for name in HELPERS if name.endswith(f".{kind.__qualname__}")]
    return next((name for name in (own, *helpers) if class_named(name) is kind), None)


def class_named(name: str) -> type | None:
    """Return the class of scikit-learn of this name; None if it may not be loaded."""
    module, _, attribute = name.rpartition(".")
    if not MODULE.fullmatch(module):
        return None
    kind = getattr(import_module(module), attribute, None)
    if isinstance(kind, type) and (name in HELPERS or issubclass(kind, BaseEstimator)):
        return kind
    return None


def taken_apart(content: Any) -> dict[str, Any]:
    """Return what an object is constructed from, and its state."""
    if hasattr(content, "__dict__"):
        return {"arguments": [], "state": content.__getstate__()}
    _, arguments, *state = content.__reduce__()
    return {"arguments": list(arguments), "state": state[0] if state else None}


def put_together(name: str, arguments: list[Any], state: Any) -> Any:
    """Return the object of the class of this name, constructed and in this state.

    Raises
    ------
    ValueError
        If no class of this name may be loaded.
    """
    kind = class_named(name)
    if kind is None:
        raise ValueError(f"a {name}")
    if kind is Tree:
        check_table(arguments, state)
    content = kind.__new__(kind, *arguments)
    if hasattr(content, "__setstate__"):
        content.__setstate__(state)
    elif state is not None:
        vars(content).update(state)
    return content


def function_name(function: Callable[..., Any]) -> str:
    """Return the name of a function that may be loaded again."""
    name = f"{function.__module__}.{function.__qualname__}"
    if function_named(name) is not function:
        raise ValueError(f"the function {name}")
    return name


def function_named(name: str) -> Callable[..., Any]:
    """Return a function of scikit-learn that may be loaded."""
    if name not in FUNCTIONS:
        raise ValueError(f"the function {name}")
    return FUNCTIONS[name]
