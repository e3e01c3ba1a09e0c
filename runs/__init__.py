"""The daily job and its folder; verifying, explaining and measuring it."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
