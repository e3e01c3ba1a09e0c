"""JSON lines are read as they are written, or refused with the line."""

import pytest

from crm import DataError
from tests.crm.formats.text_files import read_bytes


def test_values_are_kept_as_written(tmp_path):
    """Long ids, numbers, truth and lists; what an object lacks is empty."""
    text = (
        '{"id": 12345678901234567, "n": 1.50, "open": true, "tags": ["a", 2]}\n\n'
        '{"id": "ä", "owner": {"id": 7, "name": null}, "n": 1e400}\n'
    )
    table = read_bytes(tmp_path, text.encode(), "t.jsonl")
    assert table.frame.to_dict("list") == {
        "id": ["12345678901234567", "ä"],
        "n": ["1.50", "1e400"],
        "open": ["true", ""],
        "tags": ["a|2", ""],
        "owner.id": ["", "7"],
        "owner.name": ["", ""],
    }
    assert table.rows.tolist() == [1, 3]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"", "expected one JSON object a line, found none"),
        (b'[{"a": 1}]', "row 1: a list, not an object"),
        (b"12", "row 1: a value, not an object"),
        (b'{"a": 1', "row 1: not a JSON object: .* at character 8"),
        (b'{"a": 1, "a": 2}', "row 1: the name 'a' appears twice"),
        (b'{"a.b": 1, "a": {"b": 2}}', "row 1: the name 'a.b' appears twice"),
        (b'{"a": NaN}', "row 1: NaN is no JSON number"),
        (b'{"a": [{"b": 1}]}', "row 1: 'a' holds a list of objects"),
        (b'{"a": ["b|c"]}', r"row 1: 'a' holds a list with '\|'"),
        (b'{"a": "\\ud800"}', "row 1: 'a' holds half a character"),
        (b'{"a": ' + b"[" * 100_000, "row 1: objects inside objects too deep"),
        (b'{"a": "\xe4"}', "row 1: byte 0xE4 is not UTF-8; `encoding: cp1252`"),
        (b'{"a": "\\u0000"}', "without NUL"),
        (b'{"": 1}', "row 1: column 1 has no name"),
    ],
)
def test_odd_lines_are_refused(tmp_path, line, message):
    """The message names the line and what is wrong there."""
    with pytest.raises(DataError, match=message):
        read_bytes(tmp_path, line + b"\n", "t.jsonl")


def test_every_odd_line_is_reported(tmp_path):
    """All at once, each with its number."""
    with pytest.raises(DataError) as caught:
        read_bytes(tmp_path, b'1\n{"a": 1}\n[]\n', "t.jsonl")
    assert [issue.row for issue in caught.value.issues] == [1, 3]


def test_names_that_are_values(tmp_path):
    """Few cells of a vast table are refused before they fill the memory."""
    lines = "".join(f'{{"id": {k}, "c{k}": 1}}\n' for k in range(3_000))
    with pytest.raises(DataError, match="3,000 objects have 3,001 different names"):
        read_bytes(tmp_path, lines.encode(), "t.jsonl")
