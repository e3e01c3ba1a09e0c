"""Files recognised for a first scenario, and questions where somebody can answer."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from crm.recognition.decisions import Question
    from crm.recognition.layouts import Laid
    from crm.recognition.recognition import Recognition


def is_interactive() -> bool:
    """Tell whether somebody sits at both ends of the command."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def recognised_files(files: Sequence[Path], *, asks: bool) -> "Recognition":
    """Return what the files are; asks what they do not tell if it may.

    Parameters
    ----------
    files
        The files, as the user named them.
    asks
        Whether to ask.
    """
    from crm import DataError, Issue
    from crm.recognition.layouts import laid

    read = []
    issues: list[Issue] = []
    for file in files:
        try:
            read.append(laid(file, str(file)))
        except DataError as error:
            issues += error.issues
    if issues:
        raise DataError(issues)
    return _asked(read) if asks else _recognised(read, {})


def _recognised(files: "Sequence[Laid]", answers: dict[str, str]) -> "Recognition":
    from crm.recognition.recognition import recognise

    return recognise(files, Path(), answers)


def _asked(files: "Sequence[Laid]") -> "Recognition":
    """Return what the files are, once every question has its answer or its default."""
    from crm.recognition.leads_and_history import UndecidedError

    answers: dict[str, str] = {}
    while True:
        recognised, error = None, None
        try:
            recognised = _recognised(files, answers)
            questions = recognised.questions
        except UndecidedError as undecided:
            questions, error = undecided.questions, undecided
        open_ones = [q for q in questions if q.name not in answers]
        if not open_ones:
            if recognised is None:
                raise error or RuntimeError("no answer")
            return recognised
        for question in open_ones:
            answers[question.name] = _answer(question)


def _answer(question: "Question") -> str:
    """Return one of the answers, "" where there is none and it is skipped."""
    for option, meaning in question.options.items():
        if meaning:
            click.echo(f"  {option}  ({meaning})", err=True)
    shown = question.default or "Enter: decide later, in the scenario"
    while True:
        answer = click.prompt(
            question.text,
            default=question.default,
            show_default=False,
            prompt_suffix=f" [{shown}] ",
            err=True,
        ).strip()
        if answer == question.default or question.accepts(answer):
            return answer
        click.echo(f"one of: {', '.join(question.options)}", err=True)


def report_rows(recognised: "Recognition") -> dict[str, Any]:
    """Return the files, what is undecided, and what the reader says, as JSON."""
    from reporting import issue_rows

    undecided = [
        {"question": q.text, "options": list(q.options), "taken": q.default or None}
        for q in recognised.questions
    ]
    issues = issue_rows(recognised.issues)
    files = dict(recognised.seen)
    return {"files": files, "undecided": undecided, "issues": issues}


def show_recognised(recognised: "Recognition") -> None:
    """Print what the files are, what could not be decided, and what `check` refuses."""
    from reporting import counted

    for file, told in recognised.seen.items():
        click.echo(f"{file}: {told}")
    for question in recognised.questions:
        click.echo(f"undecided: {question.text} {question.meanwhile}")
    errors = [issue for issue in recognised.issues if issue.severity == "error"]
    for issue in errors:
        click.echo(f"check will refuse: {issue.in_one_line}")
    n_warnings = len(recognised.issues) - len(errors)
    if n_warnings:
        click.echo(f"{counted(n_warnings, 'warning')}: `rightrep check` lists them")
