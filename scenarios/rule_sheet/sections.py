"""What holds besides the rules, section by section, in plain sentences."""

from collections.abc import Callable, Iterator

from crm import Calendar
from crm.where_words import column_words, number_words, value_words, where_words
from reporting.text.company.clocks import VERBS, clock_text
from scenarios.schema import Scenario
from solver.rules.base import Unit

UNITS = {"conversions": "expected conversions", "revenue": "of expected revenue"}
"""What the objective counts, after a number."""


def price_words(penalty: float, unit: Unit) -> str:
    """Return a price with its unit: ``0.02 expected conversions``."""
    return f"{number_words(penalty)} {UNITS[unit]}"


def section_sentences(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """Return section -> what it says, those that say nothing left out."""
    told = {name: tuple(tell(scenario)) for name, tell in _SECTIONS.items()}
    return {name: sentences for name, sentences in told.items() if sentences}


def _objective(scenario: Scenario) -> Iterator[str]:
    revenue = ": the probability of converting times the value of the deal"
    largest = {
        "conversions": "the expected number of conversions is largest",
        "revenue": f"the expected revenue is largest{revenue}",
    }
    yield f"Leads are assigned so that {largest[scenario.objective.maximise]}."
    width = scenario.objective.tie_width
    if width == "auto":
        yield "Where history cannot tell reps apart, they count as equal."
    elif width:
        yield f"Reps within {number_words(width)} of log odds count as equal."


def _calendar(scenario: Scenario) -> Iterator[str]:
    calendar = scenario.calendar
    if calendar is None:
        return
    yield f"Days are those of {calendar.time_zone}."
    yield f"Working days: {', '.join(calendar.working_days)}."
    if calendar.holidays:
        yield f"Holidays: {', '.join(map(str, calendar.holidays))}."


def _experiment(scenario: Scenario) -> Iterator[str]:
    experiment = scenario.experiment
    if experiment is None:
        return
    if experiment.control_share:
        yield (
            f"Of all leads a random {100 * experiment.control_share:.4g} % are in the "
            f"control arm: there {experiment.control_policy} assigns them, inside the "
            "same rules, so that the lift can be measured."
        )
    if experiment.max_pair_probability:
        cap = 100 * experiment.max_pair_probability
        yield (
            f"No lead goes to one rep with a probability above {cap:.4g} %, unless too "
            "few reps are eligible."
        )


def _sla(scenario: Scenario) -> Iterator[str]:
    if scenario.sla is None:
        return
    calendar = scenario.calendar or Calendar()
    for name, clock in scenario.sla.clocks.items():
        parts = {step: getattr(clock, step) for step in VERBS}
        length = clock.length(calendar)
        leads = f", for leads whose {where_words(clock.where)}" if clock.where else ""
        text = clock_text(clock.start, clock.to, clock.clock, length, parts)
        yield f"Clock {name}{leads}: {text}."
    if scenario.sla.recalled_penalty is not None:
        price = _price(scenario, scenario.sla.recalled_penalty)
        yield f"Recalled leads come first: to leave one unassigned costs {price}."
    yield f"A lead without an owner for {scenario.sla.long_wait} waits long."


def _sticky(scenario: Scenario) -> Iterator[str]:
    sticky = scenario.sticky
    if sticky is None:
        return
    shared = " or ".join(map(column_words, sticky.by))
    text = (
        f"A lead that shares its {shared} with one of the last {sticky.days:,} days "
        "returns to the rep who had that"
    )
    if sticky.penalty is None:
        yield f"{text}, and waits where the rep is full."
    else:
        yield f"{text}; another rep costs {_price(scenario, sticky.penalty)}."


def _ageing(scenario: Scenario) -> Iterator[str]:
    ageing = scenario.ageing
    if ageing is None:
        return
    for group in ageing.groups:
        leads = where_words(group.where)
        yield f"Leads whose {leads} count half after {group.half_life} of waiting."
    others = "Other leads count" if ageing.groups else "A lead counts"
    if ageing.half_life == "fitted":
        yield f"{others} less the longer it waits, as history shows."
    elif ageing.half_life is not None:
        yield f"{others} half after {ageing.half_life} without an owner."


def _turns(scenario: Scenario) -> Iterator[str]:
    turns = scenario.turns
    if turns is None:
        return
    words = {
        "overridden": "leads that people gave",
        "reassigned": "leads of a book that was distributed again",
    }
    if counted := " and ".join(words[kind] for kind in turns.also_count):
        yield f"Of a rep's slots of the day, {counted} take one as well."
    if turns.most_credits is not None:
        yield f"Credits give a rep back at most {turns.most_credits:,} slots a day."


def _open_weight(scenario: Scenario) -> Iterator[str]:
    weight = scenario.open_weight
    if weight is not None:
        column = column_words(weight.column)
        parts = [f"{w} {number_words(part)}" for w, part in weight.weights.items()]
        yield f"In an open book, leads count by {column}: {', '.join(parts)}, others 1."


def _duplicates(scenario: Scenario) -> Iterator[str]:
    duplicates = scenario.duplicates
    if duplicates is None:
        return
    if duplicates.keys:
        shared = " or ".join(map(column_words, duplicates.keys))
        most = f"unless more than {duplicates.at_most:,} leads share it"
        yield f"Leads that share their {shared} are one and have one owner, {most}."
    if duplicates.accounts:
        shared = " or ".join(map(column_words, duplicates.accounts))
        yield f"A lead that shares its {shared} with one account belongs to it."
    if duplicates.within_days is not None:
        yield f"That is remembered for {duplicates.within_days:,} days."


def _morning(scenario: Scenario) -> Iterator[str]:
    limits = scenario.morning
    if limits is not None:
        many = number_words(limits.pile)
        yield (
            f"A lead leaks that is unassigned for more than {limits.waiting_days:,} "
            f"days, or {limits.outcome_days:,} without response or outcome; and a rep "
            f"has too many with {many} times the mean of open leads."
        )


def _solve(scenario: Scenario) -> Iterator[str]:
    if scenario.solve.two_level:
        yield "Leads go to teams first, then to reps inside each team."


def _scoring(scenario: Scenario) -> Iterator[str]:
    if scenario.scoring.lost_after_days is not None:
        days = value_words(scenario.scoring.lost_after_days)
        yield f"An earlier lead that is open after {days} days counts as lost."


def _price(scenario: Scenario, penalty: float) -> str:
    return price_words(penalty, scenario.objective.maximise)


_SECTIONS: dict[str, Callable[[Scenario], Iterator[str]]] = {
    "objective": _objective,
    "calendar": _calendar,
    "experiment": _experiment,
    "sla": _sla,
    "sticky": _sticky,
    "ageing": _ageing,
    "turns": _turns,
    "open_weight": _open_weight,
    "duplicates": _duplicates,
    "morning": _morning,
    "solve": _solve,
    "scoring": _scoring,
}
