"""Ways to damage a scenario file, each with what the message must say."""

from pathlib import Path

from tests.damage.tables import Damage, Named
from tests.small_company import SCENARIO

# Text of the small company's scenario, what takes its place, and what is said of it.
SLIPS = (
    ("version: 1", "version: 2", "line 1, key version"),
    ("version: 1", "versoin: 1", "did you mean 'version'"),
    ("name: small", "name: 7", "line 2, key name: '7': expected text"),
    ("name: small", 'name: "\\ud800"', "line 2: expected text without NUL"),
    ("name: small", 'name: "\\UFFFFFFFF"', "not YAML"),
    ("2026-09-07", "tomorrow", "line 9, key data.as_of: 'tomorrow': expected a date"),
    ("2026-09-07", "2026-02-30", "line 9: '2026-02-30' cannot be read as timestamp"),
    ("2026-09-07", "9999-12-31", "line 9: expected a year from 1700 to 2199"),
    ("as_of", "asof", "line 9, key data.asof: '2026-09-07': unknown key; did you mean"),
    ("leads: leads.csv", "leads: 5", "line 4, key data.leads: '5': expected a file"),
    ("leads: leads.csv", "leads: leads", "leads: no such file; there is leads.csv"),
    ("leads: leads.csv", 'leads: "**.csv"', "no such file"),
    ("leads: leads.csv", f"leads: {'x' * 300}.csv", "no such file"),
    ("leads: leads.csv", "leads: /dev/zero", "not a folder or a device"),
    ("leads: leads.csv", "leads: ../../etc/passwd", "no such file"),
    (
        "leads: leads.csv",
        "leads: {columns: {}}",
        "key data.leads: expected a file, or sql and url",
    ),
    ("time_limit: 10", "time_limit: 60s", "line 25, key solve.time_limit: '60s': exp"),
    ("time_limit: 10", "time_limit: .inf", "line 25: no number goes beyond"),
    ("seed: 1", "seed: -1", "line 26, key solve.seed: '-1': expected greater than or"),
    ("seed: 1", "seed: !!bool x", "line 26: 'x' cannot be read as bool"),
    ("seed: 1", "seed: 1\n  seed: 2", "line 27, key seed: this key is given twice"),
    ("seed: 1", "\tseed: 1", "line 26: not YAML"),
    ("seed: 1", "seed: *x", "line 26: not YAML: found undefined alias 'x'"),
    ("seed: 1", "seed: !!python/object:os.system x", "line 26: 'x' cannot be read"),
    ("rules:\n", "rules: null\nr:\n", "line 10, key rules: expected a list"),
    ("kind: capacity", "kind: capacty", "'capacty'; did you mean 'capacity'"),
    ("- kind: capacity", "- {}", "line 11, key rules.0: a rule needs a kind"),
    ("penalty: 0.02", "penalty: 2%", "line 15, key rules.2.penalty: '2%': expected a"),
    ("penalty: 0.02", "penalty: -0.1", "line 15, key rules.2.penalty: '-0.1': expect"),
    ("penalty: 0.02", "penalty: 5", "line 15, key rules.2.penalty: '5': a penalty is"),
    ("    penalty: 0.02\n", "", "line 13, key rules.2: a soft rule needs a penalty"),
    ("strength: soft", "strength: hard", "line 13, key rules.2: a hard rule takes no"),
    ("penalty: 0.02", "penlty: 0.02", "line 15, key rules.2.penlty: '0.02': unknown"),
    ("min_seniority: 2", "min_seniority: high", "line 23, key rules.4.min_seniority"),
    ("{min: 5000}", "{mim: 5000}", "line 22, key rules.4.where.deal_value.mim"),
    ("{min: 5000}", f"1{'0' * 400}", "line 22: no number goes beyond"),
    ("deal_value:", "deal_valu:", "line 22, key rules.4.where.deal_valu: no such col"),
    ("deal_value:", "territory:", "key rules.4.where.territory: holds 'East'"),
    ("deal_value: {min: 5000}", "p_convert: {min: 2026-01-01}", "compared with dates"),
    ("name: large deals", "name: territory", "line 20, key rules.4.name: 'territory'"),
)

# Rules that are added, and what is said of them.
RULES = (
    ("lock, pairs: [{lead_id: L1, rep_id: R1}, {lead_id: L1, rep_id: R2}]", "two reps"),
    ("lock, pairs: [{lead_id: L001, rep_id: R99}]", "'R99': no such rep"),
    ("lock, pairs: [{lead_id: 5, rep_id: R1}]", "'5': expected text"),
    ("lock, pairs: {L001: R1}", "expected a list"),
    ("lock", "key rules.5.pairs: this key is required"),
    ("team, teams: [three]", "'three': no rep is in this team"),
    ("team, teams: []", "expected at least one entry"),
    ("product", "rule product needs the column product in leads"),
    ("qualify", "qualify needs min_score, min_value or where"),
    ("qualify, min_score: 30%", "'30%': expected a number"),
)

_TEXT = SCENARIO.encode()
_LAUGHS = b"a: &a [x, x, x, x, x, x, x, x, x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (98 + i, 98 + i, b", ".join([b"*%c" % (97 + i)] * 9))
    for i in range(9)
)
# Content of the whole file, and what is said of it.
WHOLE = {
    "empty": (b"", "line 1: not a scenario"),
    "a list": (b"- a\n- b\n", "line 1: not a scenario"),
    "a table": (b"lead_id,created_at\nL1,2026-09-01\n", "line 1: not a scenario"),
    "noise": (bytes(range(128, 256)), "line 1: not UTF-8"),
    "UTF-16": (SCENARIO.encode("utf-16"), "line 1: not UTF-8"),
    "NUL": (b"a: \0", "not YAML"),
    "two documents": (_TEXT + b"---\n" + _TEXT, "line 27: not YAML"),
    "a quote": (_TEXT + b'x: "abc\n', "line 28: not YAML: found unexpected end"),
    "deep": (b"a: " + b"[" * 900 + b"]" * 900, "nested too deeply"),
    "an alias of itself": (b"a: &a [*a]\n", "nested too deeply"),
    "laughs": (_LAUGHS, "too large"),
    "5 MB": (_TEXT + b"# x\n" * 1_300_000, "larger than"),
    "anchors twice": (_TEXT + b"x: &q 1\ny: &q 2\n", "line 28, key y: '2': unknown"),
    "extends nothing": (b"extends: nope.yaml", "key extends: 'nope.yaml': no such"),
    "extends itself": (b"extends: daily.yaml", "the scenario extends itself"),
    "extends a folder": (b"extends: .", "key extends: '.': expected a file"),
    "extends a list": (b"extends: [a]", "expected the file name of one other"),
    "extends a device": (b"extends: /dev/zero", "not a folder or a device"),
    "extends outside": (b"extends: ../../../x.yaml", "key extends"),
    "extends NUL": (b'extends: "a\\0b"', "line 1: expected text without NUL"),
    "extends a table": (b"extends: leads.csv", "leads.csv, line 1: not a scenario"),
}


def scenario_damages() -> list[tuple[str, Damage, str]]:
    """Return name, damage, and part of the message it must give."""
    found = []
    for old, new, said in SLIPS:
        assert old in SCENARIO
        name = f"{old[:30]!r} -> {new[:30]!r}"
        found.append((name, written(SCENARIO.replace(old, new, 1).encode()), said))
    for rule, said in RULES:
        kind, *keys = rule.split(", ", 1)
        lines = "\n    ".join([f"  - kind: {kind}", *keys])
        text = SCENARIO.replace("solve:\n", f"{lines}\nsolve:\n")
        found.append((f"rule {rule[:40]}", written(text.encode()), said))
    for name, (content, said) in WHOLE.items():
        found.append((name, written(content), said))
    return found


def accepted_scenarios() -> list[Named]:
    """Return odd scenarios that are as good as the plain one."""
    return [
        ("byte order mark", written(SCENARIO.encode("utf-8-sig"))),
        ("CRLF", written(SCENARIO.replace("\n", "\r\n").encode())),
        ("document marks", written(b"---\n" + _TEXT + b"...\n")),
        ("rule of no lead", written(_TEXT.replace(b"min: 5000", b"min: 1e14"))),
        ("name in HTML", written(_TEXT.replace(b"small", b"<b>x</b>"))),
    ]


def written(content: bytes) -> Damage:
    """Return the damage that puts another scenario in its place."""

    def damage(folder: Path) -> None:
        (folder / "daily.yaml").write_bytes(content)

    return damage
