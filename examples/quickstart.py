"""Who should get which lead, and does that beat round robin? In a made-up company."""

import matplotlib.pyplot as plt

from evaluation import PRESETS, compare_policies, draw_world, policy_table, simulate
from reporting.plots.simulation import lifts
from scoring import train
from solver import build_day, solve
from solver.rules import Capacity, Territory

world = draw_world(PRESETS["strong"], seed=1)
crm = world.company(n_history=4_000, n_leads=180)
model = train(crm).model
scores = model.score(crm.leads, crm.reps["rep_id"].tolist(), crm.reps["seniority"])
rules = [Capacity(kind="capacity"), Territory(kind="territory")]
day = build_day(crm, rules, scores.probability)
result = solve(day.problem, seed=0, time_limit=10.0)
print(result.status, result.objective, result.bound)

policies, truth = ["optimal", "round_robin"], world.truth(crm.leads).at
print(compare_policies(day, policies, 0, scores.probability, truth).T)

months = simulate(world.spec, policies, days=10, seeds=4)
print(policy_table(months).T)
lifts(plt.subplots(figsize=(7, 2))[1], months)
plt.savefig("quickstart.png", bbox_inches="tight")
