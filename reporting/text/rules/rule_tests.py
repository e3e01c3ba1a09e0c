"""What became of the tests of a scenario, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reporting.text.layout.layout import counted

PASSED, FAILED, UNDECIDED = "passed", "failed", "undecided"
"""What becomes of an expectation, and of an example."""
SHOWN = 20
"""Branches that are listed before the rest is counted."""


@dataclass(frozen=True)
class ExpectationResult:
    """What became of one expectation of an example.

    Attributes
    ----------
    key, place
        The key that says what is expected, and which entry of its list; `None` where it
        is no list.
    expected, found
        In words.
    outcome
        ``passed``, ``failed`` or ``undecided``.
    why
        By which rules, or what is missing to decide; empty where it passed.
    file, line
        Where the expectation stands.
    """

    key: str
    place: int | None
    expected: str
    found: str
    outcome: str
    why: str
    file: str
    line: int


@dataclass(frozen=True)
class ExampleResult:
    """What became of one example.

    Attributes
    ----------
    name, lead
        The example, and the cells of its lead in words.
    verdicts
        One entry per expectation.
    """

    name: str
    lead: str
    verdicts: tuple[ExpectationResult, ...]

    @property
    def outcome(self) -> str:
        """The worst of its verdicts."""
        outcomes = {verdict.outcome for verdict in self.verdicts}
        return next(o for o in (FAILED, UNDECIDED, PASSED) if o in outcomes)

    def of_outcome(self, outcome: str) -> list[ExpectationResult]:
        """Return its verdicts of one outcome."""
        return [each for each in self.verdicts if each.outcome == outcome]


@dataclass(frozen=True)
class TestReport:
    """What became of all examples of a scenario.

    Attributes
    ----------
    scenario
        Its name.
    results
        One entry per example.
    branches
        Number of branches of rules that examples can reach.
    unreached
        Rule and branch that no example reaches, a sentence each.
    left_out
        Rules that were left out, since they ask for scores.
    """

    __test__ = False

    scenario: str
    results: tuple[ExampleResult, ...]
    branches: int
    unreached: tuple[str, ...]
    left_out: tuple[str, ...] = ()

    def of_outcome(self, outcome: str) -> list[ExampleResult]:
        """Return the examples of one outcome."""
        return [each for each in self.results if each.outcome == outcome]


def rule_tests_text(report: TestReport) -> str:
    """Return the tests that are undecided, what none reaches, and the counts."""
    return "\n".join(_lines(report))


def summary_line(report: TestReport) -> str:
    """Return how many examples passed, failed, and were not decided."""
    counts = [
        f"{len(examples)} {outcome}"
        for outcome in (PASSED, FAILED, UNDECIDED)
        if (examples := report.of_outcome(outcome)) or outcome == PASSED
    ]
    return f"tests: {counted(len(report.results), 'example')}: {', '.join(counts)}"


def coverage_line(report: TestReport) -> str:
    """Return how many branches of rules the examples reach."""
    reached = report.branches - len(report.unreached)
    return f"tests reach {reached:,} of {report.branches:,} branches of the rules"


def verdict_text(verdict: ExpectationResult) -> str:
    """Return what was expected and found, and why."""
    text = f"expected {verdict.expected}; found {verdict.found}"
    return f"{text}: {verdict.why}" if verdict.why else text


def _lines(report: TestReport) -> Iterator[str]:
    for result in report.of_outcome(UNDECIDED):
        yield f"undecided: {result.name}: {_all(result.of_outcome(UNDECIDED))}"
    if report.left_out:
        yield (
            f"tests leave out {', '.join(report.left_out)}, which ask for scores: give "
            "--model"
        )
    yield coverage_line(report)
    for branch in report.unreached[:SHOWN]:
        yield f"  not reached: {branch}"
    if more := len(report.unreached) - SHOWN:
        yield from [f"  ... and {more:,} more"] * (more > 0)
    yield summary_line(report)


def _all(verdicts: Sequence[ExpectationResult]) -> str:
    return "; ".join(map(verdict_text, verdicts))
