"""Policies: ways to allocate, each ``(problem, rng) -> Solution``.

All work on the same problem and the same capacities, and obey every hard rule, by
:func:`solver.policies.repair.obedient`. The order of leads and reps never matters.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
