"""Which rules keep a day from being a tree of slots and limits."""

from solver.engines.flow import tree_of
from solver.problem.problem import Problem


def unnested_rules(problem: Problem) -> list[str]:
    """Return the names of the rules without which slots and limits nest.

    Rules on shares and on groups of leads, limits that count hours, and of limits
    that overlap in part the later ones; empty where :func:`solver.engines.flow.tree_of`
    finds a tree.
    """
    found = [share.rule for share in problem.shares]
    found += [group.rule for group in problem.groups]
    nested = problem.replace(shares=(), groups=(), limits=())
    for rule in dict.fromkeys(limit.rule for limit in problem.limits):
        limits = tuple(limit for limit in problem.limits if limit.rule == rule)
        more = nested.replace(limits=nested.limits + limits)
        if tree_of(more) is None:
            found.append(rule)
        else:
            nested = more
    return list(dict.fromkeys(found))
