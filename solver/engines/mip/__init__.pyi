from .engine import solve_mip as solve_mip
