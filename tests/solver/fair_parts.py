"""What a fair part of the day is, over plain rows.

Knows the tables and nothing of the solver, so that the two can disagree.
"""

from collections.abc import Mapping, Sequence
from math import ceil, floor, inf
from typing import Any

from tests.solver.companies import Company, Row
from tests.solver.pair_meanings import is_free, may_have, slots
from tests.solver.single_leads import daily_slots, moves
from tests.solver.spoken_of import at_work, speaks_of

Written = Mapping[str, Any]
Pair = tuple[str, str]
Room = tuple[dict[Pair, float], float]
"""How much each pair counts, and what they may sum to."""

ROUNDING = 1e-9


def fair_bounds(
    company: Company, rules: Sequence[Written], rule: Written
) -> dict[str, tuple[float, float]]:
    """Return rep id -> least and largest part of what is assigned, by fair_share."""
    weight = {
        lead["lead_id"]: lead["expected_value"] * speaks_of(rule, lead)
        for lead in company.lead_rows
    }
    pairs = {
        (lead["lead_id"], rep["rep_id"]): is_free(company, rules, lead, rep["rep_id"])
        for lead in company.lead_rows
        for rep in company.rep_rows
        if may_have(company, rules, lead, rep)
    }
    rooms = [*_rooms(company, rules, pairs)]
    pairs = {pair: free for pair, free in pairs.items() if _fits(pair, rooms)}
    counted = [pair for pair in pairs if weight[pair[0]] > 0]
    part = _divided(counted, _claims(company), rooms)
    fair = {rep["rep_id"]: 0.0 for rep in company.rep_rows}
    for (lead_id, rep_id), piece in part.items():
        fair[rep_id] += weight[lead_id] * piece
    divided = sum(fair.values())
    whole = {
        rep_id: _whole_leads(company, rules, weight, part, rep_id) for rep_id in fair
    }
    spared = {
        rep_id: _spared(company, rules, weight, part, rooms, rep_id) for rep_id in fair
    }
    whole = {
        rep_id: (max(least - spared[rep_id], 0), most)
        for rep_id, (least, most) in whole.items()
    }
    done = [i for i in weight if sum(_of_lead(part, i)) >= 1 - ROUNDING]
    surely = sum(weight[i] for i in done) - sum(spared.values())
    total = max(surely, sum(least for least, _ in whole.values()))
    largest = _largest_total(company, rules, weight, pairs)
    bounds = {}
    for rep_id, (least, most) in whole.items():
        if fair[rep_id] > 0:
            least = min(
                rule.get("min_share", 0) * fair[rep_id] / divided, least / largest
            )
            upper = rule.get("max_share", inf) * fair[rep_id] / divided
            most = max(upper, most / total if total else inf)
            bounds[rep_id] = least, most
    return bounds


def _claims(company: Company) -> dict[str, float]:
    """Return the hours of each rep at work; the mean, or one, where not told."""
    reps = [rep for rep in company.rep_rows if at_work(company, rep["rep_id"])]
    told = [rep["hours_per_day"] for rep in reps if "hours_per_day" in rep]
    mean = sum(told) / len(told) if told else 1.0
    claims = {rep["rep_id"]: rep.get("hours_per_day", mean) for rep in reps}
    return claims if any(claims.values()) else dict.fromkeys(claims, 1.0)


def _rooms(
    company: Company, rules: Sequence[Written], pairs: Mapping[Pair, bool]
) -> list[Room]:
    """Return the slots of each rep and every hard upper limit."""
    leads = {lead["lead_id"]: lead for lead in company.lead_rows}
    rooms = []
    for rep in company.rep_rows:
        rep_id = rep["rep_id"]
        own = {p: 1.0 for p, free in pairs.items() if p[1] == rep_id and not free}
        rooms.append((own, slots(company, rules, rep)))
    for rule in rules:
        if rule.get("strength", "hard") == "hard":
            spoken_of = {p for p in pairs if speaks_of(rule, leads[p[0]])}
            rooms += _rooms_of(company, rule, spoken_of, pairs, leads)
    return rooms


def _rooms_of(
    company: Company,
    rule: Written,
    spoken_of: set[Pair],
    pairs: Mapping[Pair, bool],
    leads: Mapping[str, Row],
) -> list[Room]:
    rooms: list[Room] = []
    if "max_moves" in rule:
        moving = [p for p in spoken_of if moves(company, leads[p[0]], p[1])]
        rooms.append((dict.fromkeys(moving, 1.0), rule["max_moves"]))
    for team, quota in rule.get("quotas", {}).items():
        there = {r["rep_id"] for r in company.rep_rows if r.get("team") == team}
        own = dict.fromkeys((p for p in spoken_of if p[1] in there), 1.0)
        rooms.append((own, quota.get("max", inf)))
    for rep in company.rep_rows:
        own = dict.fromkeys((p for p in spoken_of if p[1] == rep["rep_id"]), 1.0)
        if rule["kind"] == "max_per_rep":
            rooms.append((own, rule["max_leads"]))
        elif rule["kind"] == "workload":
            default = rule.get("default_hours", 1.0)
            hours = {p: leads[p[0]].get("effort_hours", default) for p in own}
            rooms.append((hours, rep.get("hours_per_day", inf)))
        elif rule["kind"] == "capacity" and "where" in rule:
            taking = {p: 1.0 for p in own if not pairs[p]}
            rooms.append((taking, daily_slots(company, rule, rep)))
    return rooms


def _divided(
    pairs: Sequence[Pair], claims: Mapping[str, float], rooms: Sequence[Room]
) -> dict[Pair, float]:
    """Return the part of each lead that goes to each rep."""
    left = {lead_id: 1.0 for lead_id, _ in pairs}
    room = [most for _, most in rooms]
    part = dict.fromkeys(pairs, 0.0)
    still_open = {pair for pair in pairs if claims.get(pair[1], 0) > 0}
    while True:
        claimed = dict.fromkeys(left, 0.0)
        for lead_id, rep_id in still_open:
            claimed[lead_id] += claims[rep_id]
        asked = {
            (i, j): left[i] * claims[j] / claimed[i] for i, j in sorted(still_open)
        }
        asked = {pair: piece for pair, piece in asked.items() if piece > 0}
        fits = {}
        for n, (weight, _) in enumerate(rooms):
            load = sum(weight[p] * asked[p] for p in asked if weight.get(p, 0) > 0)
            if load > room[n] + ROUNDING * max(1, room[n]):
                fits[n] = room[n] / load
        scale = {
            pair: min(
                (fits[n] for n in fits if rooms[n][0].get(pair, 0) > 0), default=1.0
            )
            for pair in asked
        }
        closing = set()
        for n in fits:
            within = {pair for pair in asked if rooms[n][0].get(pair, 0) > 0}
            if min(scale[pair] for pair in within) >= fits[n]:
                closing |= within
        taken = {p: asked[p] * (scale[p] if closing else 1) for p in closing or asked}
        for (lead_id, rep_id), piece in taken.items():
            part[lead_id, rep_id] += piece
            left[lead_id] = max(left[lead_id] - piece, 0)
        for n, (weight, _) in enumerate(rooms):
            used = sum(weight.get(pair, 0) * piece for pair, piece in taken.items())
            room[n] = max(room[n] - used, 0)
        still_open -= closing
        if not closing:
            return part


def _fits(pair: Pair, rooms: Sequence[Room]) -> bool:
    """Tell whether the pair alone is within every room."""
    return all(counts.get(pair, 0) <= most + ROUNDING for counts, most in rooms)


def _spared(
    company: Company,
    rules: Sequence[Written],
    weight: Mapping[str, float],
    part: Mapping[Pair, float],
    rooms: Sequence[Room],
    rep_id: str,
) -> float:
    """Return the heaviest bundle of a rep with rooms for some leads, or for hours."""
    own = {pair for pair, piece in part.items() if pair[1] == rep_id and piece > 0}
    is_loose = False
    for counts, most in rooms[len(company.reps) :]:
        held = own & {*counts}
        uneven = any(each != 1 for each in counts.values()) or most % 1 > 0
        is_loose |= most < inf and bool(held) and (held != own or uneven)
    first = _first_of_bundle(company, rules)
    sizes: dict[str, float] = {}
    for lead_id, _ in own:
        sizes[first[lead_id]] = sizes.get(first[lead_id], 0.0) + weight[lead_id]
    return max(sizes.values(), default=0.0) if is_loose else 0.0


def _of_lead(part: Mapping[Pair, float], lead_id: str) -> list[float]:
    return [piece for (i, _), piece in part.items() if i == lead_id]


def _whole_leads(
    company: Company,
    rules: Sequence[Written],
    weight: Mapping[str, float],
    part: Mapping[Pair, float],
    rep_id: str,
) -> tuple[float, float]:
    """Return the least and most of a rep whose parts are rounded to whole leads."""
    bundles: dict[str, list[str]] = {}
    first = _first_of_bundle(company, rules)
    for (lead_id, owner), piece in part.items():
        if owner == rep_id and piece > 0:
            bundles.setdefault(first[lead_id], []).append(lead_id)
    units = []
    for lead_ids in bundles.values():
        size = sum(weight[i] for i in lead_ids)
        own = sum(weight[i] * part[i, rep_id] for i in lead_ids)
        units.append((size, own / size))
    units.sort(key=lambda unit: -unit[0])
    total = sum(piece for _, piece in units)
    least = sum(_at(units, n + 1 - ROUNDING) for n in range(floor(total + ROUNDING)))
    most = sum(_at(units, n + ROUNDING) for n in range(ceil(total - ROUNDING)))
    return least, most


def _at(units: Sequence[tuple[float, float]], place: float) -> float:
    """Return the size of the unit that lies at a place of those set end to end."""
    for size, piece in units:
        if place <= piece:
            return size
        place -= piece
    return 0.0


def _first_of_bundle(company: Company, rules: Sequence[Written]) -> dict[str, str]:
    """Return lead id -> the first of the leads that must have its owner."""
    first = {lead["lead_id"]: lead["lead_id"] for lead in company.lead_rows}
    for rule in rules:
        if rule["kind"] != "one_owner" or rule.get("strength", "hard") != "hard":
            continue
        together: dict[str, list[str]] = {}
        for lead in company.lead_rows:
            written = str(lead.get(rule["same"], "")).strip()
            if written and speaks_of(rule, lead):
                alike = written if rule["same"] == "account_id" else written.lower()
                together.setdefault(alike, []).append(lead["lead_id"])
        for lead_ids in together.values():
            joined = {first[i] for i in lead_ids}
            first = {i: min(joined) if f in joined else f for i, f in first.items()}
    return first


def _largest_total(
    company: Company,
    rules: Sequence[Written],
    weight: Mapping[str, float],
    pairs: Mapping[Pair, bool],
) -> float:
    """Return what all reps together could get at most."""
    by_rep = 0.0
    for rep in company.rep_rows:
        own = {i: free for (i, j), free in pairs.items() if j == rep["rep_id"]}
        taking = sorted(
            (weight[i] for i, free in own.items() if not free), reverse=True
        )
        room = slots(company, rules, rep)
        by_rep += sum(taking[: len(taking) if room == inf else int(room)])
        by_rep += sum(weight[i] for i, free in own.items() if free)
    return min(sum(weight[i] for i in {i for i, _ in pairs}), by_rep)
