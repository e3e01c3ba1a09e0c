"""Trees that point outside their tables are found."""

import pytest
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.tree import DecisionTreeClassifier

from scoring import ConversionModel, ModelFileError, load_model, save_model, train
from scoring.model_file.sound_trees import has_unsound_tree
from tests.scoring.synthetic_history import crm_of, history_of


@pytest.mark.slow
@pytest.mark.parametrize(
    "classifier",
    [DecisionTreeClassifier(max_depth=2), HistGradientBoostingClassifier(max_iter=2)],
)
def test_a_forged_tree_is_refused(tmp_path, classifier):
    """A tree that points outside its table would read memory not its own."""
    unfitted = ConversionModel(lead_classifier=classifier)
    model = train(crm_of(history_of(n=100)[0]), unfitted)
    save_model(model, tmp_path / "model")
    assert not has_unsound_tree(model)
    fitted = model.model.lead_model_.pipeline[-1]
    fitted.n_features_in_ = 1
    if not hasattr(fitted, "tree_"):
        fitted._predictors[0][0].nodes["left"][0] = 10_000
    save_model(model, tmp_path / "forged")
    with pytest.raises(ModelFileError, match="points outside"):
        load_model(tmp_path / "forged")
