"""Results for people: text, plots, one offline page, and the folder they go to."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
