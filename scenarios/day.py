"""The day of the allocation: where its moment is a guess, or nobody works on it."""

from collections.abc import Iterator

from crm import CrmData, Issue
from crm.zones import moment_text
from scenarios.validation import ScenarioFile


def day_issues(file: ScenarioFile, crm: CrmData) -> Iterator[Issue]:
    """Yield a warning where the moment is a guess, and where nobody works that day."""
    if file.scenario.data.as_of is None:
        yield file.issue(("data",), _guessed(crm), severity="warning")
    elif not crm.calendar.works_on(crm.today):
        text = (
            f"{idle_day(crm)}, so nobody is at work and no lead is assigned"
            f"{_instead(crm)}"
        )
        yield file.issue(("calendar",), text, severity="warning")


def idle_day(crm: CrmData) -> str:
    """Return why the company does not work on the day, in words."""
    holiday = crm.calendar.is_holiday(crm.today)
    kind = "a holiday" if holiday else "no working day"
    return f"{crm.today:%A} {crm.today} is {kind} of the calendar"


def _guessed(crm: CrmData) -> str:
    newest = crm.leads["lead_id"].iloc[crm.leads["created_at"].argmax()]
    came = crm.leads["created_at"].max()
    if crm.today > came.date():
        return (
            f"as_of is not given: the newest lead, {newest}, came on {came:%A} "
            f"{came.date()}, on which the company does not work, so the allocation is "
            f"of {crm.as_of:%A} {crm.today}, its next working day, and that decides "
            "who is at work; give data.as_of, or --as-of"
        )
    return (
        f"as_of is not given: the newest lead, {newest}, decides the moment of the "
        f"allocation, {crm.as_of:%A} {moment_text(crm.as_of)}, and so who is "
        "at work; give data.as_of, or --as-of"
    )


def _instead(crm: CrmData) -> str:
    """Return on which day the leads can be assigned."""
    later = crm.calendar.next_working_day(crm.today)
    if later is None:
        return ""
    return f"; the next working day is {later:%A} {later}: --as-of {later}"
