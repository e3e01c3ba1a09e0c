"""Off-policy evaluation: what any policy would have won on logged leads."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
