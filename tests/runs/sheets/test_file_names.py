"""Every id has a file of its own, in the folder, on any file system."""

import pytest

from runs.sheets.file_names import file_names

HOSTILE = [
    *("../x", "..", "", "/etc/passwd", "r1", "R1", "R1.2", "CON", "a\\b", "a/b", "é"),
    *("=1", "<script>", "W" * 300, "W" * 301, "-rf", ".hidden", "line\nbreak", "日本"),
]


def test_names_are_safe_and_unique():
    """Without a path, short, never hidden; two that differ in case only do not meet."""
    names = file_names(HOSTILE, "sheet-", ".html")
    assert list(names) == HOSTILE
    assert len({name.lower() for name in names.values()}) == len(HOSTILE)
    for name in names.values():
        assert name.startswith("sheet-") and name.endswith(".html")
        assert not set(name) & set('/\\:*?"<>| \n') and name.isascii()
        assert len(name) < 90


@pytest.mark.parametrize("name", ["R001", "a-b_c"])
def test_a_plain_id_stays_readable(name):
    """It is in the name as it is."""
    assert file_names([name], "sheet-", ".html")[name] == f"sheet-{name}.html"
