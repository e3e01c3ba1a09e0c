"""Plots, each on the axes passed to it or on new ones; nothing is saved."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
