"""The flow engine: filters and nested limits as a min-cost flow, solved exactly."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
