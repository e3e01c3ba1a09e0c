"""Who should get which lead, and does that beat round robin? In a synthetic company."""

import rightrep as rr

world = rr.draw_world(rr.PRESETS["strong"], seed=1)
crm = world.company(n_history=4_000, n_leads=180)
scores = rr.train(crm).score(crm)
day = rr.build_day(crm, [rr.Capacity(), rr.Territory()], scores.probability)
result = rr.solve(day.problem, seed=0, time_limit=10)
print(result.status, result.objective, result.bound)

policies, predicted = ["optimal", "round_robin"], scores.probability
truth = world.truth(crm.leads).at
print(rr.compare_policies(day, policies, expected=predicted, truth=truth, seed=0).T)

months = rr.simulate(world.spec, policies, days=10, seeds=4)
print(rr.policy_table(months).T)
rr.plots.lifts(months).figure.savefig("quickstart.png")
