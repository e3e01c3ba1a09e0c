"""From the day's tables, rules and scores to a problem: of stored or computed pairs."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
