"""A small model file that is kept, so that every later rightrep must read it.

``python -m tests.scoring.model_file.golden`` writes it anew: only where a value object
has a new version, for files of users are then refused, too. It holds one object of
every kind of ours that does not need scikit-learn, so that no version of that matters.
"""

from dataclasses import replace
from pathlib import Path

from scoring import save_model, train
from scoring.card.figures import ColumnBlock
from scoring.deal_value.estimates import OwnValue, ValueSelection
from tests.scoring.model_file.rich_company import rich_history, rich_leads
from tests.scoring.synthetic_history import crm_of

FILE = Path(__file__).with_name("golden.model")


def golden():
    """Return a model of reps who differ, with the base rate for all leads."""
    trained = train(crm_of(rich_history(400), rich_leads()))
    model = trained.model
    model.lead_model_ = replace(model.lead_model_, pipeline=None)
    model.held_out_ = model.held_out_[:9]
    selection = ValueSelection(90, 30, {"own estimate": 2.5}, 0.0, 0.0, "own estimate")
    value = replace(trained.card.value, selection=selection)
    blocks = (ColumnBlock(("size", "sector"), 0.3, 0.8, 0.6),)
    card = replace(trained.card, value=value, blocks=blocks)
    return replace(trained, value=OwnValue(0.8, 120.0, 0.0), card=card)


if __name__ == "__main__":
    save_model(golden(), FILE)
