import re

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from reporting.plots.load import load_against_capacity, load_height
from reporting.plots.pictures import svg


def load_of(*rows: tuple[str, str, str, float, int], slotless: int = 0) -> pd.DataFrame:
    columns = ["rep_id", "name", "team", "capacity", "slots_used"]
    return pd.DataFrame(list(rows), columns=columns).assign(slotless=slotless)


def draw(load: pd.DataFrame) -> str:
    figure = Figure((5, load_height(load)), layout="constrained")
    load_against_capacity(load, figure.subplots())
    return svg(figure, "Load")


def texts(drawn: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", drawn)


def test_bars_are_as_long_as_the_numbers() -> None:
    """Each rep has a capacity bar and an one of slots used, of the right length."""
    ax = Figure().subplots()
    load = load_of(("R1", "Ann", "A", 8, 5), ("R2", "Bob", "B", 6, 6))
    load_against_capacity(load, ax)
    assert [bar.get_width() for bar in ax.patches] == [8, 6, 5, 6, 0, 0]


def test_text_names_team_rep_and_numbers() -> None:
    """Team headings, names and counts are text; a rep without name shows the id."""
    drawn = draw(
        load_of(
            ("R1", "Ann", "A", 8, 5),
            ("R2", "", "A", np.nan, 6),
            ("R3", "Cy", "B", 1, 0),
        )
    )
    assert sorted(texts(drawn)) == sorted(
        ["A", "B", "Ann", "R2", "Cy", "5 of 8", "6", "0 of 1"]
    )


def test_reps_without_team_have_no_heading() -> None:
    """Where no rep has a team, only names and counts are written."""
    assert sorted(texts(draw(load_of(("R1", "Ann", "", 1, 1))))) == ["1 of 1", "Ann"]


def test_leads_without_a_slot_are_stacked_apart() -> None:
    """They follow the slots used, in another colour, and are counted apart."""
    ax = Figure().subplots()
    load_against_capacity(load_of(("R1", "", "", 5, 5), slotless=2), ax)
    _, used, slotless = ax.patches
    assert slotless.get_x() == used.get_width() == 5
    assert slotless.get_facecolor() != used.get_facecolor()
    assert "5 of 5 + 2" in {text.get_text() for text in ax.texts}


@pytest.mark.parametrize(
    "name", ["$x_1$", "a_b^c", "$\\frac{", "<b>&\"'", "李雷 🦊", "Ünï\ncödé", "x" * 400]
)
def test_any_name_is_drawn_as_it_is(name: str) -> None:
    """Dollars, underscores, HTML, foreign scripts and long names are plain text."""
    drawn = draw(load_of((name, name, name, 1, 1)))
    assert drawn.startswith("<svg") and "<b>" not in drawn
    if len(name) < 10 and not set(name) & set("<\n"):
        assert texts(drawn).count(name) == 2


def test_drawing_twice_gives_the_same_bytes() -> None:
    """No clock and no random id gets into the picture."""
    load = load_of(("R1", "Ann", "A", 8, 5))
    assert draw(load) == draw(load)


def test_the_picture_has_a_title() -> None:
    """A screen reader finds a role and a title."""
    drawn = draw(load_of(("R1", "Ann", "A", 8, 5)))
    assert re.match(r'<svg role="img"[^>]*>\s*<title>Load</title>', drawn)


def test_more_rows_need_more_height() -> None:
    """A team's heading takes a row of its own."""
    one = load_height(load_of(("R1", "", "", 1, 1)))
    assert load_height(load_of(("R1", "", "A", 1, 1))) > one
