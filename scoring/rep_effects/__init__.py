"""Random effects of the reps: on every lead, and in interaction with its features."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
