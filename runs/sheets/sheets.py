"""The sheets of a run's reps, each of their own leads and figures only."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from evaluation.fairness import Fairness, fairness_of
from reporting.text.reps.rep_sheet import RepSheet, SheetLead
from reporting.text.reps.sheet_words import coaching_sentences, fair_sentences
from reporting.text.words.people import rep_name
from runs.explaining import EXPLAINING, known_rep
from runs.folder.day import assigned_solution, decided_day, refuse_changed
from runs.folder.reading import RunFolder, read_folder
from runs.folder.scores import read_scores
from runs.sheets.own_leads import OpenBook, leads_by_rep
from runs.sheets.strengths import CARD, Strengths

MANY = 0.05
"""Share of the day's leads from which training for a segment pays."""


def rep_sheets(
    folder: str | Path, rep_ids: Sequence[str] = (), book: OpenBook | None = None
) -> Iterator[RepSheet]:
    """Yield the sheets of these reps, in the order of the reps' table.

    Parameters
    ----------
    folder
        A run folder that was not changed.
    rep_ids
        Whose, by id or by a name that one rep has; all by default.
    book
        What the ledger knows of open leads.

    Raises
    ------
    DataError, ScenarioError
        Where the folder is none or was changed, or has no such rep.
    """
    run = read_folder(Path(folder))
    refuse_changed(run, {*EXPLAINING, CARD}, "sheets cannot be made of it")
    rep_ids = [known_rep(run, rep) for rep in rep_ids]
    leads = leads_by_rep(run, book or OpenBook())
    strengths, fairness = _figures(run)
    for place, row in enumerate(run.crm.reps.to_dict("records")):
        if not rep_ids or row["rep_id"] in rep_ids:
            own = leads.get(row["rep_id"], ())
            yield _sheet(run, place, row, own, strengths, fairness, book)


def _figures(run: RunFolder) -> tuple[Strengths, Fairness]:
    day, (scores, _) = decided_day(run), read_scores(run)
    return Strengths.of(run, scores), fairness_of(day, assigned_solution(run, day))


def _sheet(
    run: RunFolder,
    place: int,
    row: dict[Any, Any],
    leads: tuple[SheetLead, ...],
    strengths: Strengths,
    fairness: Fairness,
    book: OpenBook | None,
) -> RepSheet:
    rep_id, by_segment = row["rep_id"], strengths.by_segment(place)
    overall = strengths.overall(place)
    fair = {str(k): v for k, v in fairness.by_rep.iloc[place].items()}
    return RepSheet(
        rep_id=rep_id,
        name=row["name"],
        email=str(row.get("email") or ""),
        title=f"Your leads: {rep_name(rep_id, {rep_id: row['name']})}",
        day=f"{run.crm.as_of:%A, %d %B %Y, %H:%M}, {run.file.scenario.name}",
        leads=leads,
        overall=overall,
        strengths=by_segment,
        about_strengths=strengths.about(rep_id),
        coaching=tuple(coaching_sentences(by_segment, overall, MANY)),
        fair=tuple(fair_sentences(fair, fairness.unit)),
        notes=tuple(_notes(run, book)),
    )


def _notes(run: RunFolder, book: OpenBook | None) -> Iterator[str]:
    yield (
        "What is expected is the model's expectation; whether it is so, outcomes show."
    )
    if book is None or book.moment is None:
        yield (
            "These are the leads of one run: leads of earlier days and clocks are in "
            "the ledger, which was not asked."
        )
    else:
        moment = book.moment.tz_convert(run.crm.calendar.zone)
        yield f"Open leads and clocks are of {moment:%Y-%m-%d %H:%M}, from the ledger."
