"""Results for people: text, one offline page, and the folder they are written to."""

from reporting.folder import FolderInUseError, check_free, write_folder
from reporting.page import Page, render
from reporting.progress import stages
from reporting.text import aligned, number, table

__all__ = [
    "FolderInUseError",
    "Page",
    "aligned",
    "check_free",
    "number",
    "render",
    "stages",
    "table",
    "write_folder",
]
