"""What a saved model needs is imported to score with it, and nothing else."""

import subprocess
import sys

import pytest

from scoring import save_model, train
from tests.scoring.synthetic_history import crm_of, history_of

SCORE = """
import sys
from pathlib import Path
import scoring
assert "numpy" not in sys.modules
model = scoring.load_model(Path(sys.argv[1])).model
from scoring.model_file.acceptance import invented_leads
model.score(invented_leads(model.lead_model_.features), ["R00"])
"""
TRAINING = ("leakage", "diagnostics", "origins", "fitting", "training", "newton")


@pytest.fixture
def path(tmp_path):
    save_model(train(crm_of(history_of(n=300)[0])), tmp_path / "model")
    return tmp_path / "model"


def test_scoring_with_a_saved_model_imports_nothing_that_fits_one(path):
    """No leakage guard, no validation; and naming the room imports no NumPy."""
    code = f"{SCORE}print(*[n for n in sys.modules if n.startswith('scoring.')])"
    call = [sys.executable, "-c", code, str(path)]
    done = subprocess.run(call, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    parts = {part for name in done.stdout.split() for part in name.split(".")[1:]}
    assert "conversion_model" in parts
    assert not parts & {*TRAINING, "mixed_model", "significance", "selection"}
