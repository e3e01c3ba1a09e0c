from .engine import solve_flow as solve_flow
from .prices import dual_bound as dual_bound
from .scaling import ScalingError as ScalingError
from .tree import tree_of as tree_of
