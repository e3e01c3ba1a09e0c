"""Each expectation of an example held against what the rules decide of its lead."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from reporting.text.rules.rule_tests import FAILED, PASSED, UNDECIDED
from reporting.text.words.reasons import choice_text, reason_text
from scenarios.example import Example
from scenarios.rule_tests.lone_lead import LoneLead
from scenarios.rule_tests.names import Names


class Judgement(NamedTuple):
    """What became of one expectation.

    Attributes
    ----------
    key
        The key that says what is expected.
    place
        Which entry of its list; `None` where it is no list.
    expected, found, why
        In words.
    outcome
        ``passed``, ``failed`` or ``undecided``.
    """

    key: str
    place: int | None
    expected: str
    found: str
    outcome: str
    why: str = ""


@dataclass(frozen=True)
class Judge:
    """Holds an example against what the rules decide of its lead alone.

    Attributes
    ----------
    example, decided
        The example, and its lead, decided.
    names
        Reps, teams and reasons by what people write.
    """

    example: Example
    decided: LoneLead
    names: Names

    def judgements(self) -> Iterator[Judgement]:
        """Yield what became of each expectation, in the order of the keys."""
        for key, written in self.example.expected.items():
            judge: Callable[[str], tuple[str, str, str]] = getattr(self, f"_{key}")
            entries = written if isinstance(written, list) else [written]
            for place, entry in enumerate(entries):
                found, outcome, why = judge(entry)
                at = place if isinstance(written, list) else None
                yield Judgement(key, at, self._words(key, entry), found, outcome, why)

    def _words(self, key: str, written: str) -> str:
        if key in ("team", "reason"):
            return f"{key} {written}"
        verb = key.replace("_", " ")
        return f"{verb} {self.decided.named([self.names.rep(written)])}"

    def _eligible(self, written: str) -> tuple[str, str, str]:
        rep = self.names.rep(written)
        if rep in self.decided.eligible:
            return "eligible", PASSED, ""
        return "not eligible", FAILED, self.decided.why_not(rep)

    def _not_eligible(self, written: str) -> tuple[str, str, str]:
        rep = self.names.rep(written)
        if rep not in self.decided.eligible:
            return "not eligible", PASSED, ""
        allowed = [rule.name for rule in self.decided.allowing(rep)]
        if not allowed:
            return "eligible", FAILED, "no hard rule speaks of this lead"
        told = ", ".join(allowed)
        return "eligible", FAILED, f"no hard rule forbids it; {told} allow it"

    def _owner(self, written: str) -> tuple[str, str, str]:
        rep = self.names.rep(written)
        if rep not in self.decided.eligible:
            return self._may_have, FAILED, self.decided.why_not(rep)
        return self._is_best({rep})

    def _not_owner(self, written: str) -> tuple[str, str, str]:
        rep = self.names.rep(written)
        best = self.decided.best
        if rep not in best:
            return self._gets, PASSED, ""
        if best == [rep]:
            return self._gets, FAILED, "there is no better eligible rep"
        return self._may_have, UNDECIDED, self._open

    def _team(self, written: str) -> tuple[str, str, str]:
        reps = self.decided.day.crm.reps
        members = set(reps.loc[reps["team"] == written, "rep_id"])
        if not members & set(self.decided.eligible):
            why = self.decided.detail or "none of its reps is eligible"
            return self._may_have, FAILED, why
        return self._is_best(members)

    def _is_best(self, wanted: set[str]) -> tuple[str, str, str]:
        """Return whether one of these reps gets it, of whom one is eligible."""
        best = set(self.decided.best)
        if best and best <= wanted:
            return self._gets, PASSED, ""
        if not best & wanted:
            return self._gets, FAILED, "the value is higher there"
        return self._may_have, UNDECIDED, self._open

    def _reason(self, written: str) -> tuple[str, str, str]:
        wanted, code = self.names.reasons[written.lower()], self.decided.reason
        if code == wanted:
            return code, PASSED, ""
        if not code and choice_text(wanted) != wanted:
            return self._may_have, UNDECIDED, self._open
        return self._reason_found, FAILED, self.decided.detail

    @property
    def _reason_found(self) -> str:
        code = self.decided.reason
        if self.decided.eligible:
            told = f" ({choice_text(code)})" if code else ""
            return f"{self._may_have}{told}"
        return f"{code} ({reason_text(code)})"

    @property
    def _may_have(self) -> str:
        if self.decided.is_nobodys:
            code = self.decided.reason
            return f"nobody may have it ({reason_text(code)}; {self.decided.detail})"
        return f"eligible: {self.decided.named(self.decided.eligible)}"

    @property
    def _gets(self) -> str:
        if not self.decided.best:
            return f"unassigned ({reason_text(self.decided.reason)})"
        verb = "gets it" if len(self.decided.best) == 1 else "may get it"
        return f"{self.decided.named(self.decided.best)} {verb}"

    @property
    def _open(self) -> str:
        if self.decided.is_scored:
            return "their values are equal, so that load and the seed decide"
        return "scores decide among them: give --model, or expect `eligible`"
