"""Which rule of one scenario is which of another, whatever their order."""

from collections.abc import Iterable, Iterator, Sequence

from solver import Rule

Pairing = list[tuple[Rule | None, Rule | None]]
"""A rule now, and the same before; `None` where it was added, or removed."""


def paired(now: Sequence[Rule], before: Sequence[Rule]) -> Pairing:
    """Return each rule with what it was before: by name, content, then kind.

    A rule of another kind is another rule, though it has the same name. Of rules that
    are left, one of each side that are the only ones of their kind are the same.
    """
    new, old = list(now), list(before)
    pairs: Pairing = []
    for match in (_by_name, _by_content, _only_of_kind):
        for one, other in list(match(new, old)):
            pairs.append((one, other))
            new = [rule for rule in new if rule is not one]
            old = [rule for rule in old if rule is not other]
    place = {id(rule): at for at, rule in enumerate(now)}
    pairs += [(rule, None) for rule in new]
    pairs.sort(key=lambda pair: place[id(pair[0])])
    return [*pairs, *((None, rule) for rule in old)]


def same_content(rule: Rule, other: Rule) -> bool:
    """Tell whether two rules say the same under whatever names."""
    return rule.model_copy(update={"name": other.name}) == other


def _by_name(now: list[Rule], before: list[Rule]) -> Iterator[tuple[Rule, Rule]]:
    known = {(rule.name, rule.kind): rule for rule in before}
    for rule in now:
        if (rule.name, rule.kind) in known:
            yield rule, known[rule.name, rule.kind]


def _by_content(now: list[Rule], before: list[Rule]) -> Iterator[tuple[Rule, Rule]]:
    free = list(before)
    for rule in now:
        same = next((other for other in free if same_content(rule, other)), None)
        if same is not None:
            free = [other for other in free if other is not same]
            yield rule, same


def _only_of_kind(now: list[Rule], before: list[Rule]) -> Iterator[tuple[Rule, Rule]]:
    for rule in now:
        others = _of_kind(before, rule.kind)
        if len(others) == 1 and len(_of_kind(now, rule.kind)) == 1:
            yield rule, others[0]


def _of_kind(rules: Iterable[Rule], kind: str) -> list[Rule]:
    return [rule for rule in rules if rule.kind == kind]
