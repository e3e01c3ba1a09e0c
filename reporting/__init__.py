"""Results for people: text, one offline page, and the folder they are written to."""

from reporting.explanation_text import explanation_json, explanation_text
from reporting.folder import FolderInUseError, check_free, write_folder
from reporting.model_section import render_card
from reporting.page import Page, render
from reporting.progress import stages
from reporting.terminal import echo_json, issue_rows, terminable, warn
from reporting.text import aligned, counted, number, table

__all__ = [
    "FolderInUseError",
    "Page",
    "aligned",
    "check_free",
    "counted",
    "echo_json",
    "explanation_json",
    "explanation_text",
    "issue_rows",
    "number",
    "render",
    "render_card",
    "stages",
    "table",
    "terminable",
    "warn",
    "write_folder",
]
