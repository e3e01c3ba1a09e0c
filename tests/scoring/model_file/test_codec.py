import json
import math
import os
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.utils import Bunch
from sklearn.utils.validation import check_array

from scoring.lead_features.features import Features
from scoring.model_file.codec import TreeReader, TreeWriter

NUMBERS = st.none() | st.booleans() | st.integers() | st.floats()
KEYS = st.text() | st.integers() | st.floats(allow_nan=False)
CONTENT = st.recursive(
    NUMBERS | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.lists(inner).map(tuple)
        | st.dictionaries(KEYS, inner)
        | st.sets(st.text())
        | st.frozensets(st.integers())
    ),
)


def there_and_back(content):
    writer = TreeWriter()
    tree = json.loads(json.dumps(writer.node(content)))
    return TreeReader(writer.arrays).content(tree)


def same(one, other):
    """Equal in type and value; NaN is NaN, and -0.0 is not 0.0."""
    if type(one) is not type(other):
        return False
    if isinstance(one, float):
        signs_agree = math.copysign(1, one) == math.copysign(1, other)
        return (math.isnan(one) and math.isnan(other)) or (one == other and signs_agree)
    if isinstance(one, dict):
        return same(list(one.items()), list(other.items()))
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


@pytest.mark.slow
@given(CONTENT)
@settings(max_examples=300, deadline=None)
def test_plain_content_survives(content):
    """Tuples stay tuples, keys stay numbers, and every float keeps its bits."""
    assert same(there_and_back(content), content)


@pytest.mark.parametrize(
    "content",
    [np.float64(0.1), np.float32(0.1), np.int8(3), np.bool_(True), np.str_("x")],
)
def test_scalars_of_numpy_survive(content):
    """With their type."""
    loaded = there_and_back(content)
    assert (type(loaded), loaded) == (type(content), content)


@pytest.mark.parametrize(
    "content", [slice(1, None, 2), np.dtype("<f4"), np.float64, Bunch(a=[1, (2,)])]
)
def test_other_kinds_survive(content):
    """Slices, types and scikit-learn's bunches."""
    assert there_and_back(content) == content


def test_arrays_survive():
    """Of numbers with type, shape and order, of objects item by item."""
    for array in (np.asfortranarray(np.eye(3)[:, :2]), np.zeros((0, 2), "i4")):
        loaded = there_and_back(array)
        assert loaded.dtype == array.dtype
        assert np.array_equal(loaded, array)
    texts = np.array([["a", 1], [None, (2.0,)]], dtype=object)
    assert there_and_back(texts).tolist() == texts.tolist()


@pytest.mark.parametrize(
    "source", [np.random.RandomState(3), np.random.default_rng(3)], ids=str
)
def test_sources_of_randomness_go_on(source):
    """The numbers drawn next are the same."""
    loaded = there_and_back(source)
    assert loaded.normal(size=9).tolist() == source.normal(size=9).tolist()


def test_a_partial_is_not_of_any_function():
    """Boosted trees hold a partial of one function of scikit-learn, and no other."""
    loaded = there_and_back(partial(check_array, dtype=[np.float64]))
    assert (loaded.func, loaded.keywords) == (check_array, {"dtype": [np.float64]})
    with pytest.raises(ValueError, match="exists"):
        TreeWriter().node(partial(os.path.exists, "here"))
    forged = {"is": "partial", "content": ["posix.system", {"is": "mapping"}]}
    with pytest.raises((ValueError, KeyError)):
        TreeReader([]).content(forged)
    forged = {"is": "function", "content": ["os.system"]}
    with pytest.raises(ValueError, match=r"os\.system"):
        TreeReader([]).content(forged)


@pytest.mark.parametrize("content", [print, object(), {1}.add, int, 1j, range(3)])
def test_anything_else_is_refused(content):
    """Functions, classes and objects of unknown kind are named."""
    with pytest.raises(ValueError, match=r"^a |^the function"):
        TreeWriter().node(content)


def test_objects_of_ours_have_their_stable_name():
    """A node says what it is, and each field by its name."""
    features = Features({"visits": (0.0, 9.0)}, (), {"source": ("", "web")}, {}, {})
    node = TreeWriter().node(features)
    assert node["is"] == "features"
    assert "moments" in node
    assert there_and_back(features) == features


def test_estimators_have_scikit_learns_state():
    """Fitted or not, with their parameters."""
    model = LogisticRegression(C=3.0).fit(np.eye(4), [0, 1, 0, 1])
    loaded = there_and_back(model)
    assert loaded.get_params() == model.get_params()
    assert np.array_equal(
        loaded.predict_proba(np.eye(4)), model.predict_proba(np.eye(4))
    )
    folds = there_and_back(StratifiedKFold(3, shuffle=True, random_state=1))
    assert (folds.n_splits, folds.shuffle, folds.random_state) == (3, True, 1)
