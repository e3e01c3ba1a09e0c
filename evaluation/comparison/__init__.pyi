from .decomposition import Split as Split
from .decomposition import shuffled as shuffled
from .decomposition import split_value as split_value
from .side_by_side import compare_policies as compare_policies
