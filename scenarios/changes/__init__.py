"""What-if changes of a scenario and its tables: their grammar, and what they do."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
