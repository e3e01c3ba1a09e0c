"""The price engine: large days of slots alone, exact, without a stored pair."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
