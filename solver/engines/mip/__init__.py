"""The mixed-integer engine: any rules, by search and branch and bound at once."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
