from .identification import Identification as Identification
from .identification import identify as identify
from .queue import Queue as Queue
from .queue import QueueDoubt as QueueDoubt
