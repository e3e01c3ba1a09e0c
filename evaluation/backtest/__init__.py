"""History day by day: train on the past, allocate that day's leads, estimate."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
