from .asked import asked_variants as asked_variants
from .change import Change as Change
from .change import Changed as Changed
from .change_file import read_changes as read_changes
from .variant import MOST_VARIANTS as MOST_VARIANTS
from .variant import Variant as Variant
from .variant import combined as combined
