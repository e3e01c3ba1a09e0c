from .arms import CONTROL as CONTROL
from .arms import ArmLift as ArmLift
from .arms import compare_arms as compare_arms
from .sample_size import SampleSize as SampleSize
from .sample_size import needed as needed
