"""The plot of a day's variants: grey where a difference cannot be told from none."""

from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from reporting.plots.style import ACCENT, MUTED
from reporting.plots.whatif import differences
from tests.reporting.text.whatif.test_whatif import difference, figures


def colours(than):
    ax = differences(figures("one", "two", than=than), Figure().subplots())
    points = [line for line in ax.lines if line.get_marker() == "o"]
    assert [text.get_text() for text in ax.get_yticklabels()] == ["one", "two"]
    return {to_hex(line.get_color()) for line in points}


def test_a_clear_difference_has_colour():
    assert colours(difference(0.1, 0.3)) == {ACCENT}
    assert colours(difference(-0.1, 0.3)) == {MUTED}
