import numpy as np
import pytest
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import Pipeline
from sklearn.tree import DecisionTreeClassifier

from scoring.model_file.scikit_learn import (
    HELPERS,
    class_named,
    name_of,
    put_together,
    taken_apart,
)


@pytest.mark.parametrize("name", sorted(HELPERS))
def test_every_helper_exists(name):
    """The list names classes of the installed scikit-learn, and each by that name."""
    assert name_of(class_named(name)) == name


@pytest.mark.parametrize(
    "name",
    [
        "os.system",
        "builtins.eval",
        "numpy.ndarray",
        "sklearn.os.system",
        "sklearn.base.clone",
        "sklearn.utils._bunch.Bunch",
        "sklearn.tests.test_base.MyEstimator",
        "sklearn.conftest.pytest",
        "sklearnother.pipeline.Pipeline",
        "sklearn..pipeline.Pipeline",
        "Pipeline",
        "",
    ],
)
def test_nothing_else_is_loaded(name):
    """No module but scikit-learn's own, and no functions."""
    try:
        assert class_named(name) is None
    except ImportError:
        assert name.startswith("sklearn.")


def test_a_class_derived_elsewhere_has_no_name():
    """Its methods are not scikit-learn's."""

    class Homemade(GaussianNB):
        pass

    assert name_of(Homemade) is None
    assert name_of(Pipeline) == "sklearn.pipeline.Pipeline"


def test_a_compiled_object_is_constructed_again():
    """A decision tree has no dictionary, but says how it is made."""
    x = np.random.default_rng(0).normal(size=(50, 2))
    tree = DecisionTreeClassifier(max_depth=2).fit(x, x[:, 0] > 0).tree_
    again = put_together("sklearn.tree._tree.Tree", **taken_apart(tree))
    assert np.array_equal(again.predict(x.astype("f4")), tree.predict(x.astype("f4")))


@pytest.mark.parametrize("change", ["node_count", "n_outputs"])
def test_a_tree_larger_than_its_table_is_not_constructed(change):
    """scikit-learn would read what lies behind."""
    x = np.eye(3)
    parts = taken_apart(DecisionTreeClassifier().fit(x, [0, 1, 0]).tree_)
    if change == "node_count":
        parts["state"]["node_count"] = 10_000
    else:
        parts["arguments"][2] = 10_000
    with pytest.raises(ValueError, match="points outside"):
        put_together("sklearn.tree._tree.Tree", **parts)


def test_an_unknown_class_is_not_put_together():
    """By name."""
    with pytest.raises(ValueError, match=r"a builtins\.object"):
        put_together("builtins.object", [], None)
