from dataclasses import replace

import numpy as np
import pytest

from scoring import train
from scoring.deal_value.estimates import MeanValue
from scoring.model_file.acceptance import check_scores, invented_leads
from tests.scoring.model_file.rich_company import rich_history, rich_leads
from tests.scoring.synthetic_history import crm_of


@pytest.fixture(scope="module")
def trained():
    return train(crm_of(rich_history(), rich_leads()))


@pytest.mark.slow
def test_invented_leads_have_all_that_history_has_seen(trained):
    """Every level, both ends of every range, and a lead that has nothing."""
    features = trained.model.lead_model_.features
    leads = invented_leads(features)
    frame = features.frame(leads)
    for name, levels in {**features.categorical, **features.encoded}.items():
        assert set(range(len(levels))) <= set(frame[name])
    ages = features.frame(leads)["days from customer_since"].dropna()
    assert ages.tolist()[:2] == list(features.numeric["days from customer_since"])
    assert leads.iloc[0].isna().all()


def test_a_good_model_passes(trained):
    """Nothing is raised."""
    check_scores(trained)


def test_times_of_another_age_are_no_trouble(trained):
    """A column of times may begin before the first that pandas can count from."""
    features = trained.model.lead_model_.features
    numeric = dict.fromkeys(features.numeric, (-1000000000.0, 1000000000.0))
    leads = invented_leads(replace(features, numeric=numeric))
    assert leads["customer_since"].notna().sum() == len(leads) - 1


@pytest.mark.parametrize("worst", [np.nan, np.inf])
def test_values_that_are_not_finite_are_refused(trained, worst):
    """What a won lead brings must be a number, too."""
    value = MeanValue(worst)
    with pytest.raises(ValueError, match="does not score"):
        check_scores(replace(trained, value=value))
