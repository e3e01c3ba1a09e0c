"""The rules of a scenario for those who live by them: text that is Markdown, too."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from crm import one_line
from reporting.text.layout.layout import counted

HARD, SOFT = "Never broken", "Broken only where that pays for it"
"""Headings of hard and of soft rules."""


@dataclass(frozen=True)
class SheetRule:
    """One rule as people read it, and whom it concerned.

    Attributes
    ----------
    name, kind, strength
        The rule.
    demand
        What it asks, of which leads: a sentence without its stop.
    price
        What breaking it costs, in words; empty for a hard rule.
    details
        What stands behind the sentence, such as named pairs; an entry each.
    leads, reps
        Leads that it says something of, and reps at work who may have one of them by
        it; `None` where that is not known.
    rep_names
        Those reps, where they are few and not everybody.
    unknown
        Why the counts are not known.
    is_of_pairs
        Whether it bounds sums or charges pairs, which only leads with an eligible rep
        have: others are not counted.
    """

    name: str
    kind: str
    strength: str
    demand: str
    price: str = ""
    details: tuple[str, ...] = ()
    leads: int | None = None
    reps: int | None = None
    rep_names: tuple[str, ...] = ()
    unknown: str = ""
    is_of_pairs: bool = False

    @property
    def sentence(self) -> str:
        """What it asks, and at what price."""
        return f"{self.demand}.{f' {self.price}.' if self.price else ''}"


@dataclass(frozen=True)
class RuleSheet:
    """The rules of a scenario for those who live by them.

    Attributes
    ----------
    title, day
        What the sheet is of, and the day.
    n_leads, n_at_work
        Leads of the day, and reps at work.
    away
        Reps who are not at work.
    rules
        The rules, in the order of the scenario.
    sections
        What else holds: section of the scenario -> sentences.
    notes
        What is not known, a sentence each.
    """

    title: str
    day: str
    n_leads: int
    n_at_work: int
    away: tuple[str, ...]
    rules: tuple[SheetRule, ...]
    sections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def of_strength(self, strength: str) -> list[SheetRule]:
        """Return the rules of one strength."""
        return [rule for rule in self.rules if rule.strength == strength]


def rule_sheet_text(sheet: RuleSheet) -> str:
    """Return the sheet as Markdown that is text, too."""
    lines = [f"# Rules of {marked(sheet.title)}", "", marked(day_sentence(sheet))]
    for heading, strength in ((HARD, "hard"), (SOFT, "soft")):
        if rules := sheet.of_strength(strength):
            lines += ["", f"## {heading}", ""]
            lines += [line for rule in rules for line in _rule_lines(rule, sheet)]
    if sheet.sections:
        lines += ["", "## What else holds", ""]
        lines += [
            f"- **{name}**: {marked(' '.join(sentences))}"
            for name, sentences in sheet.sections.items()
        ]
    lines += [line for note in sheet.notes for line in ("", f"Note: {marked(note)}")]
    return "\n".join(lines)


def day_sentence(sheet: RuleSheet) -> str:
    """Return the day, its leads, and who is at work."""
    at_work = f"{counted(sheet.n_at_work, 'rep')} at work"
    away = f"; away: {', '.join(sheet.away)}" if sheet.away else ""
    return f"{sheet.day}: {counted(sheet.n_leads, 'lead')}, {at_work}{away}."


def today_sentence(rule: SheetRule, sheet: RuleSheet) -> str:
    """Return whom a rule concerned, or why that is not known."""
    if rule.leads is None or rule.reps is None:
        return f"Today: not known, {rule.unknown}."
    eligible = " with an eligible rep" if rule.is_of_pairs else ""
    if not rule.leads:
        return f"Today: no lead{eligible}."
    leads = f"{rule.leads:,} of {counted(sheet.n_leads, 'lead')}"
    leads += f", those{eligible}" if rule.is_of_pairs else ""
    named = f": {', '.join(rule.rep_names)}" if rule.rep_names else ""
    price = "" if rule.strength == "hard" else " at no price"
    if not rule.reps:
        return f"Today: {leads}; no rep at work may have one of them{price}."
    at_work = f"{rule.reps:,} of {counted(sheet.n_at_work, 'rep')} at work"
    return f"Today: {leads}; {at_work} may have one of them{price}{named}."


def _rule_lines(rule: SheetRule, sheet: RuleSheet) -> Iterator[str]:
    text = f"{rule.sentence} {today_sentence(rule, sheet)}"
    yield f"- **{marked(rule.name)}**: {marked(text)}"
    yield from (f"  - {marked(detail)}" for detail in rule.details)


def marked(text: str) -> str:
    """Return one line of text in which nothing acts as Markdown or HTML."""
    shown = one_line(text)
    for sign in "\\`*[]<|":
        shown = shown.replace(sign, f"\\{sign}")
    return shown


@dataclass(frozen=True)
class RuleChange:
    """What became of one rule or section between two scenarios.

    Attributes
    ----------
    name
        The rule or the section.
    change
        ``added``, ``removed``, ``renamed`` or ``changed``.
    text
        What is other now, in words.
    more_leads, fewer_leads
        Leads of the day that it concerns now and did not, and the other way round;
        `None` where that is not known.
    leads, leads_before
        Leads that it concerns now, and did.
    reps, reps_before
        Reps at work who may have one of them now, and might.
    """

    name: str
    change: str
    text: str
    more_leads: int | None = None
    fewer_leads: int | None = None
    leads: int | None = None
    leads_before: int | None = None
    reps: int | None = None
    reps_before: int | None = None


@dataclass(frozen=True)
class RuleChanges:
    """What is other in a scenario than in an earlier one.

    Attributes
    ----------
    title, before
        The scenario, and the earlier one.
    changes
        One entry per rule and section that is other.
    pairs, pairs_before
        Eligible pairs of the day under the rules of both.
    stranded, stranded_before
        Leads without an eligible rep under the rules of both.
    notes
        What the figures leave out.
    """

    title: str
    before: str
    changes: tuple[RuleChange, ...]
    pairs: int
    pairs_before: int
    stranded: int
    stranded_before: int
    notes: tuple[str, ...] = ()


def rule_changes_text(changes: RuleChanges) -> str:
    """Return what is other now, a line each, as Markdown that is text, too."""
    title, before = marked(changes.title), marked(changes.before)
    lines = [f"# What changed in {title}, against {before}", ""]
    if not changes.changes:
        lines.append("Nothing: the same rules, in whatever order.")
    lines += [f"- {marked(change_sentence(each))}" for each in changes.changes]
    if changes.changes:
        lines += ["", together_sentence(changes)]
    lines += [line for note in changes.notes for line in ("", f"Note: {marked(note)}")]
    return "\n".join(lines)


def change_sentence(change: RuleChange) -> str:
    """Return one change with its leads: ``...: 14 more leads (39 instead of 25)``."""
    return f"{change.name}: {change.text}{_leads_words(change)}"


def together_sentence(changes: RuleChanges) -> str:
    """Return what all changes do to the day, before anything is solved."""
    return (
        "On the day's tables: "
        f"{_instead(changes.pairs, changes.pairs_before)} eligible pairs; "
        f"{_instead(changes.stranded, changes.stranded_before)} leads without an "
        "eligible rep."
    )


def _leads_words(change: RuleChange) -> str:
    more, fewer = change.more_leads, change.fewer_leads
    if more is None or fewer is None:
        return ""
    if change.change in ("added", "removed"):
        return f" ({counted(more + fewer, 'lead')} today)"
    reps = ""
    if change.reps != change.reps_before:
        reps = f", {change.reps:,} instead of {change.reps_before:,} reps"
    if not (more or fewer):
        return f"; the same leads today{reps}"
    parts = [f"{more:,} more {'lead' if more == 1 else 'leads'}"] if more else []
    parts += [f"{fewer:,} fewer {'lead' if fewer == 1 else 'leads'}"] if fewer else []
    counts = f"{change.leads:,} instead of {change.leads_before:,}"
    return f": {', '.join(parts)} ({counts}){reps}"


def _instead(now: int, before: int) -> str:
    return f"{now:,}" if now == before else f"{now:,} instead of {before:,}"
