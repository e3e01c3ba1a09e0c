"""No output calls a model expectation by the name of what was measured."""

import re
import shutil
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from cli import main
from evaluation import EXPECTED, MEASURED, PRESETS, TRUTH, draw_world
from evaluation.fairness import NEUTRAL
from reporting import table
from runs import distribution_of
from tests.few import few
from tests.labelled import Output, read_output

PREDICTION = re.compile(r"expect|predict|p_convert|believ", re.IGNORECASE)
EVIDENCE = re.compile(
    r"\blifts?\b|\bgains?\b|uplift|measured|ground truth", re.IGNORECASE
)
OBJECTIVE = re.compile(r"objective|bound|\bproof\b|\bvalue\b", re.IGNORECASE)
"""What is maximised: expectation less penalties, and the model's figures of a pair."""
DIGITS = 4
"""From this many digits on a figure is known by its value."""
KINDS = {"csv", "json", "html", "svg"}

COMMANDS = {
    "run": "run {scenario} --model {model} --dry-run",
    "compare": "compare {scenario} --model {model}",
    "explain": "explain {demo} D0000-0000002",
    "fairness of a run": "fairness {demo}",
    "fairness of a scenario": "fairness {scenario} --model {model} --frontier",
    "simulate": "simulate --policy optimal --days 1 --seeds 1 --history 900",
    "backtest": "backtest {small}/daily.yaml --from 2026-07-20",
    "evaluate": "evaluate {logged}/demo.yaml",
}
"""Every other command that shows values, as for a shell; also run with --json."""
LONG = {"fairness of a scenario", "simulate", "backtest", "evaluate", "fairness"}
WRITING = (
    "fairness {demo} --plot {written}/fairness.svg",
    "score {scenario} --model {model} --out {written}/scores.csv",
    f"{COMMANDS['simulate']} --out {{written}}/simulation",
)
"""Commands whose files are read as well, beside those of the demo."""


def faults(
    output: Output, expectations: Sequence[float] = (), truths: Sequence[float] = ()
) -> Iterator[str]:
    """Yield what is wrong with the labels of an output.

    Parameters
    ----------
    expectations
        Sums of model probabilities: wherever one stands, its label says so.
    truths
        What is really won on average: never called expectation.
    """
    for label in output.labels:
        if PREDICTION.search(label) and EVIDENCE.search(label):
            yield f"{output.name}: {label!r} speaks of expectation and of evidence"
    for cell in output.cells:
        told = f"{output.name}: {cell.text!r} under {cell.labels}"
        said = " ".join(cell.labels)
        if _is_one_of(cell.text, expectations):
            if EVIDENCE.search(said):
                yield f"{told} is expectation, called evidence"
            elif not (PREDICTION.search(said) or OBJECTIVE.search(said)):
                yield f"{told} is expectation, and not called so"
        if _is_one_of(cell.text, truths) and PREDICTION.search(said):
            yield f"{told} is ground truth, called expectation"


def _is_one_of(text: str, figures: Sequence[float]) -> bool:
    """Tell whether a cell shows one of the figures, to the digits it shows."""
    for shown in re.findall(r"-?\d[\d,]*\.\d+(?:e-?\d+)?", text):
        plain = shown.replace(",", "")
        decimals = len(plain.partition(".")[2])
        if len(plain.replace(".", "").lstrip("-0")) >= DIGITS and any(
            abs(float(plain) - figure) <= max(0.5001 * 10**-decimals, 1e-9)
            for figure in figures
        ):
            return True
    return False


@cache
def rightrep(line: str) -> str:
    """Return what a command prints; what ran before is not run again."""
    done = CliRunner().invoke(main, line.split())
    assert done.exit_code == 0, (line, done.output, done.exception)
    return str(done.stdout)


def printed(name: str, places: dict[str, Path]) -> Iterator[Output]:
    """Yield what a command prints, as text and as JSON."""
    if name == "demo":
        paths = [places["demo"].with_name(f"demo.{kind}") for kind in ("txt", "json")]
        yield from (read_output(path.name, path.read_text()) for path in paths)
    else:
        line = COMMANDS[name].format(**places)
        yield read_output(f"{name}.txt", rightrep(line))
        yield read_output(f"{name}.json", rightrep(f"{line} --json"))


@pytest.fixture(scope="module")
def places(demo, small, tmp_path_factory) -> dict[str, Path]:
    """The demo, a copy that is searched briefly, its model, a small company."""
    folder = tmp_path_factory.mktemp("labels")
    names = "company", "logged", "written"
    places = {name: folder / name for name in names}
    places |= {"demo": demo / "demo", "model": demo / "demo.model", "small": small}
    places["written"].mkdir()
    shutil.copytree(places["demo"] / "company", places["company"])
    places["scenario"] = places["company"] / "demo.yaml"
    text = places["scenario"].read_text(encoding="utf-8")
    brief = text.replace("time_limit: 60", "time_limit: 0.5")
    places["scenario"].write_text(brief, encoding="utf-8")
    for line in WRITING:
        rightrep(line.format(**places))
    shutil.copytree(places["company"], places["logged"])
    log_propensities(places["logged"] / "history.csv")
    return places


def log_propensities(path: Path) -> None:
    """Add what an experiment logs to a history: arms, and propensities of a quarter."""
    history = pd.read_csv(path, dtype=str, keep_default_na=False)
    arm = ["control" if row % 2 else "optimal" for row in history.index]
    history.assign(arm=arm, propensity=0.25).to_csv(path, index=False)


@pytest.fixture(scope="module")
def expectations(places) -> list[float]:
    """The model's sums over the demo's run: of all leads, and rep by rep."""
    found = distribution_of(places["demo"])
    value = found.fairness.by_rep[NEUTRAL]
    return [assigned_in(places)["p_convert"].sum(), value.sum(), *value[value > 0]]


@pytest.fixture(scope="module")
def truths(places) -> list[float]:
    """What the demo's run really wins on average."""
    assigned = assigned_in(places)
    pairs = assigned["lead_id"].tolist(), assigned["rep_id"].tolist()
    world = draw_world(PRESETS["demo"], seed=0)
    return [float(world.truth(world.leads(140)).probability(*pairs).sum())]


def assigned_in(places: dict[str, Path]) -> pd.DataFrame:
    text = {"lead_id": str, "rep_id": str}
    return pd.read_csv(places["demo"] / "assignments.csv", dtype=text)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.slow] if name in LONG else [])
        for name in ("demo", *COMMANDS)
    ],
)
def test_commands_tell_expectation_from_evidence(name, places, expectations, truths):
    """In tables and in JSON; no sum of expectation is without its name."""
    for output in printed(name, places):
        assert output.labels
        assert not list(faults(output, expectations, truths))


@pytest.mark.parametrize("name", few(["demo", "run", "compare"], 2))
def test_expectation_is_where_it_is_looked_for(name, places, expectations, truths):
    """The checks above are not idle: the sums stand in these outputs."""
    cells = [cell.text for output in printed(name, places) for cell in output.cells]
    assert any(_is_one_of(text, expectations[:1]) for text in cells)
    assert any(_is_one_of(text, truths) for text in cells) == (name == "demo")


@pytest.mark.slow
def test_files_tell_expectation_from_evidence(places, expectations, truths):
    """Every table, JSON, page and picture, of a run folder and of single commands."""
    paths = [*places["demo"].rglob("*"), *places["written"].rglob("*")]
    written = [path for path in paths if path.suffix[1:] in KINDS]
    assert {path.suffix[1:] for path in written} == KINDS
    for path in written:
        output = read_output(path.name, path.read_text(encoding="utf-8"))
        assert not list(faults(output, expectations, truths))


def plain_table(**columns: list[str]) -> str:
    return table(pd.DataFrame(columns))


PLANTED = {
    "an expectation under lift": (
        "x.txt",
        plain_table(policy=["a"], n=["1"], lift=["21.18"]),
    ),
    "an expectation under nothing": (
        "x.txt",
        plain_table(policy=["a"], n=["1"], sum=["21.18"]),
    ),
    "one label for both": ("x.csv", "expected lift\n1\n"),
    "an expectation in CSV": ("x.csv", f"policy,{MEASURED}\na,21.1818\n"),
    "an expectation in JSON": ("x.json", '{"rows": [{"gain": 21.181818}]}'),
    "expectation around evidence": ("x.json", f'{{"{EXPECTED}": {{"uplift": 1}}}}'),
    "an expectation in a page": (
        "x.html",
        "<table><thead><tr><th>Rep</th><th>Measured lift</th></tr></thead><tbody>"
        "<tr><th>Ana</th><td>21.18</td></tr></tbody></table>",
    ),
    "an expectation as a term": ("x.html", "<dl><dt>gain</dt><dd>21.18 won</dd></dl>"),
    "an axis for both": ("x.svg", "<svg><text>predicted lift</text></svg>"),
    "a region for both": ("x.html", '<div aria-label="lift expected"></div>'),
    "a truth under expectation": ("x.txt", f"{EXPECTED}  17.25 conversions\nother  1"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_what_is_mislabelled_is_found(name):
    """Each of these would mislead, and is exactly one fault."""
    output = read_output(*PLANTED[name])
    assert len(list(faults(output, [21.1818181], [17.25]))) == 1


def test_what_is_labelled_well_is_no_fault():
    """Expectation under its name, evidence under its own, both in one table."""
    rows = {
        "policy": ["a"],
        EXPECTED: ["21.18"],
        TRUTH: ["17.25"],
        MEASURED: ["+3.1%"],
    }
    output = read_output("x.txt", plain_table(**rows))
    assert {EXPECTED, TRUTH, MEASURED} <= set(output.labels)
    assert [cell.text for cell in output.cells] == ["21.18", "17.25", "+3.1%"]
    assert not list(faults(output, [21.1818181], [17.25]))
