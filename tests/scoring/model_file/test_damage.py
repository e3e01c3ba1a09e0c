"""Whatever is wrong in a file: no model, or one that scores; no traceback."""

import copy
import warnings

import numpy as np
import pytest
from sklearn.ensemble import (
    GradientBoostingClassifier,
    HistGradientBoostingClassifier,
    RandomForestClassifier,
)

from scoring import ConversionModel, ModelFileError, load_model, save_model, train
from tests.scoring.model_file.damage import (
    STRANGE,
    contents,
    damaged,
    forged,
    node_at,
    places,
    replaced,
)
from tests.scoring.model_file.rich_company import rich_history, rich_leads
from tests.scoring.synthetic_history import crm_of, leads_of

REPS = ["R03", "nobody", "R00"]
LEADS = leads_of(np.random.default_rng(5), 20)


def test_damage_is_refused_or_harmless(path):
    """Whatever is wrong in the tree: no model, or one that scores; no traceback."""
    versions, tree, arrays = contents(path)
    rng = np.random.default_rng(0)
    ways = list(places(tree))
    for place in rng.choice(len(ways), 60, replace=False):
        strange = STRANGE[rng.integers(len(STRANGE))]
        forged(path, versions, replaced(tree, ways[place], strange), arrays)
        refused_or_finite(path)


@pytest.mark.slow
def test_damaged_arrays_are_refused_or_harmless(path):
    """Wrong shapes, wrong types, NaN: no model, or one that scores; no traceback."""
    versions, tree, arrays = contents(path)
    for number, array in enumerate(arrays):
        for wrong in damaged(array):
            others = arrays[:number], arrays[number + 1 :]
            forged(path, versions, tree, [*others[0], wrong, *others[1]])
            refused_or_finite(path)


@pytest.mark.slow
@pytest.mark.parametrize(
    "classifier",
    [
        None,
        RandomForestClassifier(3, max_depth=3, random_state=0),
        HistGradientBoostingClassifier(max_iter=3, random_state=0),
        GradientBoostingClassifier(n_estimators=3, random_state=0),
    ],
    ids=lambda classifier: type(classifier).__name__,
)
def test_damage_to_any_model_is_refused_or_harmless(tmp_path, classifier):
    """At more places, and for every kind of tree within the lead model's pipeline."""
    path = tmp_path / "model"
    unfitted = ConversionModel(lead_classifier=classifier)
    save_model(train(crm_of(rich_history(), rich_leads()), unfitted), path)
    versions, tree, arrays = contents(path)
    rng = np.random.default_rng(1)
    ways = [way for way in places(tree) if classifier is None or "pipeline" in way]
    for place in rng.choice(len(ways), min(40, len(ways)), replace=False):
        for number in rng.choice(len(STRANGE), 2, replace=False):
            forged(path, versions, replaced(tree, ways[place], STRANGE[number]), arrays)
            refused_or_finite(path)
    nodes = [node_at(tree, way) for way in ways]
    numbers = {node["number"] for node in nodes if is_array(node)}
    assert classifier is not None or numbers == set(range(len(arrays)))
    for number in sorted(numbers):
        for wrong in damaged(arrays[number]):
            others = arrays[:number], arrays[number + 1 :]
            forged(path, versions, tree, [*others[0], wrong, *others[1]])
            refused_or_finite(path)


def is_array(node):
    return isinstance(node, dict) and node.get("is") == "array"


def refused_or_finite(path):
    try:
        model = load_model(path).model
    except ModelFileError:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        log_odds = model.score(LEADS, REPS).logit(np.arange(20), np.arange(20) % 3)
    assert np.isfinite(log_odds).all()


@pytest.mark.parametrize(
    "way",
    [
        ("lead_model_", "pipeline", -1, "coef_"),
        ("rep_effects_", "shared"),
        ("rep_effects_", "coefficient"),
    ],
)
def test_coefficients_that_are_no_numbers_are_refused(model, tmp_path, way):
    """A model that gives NaN for any rep is none."""
    model = copy.deepcopy(model)
    inner = model.model
    for name in way[:-1]:
        inner = inner[name] if isinstance(name, int) else getattr(inner, name)
    getattr(inner, way[-1])[-1] = np.nan
    save_model(model, tmp_path / "model")
    with pytest.raises(ModelFileError, match="holds no model that can be trusted"):
        load_model(tmp_path / "model")
