"""What only looks right in a scenario is refused, with its line."""

import pytest

from scenarios.errors import ScenarioError
from scenarios.validation import read_scenario

GOOD = """version: 1
name: day
data:
  leads: leads.csv
  reps: reps.csv
rules:
  - kind: capacity
ledger: ledger.sqlite
"""


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("version: 1", "version: true", "line 1, key version"),
        ("version: 1", "version: 1.0", "line 1, key version"),
        ("version: 1", 'version: "1"', "line 1, key version"),
        ("version: 1", "--- !!python/object:x.y\nversion: 1", "!!python/object"),
        ("rules:\n", "rules: !!set\n", "line 6: the tag '!!set'"),
        ("rules:\n", "rules: !!map\n", "the tag '!!map'"),
        ("name: day", "name: !!binary ZGF5", "line 2: the tag '!!binary'"),
        ("name: day", "name: !own day", "the tag '!own'"),
        ("leads.csv", "leads.csv/", "line 4, key data.leads"),
        ("leads: leads.csv", "leads: {file: leads.csv/.}", "names a folder"),
        ("ledger.sqlite", "ledger.sqlite/", "line 8, key ledger"),
        ("name: day", "name: day\nextends: base.yaml/", "names a folder"),
        ("name: day", 'name: "d\\u202ey"', "line 2: 'd\\u202ey' has characters"),
        ("kind: capacity", 'kind: capacity\n    name: "\\e[31m"', "U+001B"),
        ("name: day", "name: day\nsolve: &a {}\n<<: *a", "merge keys"),
        ("name: day", "name: day\nname: day", "given twice"),
        ("name: day", "name: 9999999999999999999999", "no number goes beyond"),
        ("name: day", "name: day\n2026-01-01: x", "key 2026-01-01"),
    ],
)
def test_slips_are_refused(tmp_path, good, bad, said):
    """Each names where it is."""
    path = tmp_path / "daily.yaml"
    path.write_text(GOOD.replace(good, bad, 1))
    with pytest.raises(ScenarioError) as raised:
        read_scenario(path)
    assert said in str(raised.value)


def test_text_is_compared_as_it_looks(tmp_path):
    """Decomposed letters and double spaces match those of tables; files keep theirs."""
    path = tmp_path / "daily.yaml"
    text = GOOD.replace("name: day", "name: Cafe\u0301  au lait")
    path.write_text(text.replace("leads.csv", "le\u0301ads.csv"))
    scenario = read_scenario(path).scenario
    assert scenario.name == "Café au lait"
    assert scenario.data.leads.file == "le\u0301ads.csv"
