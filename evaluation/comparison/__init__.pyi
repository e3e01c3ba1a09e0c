from .decomposition import Decomposition as Decomposition
from .decomposition import decompose as decompose
from .decomposition import shuffled as shuffled
from .figures import CUT_SHORT as CUT_SHORT
from .figures import WANTED as WANTED
from .side_by_side import BASELINE as BASELINE
from .side_by_side import LIFT as LIFT
from .side_by_side import compare_policies as compare_policies
