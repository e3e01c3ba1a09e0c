from .choice import Progress as Progress
from .choice import solve as solve
from .flow.prices import dual_bound as dual_bound
from .flow.scaling import ScalingError as ScalingError
