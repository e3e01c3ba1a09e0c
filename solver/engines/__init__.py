"""Engines: each solves the problems whose rules it can express, with a bound."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
