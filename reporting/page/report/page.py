"""The offline page of a run."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd
from markupsafe import Markup

from reporting.page.environment import environment
from reporting.page.report.assignments_section import assignments_section
from reporting.page.report.baseline_section import Baseline, baseline_section
from reporting.page.report.changes_section import changes_section
from reporting.page.report.coverage_section import Coverage, coverage_section
from reporting.page.report.kept_section import kept_section
from reporting.page.report.load_section import load_section
from reporting.page.report.opening_section import opening_section
from reporting.page.report.rules_section import rules_section
from reporting.page.report.run_section import (
    notes_section,
    origin_section,
    summary_section,
)
from reporting.page.report.scores_section import Scores, scores_section
from reporting.page.report.section import PageSection
from reporting.page.report.unassigned_section import unassigned_section
from reporting.text.run.changes import Changes
from reporting.text.run.opening import Opening
from reporting.text.run.placing import UnassignedGroup

if TYPE_CHECKING:
    from evaluation.fairness import Fairness
    from scoring import ModelCard


@dataclass(frozen=True)
class Page:
    """The content of the page, as plain data; ids and names may be any text.

    What is `None` or empty has no section.

    Attributes
    ----------
    title
        The heading.
    opening
        The paragraph that it begins with.
    summary
        About ten pairs of label and value.
    notes
        Warnings and caveats, a sentence each.
    assignments, unassigned, load
        Tables of leads and reps, as the functions of their sections take them.
    groups
        The unassigned leads by reason.
    prices
        One row per slot or limit: ``what``, ``key``, ``price`` (model expectation
        that one more would add) and ``rule``.
    rule_costs
        One row per rule: ``rule``, ``kind``, ``strength``, ``cost`` (model
        expectation lost), ``leads_held_back`` and ``proven``; empty where that was
        not asked for.
    unit
        What the objective counts.
    names
        rep_id -> name.
    is_drawn
        Whether an experiment drew it.
    rules
        Name and sentence of each rule of the day.
    reach
        One row per rule: ``rule``, ``leads``, ``reps``, ``pairs_removed``,
        ``pairs_charged``, ``pairs_bounded`` and ``unmet``.
    kept
        Leads that take no slot, as :func:`.kept_section.kept_section` takes them.
    changes, coverage, scores, fairness, baseline, card
        Where there are any.
    origin
        What the run was made from, as pairs of label and value.
    """

    title: str
    opening: Opening
    summary: Sequence[tuple[str, str]]
    notes: Sequence[str]
    assignments: pd.DataFrame
    unassigned: pd.DataFrame
    load: pd.DataFrame
    groups: Sequence[UnassignedGroup]
    prices: pd.DataFrame
    rule_costs: pd.DataFrame
    unit: str
    names: Mapping[str, str]
    is_drawn: bool = False
    rules: Sequence[tuple[str, str]] = ()
    reach: pd.DataFrame = field(default_factory=pd.DataFrame)
    kept: pd.DataFrame = field(default_factory=pd.DataFrame)
    changes: Changes | None = None
    coverage: Coverage | None = None
    scores: Scores | None = None
    fairness: "Fairness | None" = None
    baseline: Baseline | None = None
    card: "ModelCard | None" = None
    origin: Sequence[tuple[str, str]] = ()


def render(page: Page) -> str:
    """Return the page as one HTML document that asks nothing of any network.

    The same page gives the same text. Tables show at most
    :data:`reporting.page.report.grid.ROWS` rows; where something is cut, the page says
    so.
    """
    before, after = [*_before(page)], [*_after(page)]
    model = PageSection("model", "The model", _model(page.card))
    parts = [*before, model, *after] if page.card else [*before, *after]
    template = environment().get_template("report.html.j2")
    return template.render(
        title=page.title,
        contents=parts[1:],
        before=before,
        model=model.content,
        after=after,
    )


def _before(page: Page) -> Iterator[PageSection]:
    """Yield what stands before the model."""
    yield opening_section(page.opening)
    if page.changes is not None:
        yield changes_section(page.changes)
    yield assignments_section(page.assignments, page.unit, is_drawn=page.is_drawn)
    yield unassigned_section(page.unassigned, page.groups, page.names, page.unit)
    if len(page.kept):
        yield kept_section(page.kept)
    yield load_section(page.load)
    if page.coverage is not None:
        yield coverage_section(page.coverage)
    if page.fairness is not None:
        from reporting.page.report.fairness_section import fairness_section

        yield fairness_section(page.fairness, page.names)
    if page.rules:
        yield rules_section(
            page.rules,
            page.rule_costs,
            page.prices,
            page.reach,
            page.names,
            page.unit,
        )
    if page.baseline is not None:
        yield baseline_section(page.baseline)
    if page.scores is not None:
        yield scores_section(page.scores)


def _after(page: Page) -> Iterator[PageSection]:
    if page.notes:
        yield notes_section(page.notes)
    yield summary_section(page.summary)
    if page.origin:
        yield origin_section(page.origin)


def _model(card: "ModelCard | None") -> Markup:
    """Return the section on the model; its plots are loaded where there is one."""
    if card is None:
        return Markup()
    from reporting.page.report.model_section import model_section

    return model_section(card)
