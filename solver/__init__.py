"""The allocation: exact engines, explanations, policies and randomised designs."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
