"""What is to be known of the model, as a part of a page and as a page of its own."""

from collections.abc import Callable, Sequence

from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reporting.charts import svg
from reporting.environment import environment
from reporting.model_charts import (
    effects_height,
    reliability,
    rep_effects,
    win_rate_spread,
)
from scoring import ModelCard
from scoring.card.parts import RepFigure, RepFinding
from scoring.diagnostics.balance import Balance
from scoring.diagnostics.stratum import StratumBalance

_REPS_DRAWN = 20
_REPS_LISTED = 500
_STRATA_LISTED = 20

Effects = list[tuple[str, RepFigure]]


def render_card(card: ModelCard, title: str) -> str:
    """Return the card as one HTML document that asks nothing of any network."""
    template = environment().get_template("card.html.j2")
    return template.render(title=title, model=model_section(card))


def model_section(card: ModelCard) -> Markup:
    """Return the card as a part of a page; the same card gives the same text."""
    finding, measures = card.rep_finding, card.validation.measures
    effects = strongest(finding, _REPS_DRAWN)
    uneven = least_alike(card.balance)
    template = environment().get_template("model.html.j2")
    made = template.render(
        card=card,
        finding=finding,
        measures=measures,
        unused={n: w for n, w in card.dropped.items() if n not in card.leaks},
        reliability=_reliability(card),
        spread=_drawn(
            lambda ax: win_rate_spread(ax, finding.win_rates),
            (5.2, 0.9),
            "Spread of the reps' win rates, observed and by chance alone",
        ),
        effects=_effects(effects) if finding.main.used else "",
        n_drawn=len(effects),
        reps=strongest(finding, _REPS_LISTED),
        uneven=uneven[:_STRATA_LISTED],
        n_uneven=len(uneven),
        origins=card.origins.reps[:_REPS_LISTED],
    )
    return Markup(made)


def strongest(finding: RepFinding, most: int) -> Effects:
    """Return the reps of the largest effects, whatever the sign; highest first."""
    ranked = sorted(finding.reps.items(), key=lambda item: -abs(item[1].effect))
    return sorted(ranked[:most], key=lambda item: -item[1].effect)


def least_alike(balance: Balance) -> Sequence[StratumBalance]:
    """Return where leads were not given out at random, the worst first."""
    uneven = [of for of in balance.strata if of.is_uneven]
    return sorted(uneven, key=lambda of: of.effective_share)


def _reliability(card: ModelCard) -> Markup | str:
    measures = card.validation.measures
    if measures is None:
        return ""
    bins = measures.reliability
    title = "Share won against the probability predicted, on the newest leads"
    return _drawn(lambda ax: reliability(ax, bins), (4.2, 4.0), title)


def _effects(effects: Effects) -> Markup:
    size = (5.2, effects_height(len(effects)))
    title = "Effect of each rep, with its interval"
    return _drawn(lambda ax: rep_effects(ax, effects), size, title)


def _drawn(
    draw: Callable[[Axes], None], size: tuple[float, float], title: str
) -> Markup:
    figure = Figure(size, facecolor="none", layout="constrained")
    draw(figure.subplots())
    return Markup(svg(figure, title))
