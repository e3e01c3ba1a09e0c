"""Tests of a scenario as JUnit's XML."""

from xml.etree import ElementTree

from reporting.junit import junit_xml
from reporting.text.rules.rule_tests import (
    ExampleResult,
    ExpectationResult,
    TestReport,
    rule_tests_text,
)


def result(name, outcome):
    verdict = ExpectationResult(
        "owner", None, "owner R1", "R2 <gets> it", outcome, "rule x", "t.yaml", 7
    )
    return ExampleResult(name, "lead L1", (verdict,))


REPORT = TestReport(
    "daily & co",
    (result("a", "passed"), result("b\x00<", "failed"), result("c", "undecided")),
    9,
    ("rule x: a lead that it speaks of",),
    ("weak",),
)


def test_a_suite_has_a_case_for_each_example():
    """Failures with what was found, undecided ones skipped, and what is not reached."""
    root = ElementTree.fromstring(junit_xml(REPORT))
    (suite,) = root
    assert suite.attrib == {
        "name": "daily & co",
        "tests": "3",
        "failures": "1",
        "errors": "0",
        "skipped": "1",
    }
    passed, failed, skipped = suite.findall("testcase")
    assert len(passed) == 0 and failed.get("name") == "b\N{REPLACEMENT CHARACTER}<"
    assert failed.get("line") == "7"
    message = "expected owner R1; found R2 <gets> it: rule x"
    assert failed.find("failure").get("message") == message
    assert skipped.find("skipped").get("message") == message
    assert "not reached: rule x" in suite.find("system-out").text
    assert "left out: weak" in suite.find("system-out").text


def test_the_text_has_counts_and_what_is_undecided():
    """The failures are told as issues, with their lines."""
    assert rule_tests_text(REPORT).splitlines() == [
        "undecided: c: expected owner R1; found R2 <gets> it: rule x",
        "tests leave out weak, which ask for scores: give --model",
        "tests reach 8 of 9 branches of the rules",
        "  not reached: rule x: a lead that it speaks of",
        "tests: 3 examples: 1 passed, 1 failed, 1 undecided",
    ]
