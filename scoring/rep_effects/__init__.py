"""What the rep adds to a lead's log odds: on every lead, and on leads like this."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
