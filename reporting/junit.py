"""Tests of a scenario as JUnit's XML, which continuous integration reads."""

import re
from xml.etree import ElementTree

from reporting.text.rules.rule_tests import (
    FAILED,
    UNDECIDED,
    ExampleResult,
    TestReport,
    coverage_line,
    verdict_text,
)

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(report: TestReport) -> str:
    """Return a suite with one case per example; undecided ones are skipped.

    What no example reaches stands in the suite's ``system-out``.
    """
    counts = {
        "tests": len(report.results),
        "failures": len(report.of_outcome(FAILED)),
        "errors": 0,
        "skipped": len(report.of_outcome(UNDECIDED)),
    }
    numbers = {name: str(count) for name, count in counts.items()}
    suites = ElementTree.Element("testsuites", numbers)
    name = {"name": _clean(report.scenario)}
    suite = ElementTree.SubElement(suites, "testsuite", {**name, **numbers})
    for result in report.results:
        _add_case(suite, result, report.scenario)
    told = [coverage_line(report), *(f"not reached: {b}" for b in report.unreached)]
    told += [f"left out: {rule} asks for scores" for rule in report.left_out]
    ElementTree.SubElement(suite, "system-out").text = _clean("\n".join(told))
    ElementTree.indent(suites)
    text = ElementTree.tostring(suites, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _add_case(suite: ElementTree.Element, result: ExampleResult, scenario: str) -> None:
    first = result.verdicts[0]
    place = {"file": _clean(first.file), "line": str(first.line), "time": "0"}
    named = {"name": _clean(result.name), "classname": _clean(scenario)}
    case = ElementTree.SubElement(suite, "testcase", {**named, **place})
    for outcome, tag in ((FAILED, "failure"), (UNDECIDED, "skipped")):
        verdicts = result.of_outcome(outcome)
        if verdicts and result.outcome == outcome:
            lines = [f"{v.file}:{v.line}: {verdict_text(v)}" for v in verdicts]
            message = {"message": _clean(verdict_text(verdicts[0]))}
            told = ElementTree.SubElement(case, tag, message)
            told.text = _clean("\n".join(lines))


def _clean(text: str) -> str:
    """Return the text without what XML cannot hold."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
