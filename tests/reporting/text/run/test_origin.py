"""What a run was made from, in lines."""

from reporting.text.run.origin import origin_lines


def test_files_and_queries_have_the_beginning_of_their_hash() -> None:
    """Then engine, seed, run and versions."""
    digest = "0123456789abcdef0123"
    inputs = {
        "leads": {"file": "leads.csv", "sha256": digest},
        "reps": {"sql": "...", "url": "crm.db", "n_rows": 1200, "sha256": digest},
    }
    assert origin_lines(inputs, {"python": "3.11"}, "flow", 7, "abc") == [
        ("leads", "leads.csv, SHA-256 0123456789abcdef…"),
        ("reps", "query of crm.db, 1,200 rows, SHA-256 0123456789abcdef…"),
        ("engine", "flow"),
        ("seed", "7"),
        ("run", "abc"),
        ("versions", "python 3.11"),
    ]
