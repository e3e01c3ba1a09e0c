from .changed_day import solve_changed as solve_changed
from .engine import PricedDay as PricedDay
from .engine import solve_factorised as solve_factorised
from .engine import solve_price as solve_price
from .suitability import is_of_slots as is_of_slots
from .suitability import suits as suits
from .warming import warm as warm
