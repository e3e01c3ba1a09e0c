"""Reps, teams and reasons that tests name, resolved; unknown ones with the nearest."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property

from crm import CrmData, Issue, suggestion
from reporting.text.words.reasons import choice_text, reason_text
from scenarios.validation import ScenarioFile
from solver import RULES
from solver.explain.reasons import Choice, known_reasons


class Names:
    """Reps, teams and reasons by what people write.

    Parameters
    ----------
    crm
        The day's tables.
    """

    def __init__(self, crm: CrmData) -> None:
        self._ids = dict.fromkeys(crm.reps["rep_id"])
        names = Counter(crm.reps["name"])
        pairs = zip(crm.reps["name"], crm.reps["rep_id"], strict=True)
        self._by_name = {n: rep for n, rep in pairs if n and names[n] == 1}
        self._twice = {name for name, count in names.items() if count > 1}
        self._teams = sorted(set(crm.reps["team"]) - {""})

    def rep(self, written: str) -> str:
        """Return the id of a rep, written as an id or a name."""
        return written if written in self._ids else self._by_name.get(written, written)

    @cached_property
    def reasons(self) -> Mapping[str, str]:
        """What people write of a reason, in lower case -> its code."""
        codes = known_reasons()
        told = {code: code for code in codes} | {reason_text(c): c for c in codes}
        choices = {str(choice) for choice in Choice}
        choices = choices.union(*(rule.choices for rule in RULES.values()))
        told |= {code: code for code in choices}
        told |= {choice_text(code): code for code in choices}
        return {text.lower(): code for text, code in told.items()}

    def issues(self, file: ScenarioFile) -> Iterator[Issue]:
        """Yield an error for each rep, team and reason that there is not."""
        for place, example in enumerate(file.scenario.tests or ()):
            at = ("tests", place)
            for key, written in example.expected.items():
                if key == "reason":
                    if written.lower() not in self.reasons:
                        near = suggestion(written, self.reasons)
                        yield file.issue(
                            (*at, key), f"no such reason{near}", value=written
                        )
                elif key == "team":
                    if written not in self._teams:
                        near = suggestion(written, self._teams)
                        expected = f"no rep is in this team{near}"
                        yield file.issue((*at, key), expected, value=written)
                else:
                    yield from self._reps(file, (*at, key), written)

    def _reps(
        self, file: ScenarioFile, at: tuple[str | int, ...], written: str | list[str]
    ) -> Iterator[Issue]:
        listed = [written] if isinstance(written, str) else written
        for place, name in enumerate(listed):
            if self.rep(name) in self._ids:
                continue
            expected = "several reps have this name: give the id"
            if name not in self._twice:
                near = suggestion(name, [*self._ids, *self._by_name])
                expected = f"no such rep{near}"
            keys = at if isinstance(written, str) else (*at, place)
            yield file.issue(keys, expected, value=name)
