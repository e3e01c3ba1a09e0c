"""The page of a run folder held against its tables, section by section."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import zip_longest

import pandas as pd

from reporting import Page, RunFigures, origin_lines, render
from runs.job.tables import load_table, price_table
from runs.page.tables_page import page_of_tables
from runs.verifying.audit import Audit
from runs.verifying.rule_costs import recorded_costs
from runs.verifying.tables import assignments, unassigned
from solver import Solution

FILE = "report.html"
NOT_OF_TABLES = {"model", "notes", "changes", "baseline", "kept"}
"""Sections that say what the model card says, warnings on the files read, what a ledger
had of the run before and of leads, and what another policy would have done."""
HIDDEN = {"svg", "style", "script", "nav"}
"""Elements whose text says nothing of the run, or says a heading twice."""
BESIDE = "data-beside"
"""What marks words of a paragraph that are no words of its tables."""
OF_THE_CARD = {"model", "rep effect", "rep history"}
"""Lines of the summary that do so."""


def report_problems(audit: Audit) -> Iterator[str]:
    """Yield the first place of each section where the page says other than tables."""
    if audit.solution is None or audit.optimum is None:
        return
    page = (audit.run.folder / FILE).read_text(encoding="utf-8", errors="replace")
    written = _sections(page)
    for name, expected in _sections(render(_page(audit, audit.solution))).items():
        for text, other in zip_longest(written.get(name, []), expected, fillvalue=""):
            if text != other:
                yield f"{FILE}, section {name}: {text!r}, where {other!r} follows"
                break


def _page(audit: Audit, solution: Solution) -> Page:
    """Return the page that the tables make, without what it says of the model."""
    figures, manifest = _figures(audit, solution), audit.run.manifest
    page = page_of_tables(
        f"{manifest.scenario}, {audit.run.crm.as_of:%d %B %Y}",
        figures,
        audit.day,
        audit.scores,
        price_table(figures.optimum),
        audit.reach,
    )
    inputs = {name: one.model_dump() for name, one in manifest.inputs.items()}
    seed, run_id = manifest.seed, manifest.run_id
    made_from = origin_lines(inputs, manifest.versions, manifest.engine, seed, run_id)
    return replace(page, origin=made_from)


def _figures(audit: Audit, solution: Solution) -> RunFigures:
    manifest, scenario, optimum = (
        audit.run.manifest,
        audit.run.file.scenario,
        audit.optimum,
    )
    assert optimum is not None
    result = audit.result_with(solution, manifest.status)
    recorded = manifest.experiment
    return RunFigures(
        scenario=scenario.name,
        as_of=audit.run.crm.as_of,
        unit=scenario.objective.maximise,
        n_rules=len(scenario.rules),
        is_two_level=scenario.solve.two_level,
        available=audit.day.available,
        optimum=audit.result_with(optimum, recorded.optimum_status(manifest.status)),
        result=result,
        conflict=manifest.conflict,
        assignments=_with_arms(audit, assignments(audit, result)),
        unassigned=unassigned(audit, result),
        load=load_table(audit.day, solution),
        rule_costs=recorded_costs(audit),
        experiment=recorded.figures,
        card=None,
    )


def _with_arms(audit: Audit, table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with the arms and propensities of assignments.csv."""
    written = audit.run.table("assignments.csv", "lead_id", "arm", "propensity")
    propensity = audit.run.numbers(written, "propensity")[:, 0]
    rows = written.frame.assign(propensity=propensity).drop_duplicates("lead_id")
    columns = rows.set_index("lead_id")[["arm", "propensity"]]
    return table.drop(columns=["arm", "propensity"]).join(columns, on="lead_id")


def _sections(page: str) -> dict[str, list[str]]:
    """Return the texts of each section that tables make, in their order."""
    reader = _Texts()
    reader.feed(page)
    return {
        name: _summary(texts) if name == "summary" else texts
        for name, texts in reader.of_section.items()
        if name not in NOT_OF_TABLES
    }


def _summary(texts: list[str]) -> list[str]:
    """Return the summary's labels and values but for those of the model card."""
    pairs = list(zip(texts[2::2], texts[3::2], strict=False))
    return [text for pair in pairs if pair[0] not in OF_THE_CARD for text in pair]


class _Texts(HTMLParser):
    """The texts of a page by section, drawings left out."""

    def __init__(self) -> None:
        super().__init__()
        self.of_section: defaultdict[str, list[str]] = defaultdict(list)
        self._section, self._hidden, self._beside = "title", 0, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "section":
            self._section = str(dict(attrs).get("aria-labelledby"))
        self._hidden += tag in HIDDEN
        self._beside += tag == "span" and bool(self._beside or BESIDE in dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in HIDDEN
        self._beside -= tag == "span" and self._beside > 0
        if tag == "section":
            self._section = "model"

    def handle_data(self, data: str) -> None:
        if not (self._hidden or self._beside) and data.strip():
            self.of_section[self._section].append(" ".join(data.split()))
