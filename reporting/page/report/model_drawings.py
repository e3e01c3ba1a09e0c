"""Drawings of a model as SVG, in the colours of the page's style."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from crm import shorten, visible
from reporting.page.environment import environment
from reporting.page.report.axis import Axis
from scoring.card.figures import ReliabilityBin
from scoring.card.findings import RepFigure
from scoring.rep_effects import WinRates

ROW = 20
"""Height of a row with a name."""
NAMES = 170
"""Width of the names beside rows."""
LONGEST_NAME = 26
WIDTH = 440


@dataclass(frozen=True)
class Line:
    """A straight line; `kind` is how it looks: track, frame or interval."""

    kind: str
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Label:
    """A text whose `end`, `middle` or `start` is at a place."""

    text: str
    x: float
    y: float
    anchor: str = "middle"
    is_name: bool = False


def reliability_drawing(bins: Sequence[ReliabilityBin]) -> Markup:
    """Return the share won against the probability predicted, beside the diagonal."""
    most = max([*(part.high for part in bins), *(part.predicted for part in bins)])
    top = min(1.0, 1.05 * max(most, 0.01))
    x, y = Axis(0.0, top, 48, 330), Axis(0.0, top, 292, 10)
    places = [(x.at(part.predicted), part) for part in bins]
    lines = [Line("track", x.start, y.start, x.end, y.end), *_frame(x, y)]
    lines += [Line("interval", at, y.at(p.low), at, y.at(p.high)) for at, p in places]
    labels = [Label(_share(tick, top), x.at(tick), 308) for tick in x.ticks]
    labels += [Label(_share(tick, top), 42, y.at(tick) + 4, "end") for tick in y.ticks]
    labels += [Label("predicted", (x.start + x.end) / 2, 328, is_name=True)]
    labels += [Label("observed", 4, 10, "start", is_name=True)]
    return _drawn(
        340,
        336,
        "Share won against the probability predicted, on the newest leads",
        lines=lines,
        dots=[(at, y.at(part.observed)) for at, part in places],
        labels=labels,
    )


def effects_drawing(effects: Sequence[tuple[str, RepFigure]]) -> Markup:
    """Return each rep's effect on the log odds as a dot on its interval."""
    ends = [end for _, figure in effects for end in (figure.low, figure.high)]
    room = 0.05 * (max([0.0, *ends]) - min([0.0, *ends])) or 1.0
    x = Axis(min([0.0, *ends]) - room, max([0.0, *ends]) + room, NAMES, WIDTH - 10)
    bottom = ROW * len(effects) + 6
    rows = [(ROW * (row + 0.5), rep, of) for row, (rep, of) in enumerate(effects)]
    lines = [Line("track", x.at(0), 0, x.at(0), bottom)]
    lines += [Line("frame", x.start, bottom, x.end, bottom)]
    lines += [Line("interval", x.at(of.low), y, x.at(of.high), y) for y, _, of in rows]
    labels = [
        Label(_name(rep), NAMES - 8, y + 4, "end", is_name=True) for y, rep, _ in rows
    ]
    labels += [Label(f"{tick:.4g}", x.at(tick), bottom + 16) for tick in x.ticks]
    below = "effect on the log odds, shrunken, 95 % interval"
    labels += [Label(below, (x.start + x.end) / 2, bottom + 36, is_name=True)]
    return _drawn(
        WIDTH,
        bottom + 44,
        "Effect of each rep, with its interval",
        lines=lines,
        dots=[(x.at(of.effect), y) for y, _, of in rows],
        labels=labels,
    )


def spread_drawing(rates: WinRates) -> Markup:
    """Return the spread of the reps' win rates over what chance alone gives."""
    spreads = {"observed": rates.observed_sd, "chance alone": rates.noise_sd}
    x = Axis(0.0, max([*spreads.values(), 1e-9]), NAMES, WIDTH - 60)
    bars, labels = [], []
    for row, (name, sd) in enumerate(spreads.items()):
        middle = ROW * (1.2 * row + 0.6)
        kind = "track" if row else "accent"
        bars.append((kind, x.start, middle - 8, x.at(sd) - x.start))
        labels.append(Label(name, NAMES - 8, middle + 4, "end", is_name=True))
        labels.append(Label(f"{sd:.3f}", x.at(sd) + 6, middle + 4, "start"))
    title = "Spread of the reps' win rates, observed and by chance alone"
    return _drawn(WIDTH, 2.4 * ROW, title, bars=bars, labels=labels)


def _frame(x: Axis, y: Axis) -> list[Line]:
    """Return the two sides of a drawing that carry numbers."""
    below = Line("frame", x.start, y.start, x.end, y.start)
    return [below, Line("frame", x.start, y.start, x.start, y.end)]


def _share(value: float, top: float) -> str:
    return f"{100 * value:.{0 if top >= 0.05 else 1}f} %"


def _name(rep: str) -> str:
    return shorten(visible(" ".join(rep.split())), LONGEST_NAME)


def _drawn(width: float, height: float, title: str, **marks: Any) -> Markup:
    nothing: dict[str, Any] = {"lines": [], "dots": [], "bars": [], "labels": []}
    content = nothing | marks | {"width": width, "height": height, "title": title}
    return Markup(environment().get_template("drawing.html.j2").render(content))
