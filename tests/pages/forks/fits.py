"""What a command has fitted, for others that train on the same rows."""

import os
import pickle
import sys
from collections.abc import Callable
from pathlib import Path

MODULE = "scoring.conversion.fitting"
FITTED = ("fit_lead_model", "held_out_logits", "fit_rep_effects")
"""What training a model consists of: the same for the same arguments."""


def share_fits(folder: Path) -> None:
    """Let this process look into a folder first, where it has imported what fits."""
    if fitting := sys.modules.get(MODULE):
        for name in FITTED:
            setattr(fitting, name, once(getattr(fitting, name), folder))


def once(function: Callable[..., object], folder: Path) -> Callable[..., object]:
    """Return a function that calls another once for each content of its arguments."""
    from joblib import hash as hash_of  # Here what fits has imported it.

    def known(*given: object, **named: object) -> object:
        path = folder / f"{function.__name__}-{hash_of((given, named))}"
        if path.exists():
            return pickle.loads(path.read_bytes())
        result = function(*given, **named)
        own = path.with_suffix(f".{os.getpid()}")
        own.write_bytes(pickle.dumps(result))
        own.rename(path)
        return result

    return known
