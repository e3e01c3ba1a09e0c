from .flow.prices import dual_bound as dual_bound
from .flow.scaling import ScalingError as ScalingError
from .solving import Progress as Progress
from .solving import solve as solve
