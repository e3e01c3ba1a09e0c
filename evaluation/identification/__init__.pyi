from .identification import Identification as Identification
from .identification import Manner as Manner
from .identification import identify as identify
from .queue import Queue as Queue
from .queue import QueueDoubt as QueueDoubt
