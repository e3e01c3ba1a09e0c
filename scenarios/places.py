"""Issues of tables that are due to a scenario, shown where that stands in its file."""

from collections.abc import Iterable
from dataclasses import replace

from crm import Issue
from scenarios.document import Node, Spot
from scenarios.errors import ScenarioIssue
from scenarios.files import OURS


def placed(document: Node, issues: Iterable[Issue]) -> list[Issue]:
    """Return the issues, those with keys of the scenario at the place that is meant."""
    return [_placed(document, issue) if issue.keys else issue for issue in issues]


def _placed(document: Node, issue: Issue) -> Issue:
    node = document.at(*issue.keys)
    spot = spelt(node, issue.column or "") or node.spot
    if len(document.known_keys(*issue.keys)) < len(issue.keys) or spot is None:
        return replace(issue, keys=())
    return ScenarioIssue(
        node.file,
        f"{issue.file}: {issue.expected}{_where_to_mend(node, issue)}",
        spot.line,
        ".".join(issue.keys),
        issue.column,
        issue.severity,
        spot.excerpt,
    )


def _where_to_mend(node: Node, issue: Issue) -> str:
    """Return where to write a key that a ready scenario has wrong for this file."""
    if issue.severity != "error" or not node.file.startswith(OURS):
        return ""
    return f"; write {'.'.join(issue.keys)} of your own, which goes over it"


def spelt(node: Node, text: str) -> Spot | None:
    """Return where a text is a key or a value below a node, None where it is none."""
    if node.text == text:
        return node.value
    if isinstance(node.content, dict):
        for key, child in node.content.items():
            if found := child.key if key == text else spelt(child, text):
                return found
    for child in node.content if isinstance(node.content, list) else ():
        if found := spelt(child, text):
            return found
    return None
