"""Results for people: text, one offline page, and the folder they are written to."""

from reporting.backtest_text import (
    backtest_json,
    backtest_text,
    evidence_sentence,
)
from reporting.comparison_text import comparison_json, comparison_text
from reporting.explanation_text import explanation_json, explanation_text
from reporting.fairness_text import fairness_json, fairness_text
from reporting.folder import FolderInUseError, check_free, write_folder
from reporting.measurements_text import measurements_json, measurements_text
from reporting.model_section import render_card
from reporting.page import Page, render
from reporting.progress import stages
from reporting.terminal import echo_json, issue_rows, terminable, warn
from reporting.text import aligned, counted, number, table

__all__ = [
    "FolderInUseError",
    "Page",
    "aligned",
    "backtest_json",
    "backtest_text",
    "check_free",
    "comparison_json",
    "comparison_text",
    "counted",
    "echo_json",
    "evidence_sentence",
    "explanation_json",
    "explanation_text",
    "fairness_json",
    "fairness_text",
    "issue_rows",
    "measurements_json",
    "measurements_text",
    "number",
    "render",
    "render_card",
    "stages",
    "table",
    "terminable",
    "warn",
    "write_folder",
]
