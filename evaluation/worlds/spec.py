"""The parameters of a synthetic world, in the units of the literature."""

from dataclasses import dataclass, fields
from math import inf


@dataclass(frozen=True)
class WorldSpec:
    """Everything about a world but its seed. All `_sd` are in logits.

    Attributes
    ----------
    n_reps
        Number of reps.
    leads_per_day
        Mean number of leads on a working day.
    base_rate
        Share of the leads that convert where every rep is as likely to get each.
    lead_sd
        Spread of lead quality that the lead's columns tell.
    hidden_sd
        Spread of lead quality that no column tells.
    n_numeric
        Numeric columns of a lead, standard normal.
    n_products, n_sources, n_territories
        Levels of the text columns of a lead.
    category_share
        Share of the variance of `lead_sd` that the three text columns tell.
    rep_sd
        Spread of the reps' main effects.
    seniority_share
        Share of the variance of `rep_sd` that seniority (1 to 4) explains.
    interaction_sd
        Spread of the interaction of lead and rep, over all pairs.
    interaction_rank
        Directions of the lead's numeric columns that the interaction reads; at
        most `n_numeric`.
    product_share
        Share of the variance of `interaction_sd` that the lead's product decides.
    degree
        How far the interaction is from linear in those directions: 1, 2 or 3.
    confounding
        What one standard deviation of lead quality, hidden or not, adds to the log
        odds that history assigned the lead to a rep whom it favoured by one standard
        deviation. At 0 every eligible rep was as likely, as with round robin.
    territories_per_rep
        Territories each rep serves; a rep is eligible for leads of these only.
    load
        Leads per slot on an average day.
    delay_days
        Median days from the assignment to the closing of a lost lead; 0 closes all
        leads at once.
    delay_sd
        Spread of the logarithm of that delay.
    won_delay
        How many times as long a won lead takes as a lost one.
    new_reps
        Reps who start on the day the history ends.
    drift_sd
        Spread of the change of the reps' main effects within a year.
    deal_median
        Median deal value.
    deal_sd
        Spread of the logarithm of deal values.
    absence_share, n_away
        Share of the reps who are away in a week on average, each from Monday to
        Friday; and how many are away in every week, at least.
    decay_half_life
        Working days of waiting for a rep that halve the probability of a lead;
        infinite where waiting does no harm.
    named
        Whether reps, teams, companies and levels of columns have names, such as
        North; otherwise levels are numbered, and reps and companies have none.
    n_teams
        Teams of reps with a manager each, by home territory; 0: none.
    products_per_rep
        Products each rep sells; a rep is eligible for leads of these only. 0: all.
    n_languages
        Languages of the leads; each rep speaks the most frequent one and one more.
    language_loss
        Logits that a lead loses with a rep who does not speak its language.
    n_accounts
        Existing customers, each owned by a rep.
    account_share
        Share of the leads of a customer's territory that come from customers.
    unserved_share
        Share of the leads that come from a territory which no rep serves.
    book_room
        Each rep's open book has room for at most so many leads, often fewer; 0: no
        limit.

    Raises
    ------
    ValueError
        If a number is out of its range; the message names it.

    References
    ----------
    `degree` is the knob of the shortest-path generator of Elmachtoub and Grigas
    (2022), Smart "predict, then optimize", doi:10.1287/mnsc.2020.3922.
    """

    n_reps: int = 24
    leads_per_day: int = 200
    base_rate: float = 0.12
    lead_sd: float = 0.7
    hidden_sd: float = 0.0
    n_numeric: int = 8
    n_products: int = 4
    n_sources: int = 5
    n_territories: int = 5
    category_share: float = 0.3
    rep_sd: float = 0.25
    seniority_share: float = 0.0
    interaction_sd: float = 0.25
    interaction_rank: int = 8
    product_share: float = 0.0
    degree: int = 1
    confounding: float = 0.0
    territories_per_rep: int = 5
    load: float = 1.0
    delay_days: float = 14.0
    delay_sd: float = 0.9
    won_delay: float = 1.2
    new_reps: int = 0
    drift_sd: float = 0.0
    deal_median: float = 9000.0
    deal_sd: float = 1.2
    absence_share: float = 0.0
    n_away: int = 0
    decay_half_life: float = inf
    named: bool = False
    n_teams: int = 0
    products_per_rep: int = 0
    n_languages: int = 0
    language_loss: float = 0.0
    n_accounts: int = 0
    account_share: float = 0.0
    unserved_share: float = 0.0
    book_room: int = 0

    def __post_init__(self) -> None:
        for name, (least, most) in self._ranges().items():
            value = getattr(self, name)
            if not least <= value <= most:
                raise ValueError(f"{name} is {value:g}, expected {least:g} to {most:g}")
        covered = self.n_reps - self.new_reps + self.territories_per_rep - 1
        if covered < self.n_territories:
            raise ValueError(
                f"n_reps is {self.n_reps}: in history some territory has no rep, "
                "expected more reps or a higher territories_per_rep"
            )

    def _ranges(self) -> dict[str, tuple[float, float]]:
        spreads = {f.name: (0.0, 5.0) for f in fields(self) if f.name.endswith("_sd")}
        shares = {f.name: (0.0, 1.0) for f in fields(self) if f.name.endswith("_share")}
        return {
            **spreads,
            **shares,
            "n_reps": (1, 100_000),
            "leads_per_day": (1, 10_000_000),
            "base_rate": (0.001, 0.999),
            "n_numeric": (1, 1000),
            "n_products": (2, 10_000),
            "n_sources": (2, 10_000),
            "n_territories": (2, 10_000),
            "interaction_rank": (1, self.n_numeric),
            "degree": (1, 3),
            "confounding": (0.0, 20.0),
            "territories_per_rep": (1, self.n_territories),
            "load": (0.01, 100.0),
            "delay_days": (0.0, 1000.0),
            "won_delay": (0.01, 100.0),
            "new_reps": (0, self.n_reps - 1),
            "deal_median": (0.01, 1e12),
            "decay_half_life": (0.01, inf),
            "n_away": (0, self.n_reps),
            "n_teams": (0, self.n_reps),
            "products_per_rep": (0, self.n_products),
            "n_languages": (0, 10_000),
            "language_loss": (0.0, 5.0),
            "n_accounts": (0, 1_000_000),
            "book_room": (0, 1_000_000),
        }
