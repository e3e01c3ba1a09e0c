"""Leads of the day and history: of one file, or of two."""

from collections.abc import Sequence

from crm.issues import DataError, Issue
from crm.recognition.decisions import Decisions, Question
from crm.recognition.entry import Entry
from crm.recognition.lead_records import LeadRecords
from crm.recognition.sources import Setting, history_source, leads_source


def leads_and_history(
    records: Sequence[LeadRecords], setting: Setting
) -> dict[str, list[Entry]]:
    """Return the sources of leads and history, which may be one file or two.

    Raises
    ------
    UndecidedError
        If two files may be either.
    """
    if len(records) == 1:
        return _of_one(records[0], setting)
    leads, history = _told_apart(records, setting.decisions)
    return {
        "leads": leads_source(leads, setting, *_day_of(leads, history)),
        "history": history_source(history, setting, {}, ""),
    }


def _day_of(leads: LeadRecords, history: LeadRecords) -> tuple[dict[str, object], str]:
    """Return the condition that leaves closed rows out of the leads, if it has any."""
    if not leads.is_closed.any() or (split := leads.split) is None:
        return {}, ""
    return split.leads, split.why


def _of_one(records: LeadRecords, setting: Setting) -> dict[str, list[Entry]]:
    split = records.split
    if split is not None:
        return {
            "leads": leads_source(records, setting, split.leads, split.why),
            "history": history_source(records, setting, split.history, "the others"),
        }
    if records.is_closed.all() and len(records.is_closed):
        message = "all rows are won or lost: give the open leads of the day as well"
        raise DataError([Issue(records.laid.file, message)])
    leads = leads_source(records, setting, {}, "")
    if records.outcome is not None and (records.outcome.cells == "").any():
        return {"leads": leads, "history": history_source(records, setting, {}, "")}
    if records.outcome is None and (dated := records.closing):
        message = f"rows have a time of closing ({', '.join(dated)}), and no column "
        message += "tells which were won or lost; call one of them outcome"
        raise DataError([Issue(records.laid.file, message, 1)])
    if not records.is_closed.any():
        _no_history(records, setting.decisions)
    return {"leads": leads}


def _no_history(records: LeadRecords, decisions: Decisions) -> None:
    """Say that all rows of a file are the day's, and that nothing is learnt."""
    n_rows, days = len(records.laid.table.rows), sorted(filter(None, records.days))
    told = f"{n_rows:,} rows"
    told += f" of {days[0]} to {days[-1]}" if days else ""
    text = f"{records.laid.file}: nothing in it is won or lost, so all {told} are the "
    text += "day's leads, and there is no history; is that so?"
    decisions.choose("no history", text, ("yes",), "yes")


def _told_apart(
    records: Sequence[LeadRecords], decisions: Decisions
) -> tuple[LeadRecords, LeadRecords]:
    """Return leads and history, of which only the history has closed rows."""
    names = [one.laid.file for one in records]
    closed = [one for one in records if one.is_closed.any()]
    if len(records) == 2 and len(closed) == 1:
        leads = next(one for one in records if one is not closed[0])
        return leads, closed[0]
    which = ""
    if len(records) == 2 and len(closed) == 2:
        text = (
            f"{names[0]} and {names[1]} both have closed leads; which is the history?"
        )
        which = decisions.choose("which is the history", text, names)
    if not which:
        both = "have" if closed else "lack"
        message = f"{' and '.join(names)} are both leads, and {both} closed ones: give "
        message += "one file of the day's leads and one of earlier ones, or one of all"
        raise UndecidedError([Issue(names[-1], message)], decisions.questions)
    history = records[names.index(which)]
    return next(one for one in records if one is not history), history


class UndecidedError(DataError):
    """Files that cannot be told apart without an answer."""

    def __init__(self, issues: Sequence[Issue], questions: Sequence[Question]) -> None:
        super().__init__(issues)
        self.questions = tuple(questions)
