from .identification import QUEUES as QUEUES
from .identification import Identification as Identification
from .identification import identify as identify
from .queue import Queue as Queue
