"""Pictures that do not depend on the user's settings of matplotlib."""

import os
from contextlib import chdir
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

_SETTINGS = "matplotlibrc"


def ignore_drawing_styles() -> None:
    """Let matplotlib start as it comes: no window, and no style of the user's.

    It is imported here only where the current folder has settings, which it would take
    before all others.
    """
    os.environ["MPLBACKEND"] = "svg"
    spec = find_spec("matplotlib")
    if spec is None or spec.origin is None:
        return
    home = Path(spec.origin).parent / "mpl-data"
    os.environ["MATPLOTLIBRC"] = str(home / _SETTINGS)
    if os.path.isfile(_SETTINGS):
        with chdir(home):
            import_module("matplotlib")
