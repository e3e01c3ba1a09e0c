"""Pictures are the same bytes whatever the user's settings of matplotlib say."""

import os
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.figure import Figure

from reporting.plots.load import load_against_capacity
from reporting.plots.pictures import svg
from reporting.plots.style import own_style

ODD = {"font.size": 20, "svg.fonttype": "path", "axes.grid": True, "savefig.dpi": 30}
LOAD = pd.DataFrame(
    {
        "rep_id": ["R1"],
        "name": ["Ada"],
        "team": ["North"],
        "capacity": [3],
        "slots_used": [2],
        "slotless": [0],
    }
)
SCRIPT = """
from cli import ignore_drawing_styles
ignore_drawing_styles()
import matplotlib, os
print(matplotlib.get_backend(), matplotlib.rcParams["font.size"], os.getcwd())
"""


@own_style()
def drawn() -> str:
    figure = Figure((5.0, 1.0))
    load_against_capacity(LOAD, figure.subplots())
    return svg(figure, "Load")


def test_styles_do_not_reach_pictures():
    """Those of the session that draws."""
    own = drawn()
    with mpl.rc_context(ODD):
        assert drawn() == own


@pytest.mark.slow
@pytest.mark.parametrize("content", [b"font.size: 30\nbogus: 1\n", b"\xff\xfe"])
@pytest.mark.parametrize("place", ["here", "configuration", "variable"])
def test_settings_of_the_user_are_not_read(tmp_path, content, place):
    """Odd, broken or unreadable, wherever they are, with any backend."""
    (tmp_path / "elsewhere").mkdir()
    home = tmp_path if place == "here" else tmp_path / "elsewhere"
    (home / "matplotlibrc").write_bytes(content)
    environment = os.environ | {"MPLBACKEND": "nonsense"}
    if place == "configuration":
        environment |= {"MPLCONFIGDIR": str(home)}
    if place == "variable":
        environment |= {"MATPLOTLIBRC": str(home / "matplotlibrc")}
    path = os.pathsep.join([str(Path(_file()).parents[1]), *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=environment | {"PYTHONPATH": path},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert (done.stderr, done.returncode) == ("", 0)
    assert done.stdout == f"svg 10.0 {tmp_path}\n"


def _file() -> str:
    import reporting

    return str(reporting.__file__)
