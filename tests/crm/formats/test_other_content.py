"""A file that holds something else than its name says is named for what it is."""

import pytest

from crm import DataError
from crm.formats import read_table

PAGE = "<!DOCTYPE html>\n<html><body>Please log in, to go on</body></html>\n"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("leads.csv", PAGE, "is a web page"),
        (
            "leads.xls",
            "\ufeff <table><tr><td>Id</td></tr></table>",
            "is a web page",
        ),
        ("leads.xlsx", "Lead ID,Country\n1,Norway\n", "it is text; name it .csv"),
    ],
)
def test_what_it_is_stands_in_the_error(name, text, message, tmp_path):
    """Not what a parser tripped over."""
    path = tmp_path / name
    path.write_text(text, "utf-8")
    with pytest.raises(DataError, match=message):
        read_table(path, name)
