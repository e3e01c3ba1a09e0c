from .day import Day as Day
from .day import PairValue as PairValue
from .day import build_day as build_day
from .factorising import LeadParts as LeadParts
from .factorising import bounds_sums as bounds_sums
from .factorising import factorised_problem as factorised_problem
from .factorising import lead_parts as lead_parts
