"""Files that hold something else than their name says: web pages, text named Excel."""

import re
from pathlib import Path

from crm.issues import DataError, Issue

_HEAD = 512
_MARKUP = re.compile(rb"(\xef\xbb\xbf)?\s*<(!doctype|html|head|table|meta|\?xml)", re.I)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_WEB_PAGE = (
    "is a web page, such as a login or an error, or a table saved as one: export it "
    "again as CSV, or open it in Excel and save it as .xlsx"
)


def refuse_other_content(path: Path, file: str, *, is_excel: bool) -> None:
    """Raise where a file of text or of Excel begins as neither does.

    Parameters
    ----------
    path
        The file.
    file
        The file as the user wrote it, for messages.
    is_excel
        Whether its name says that it is of Excel.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if _MARKUP.match(head):
        raise DataError([Issue(file, _WEB_PAGE)])
    if is_excel and head.strip() and not _BINARY.search(head):
        message = f"not a readable {path.suffix} file: it is text; name it .csv"
        raise DataError([Issue(file, message)])
