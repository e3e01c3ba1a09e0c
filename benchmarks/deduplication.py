"""Leads found again among contacts: precision, recall, seconds and memory.

``python benchmarks/deduplication.py --json``; needs the extra `dedupe`.
"""

import argparse
import json
import resource
import time

import numpy as np
import pandas as pd
from deduplication_world import World, make_world

from crm.linkage.comparable import records_of
from crm.linkage.linking import linked

THRESHOLDS = (0.5, 0.8, 0.9, 0.95, 0.99, 0.999)


def measured(world: World) -> dict:
    """Return how well and how fast the leads are found among the contacts."""
    start, began = time.perf_counter(), time.process_time()
    left = records_of(world.leads, "lead_id")
    right = records_of(world.contacts, "contact_id")
    cleaned = time.perf_counter()
    pairs = linked(left, right)
    end, ended = time.perf_counter(), time.process_time()
    rows = [
        accuracy(world, pairs[pairs["probability"] >= least]) for least in THRESHOLDS
    ]
    return {
        "n_leads": len(world.leads),
        "n_contacts": len(world.contacts),
        "seconds": round(end - start, 1),
        "cpu_seconds": round(ended - began, 1),
        "seconds_cleaning": round(cleaned - start, 1),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "by_threshold": [
            {"threshold": least, **row}
            for least, row in zip(THRESHOLDS, rows, strict=True)
        ],
    }


def accuracy(world: World, pairs: pd.DataFrame) -> dict[str, float]:
    """Return precision and recall of pairs, of best matches, and B-cubed."""
    right_id = dict(zip(world.truth["lead_id"], world.truth["contact_id"], strict=True))
    is_true = pairs["left_id"].map(right_id) == pairs["right_id"]
    best = pairs.drop_duplicates("left_id")
    is_best = best["left_id"].map(right_id) == best["right_id"]
    n_true = len(right_id)
    return {
        "precision": _share(is_true.sum(), len(pairs)),
        "recall": _share(is_true.sum(), n_true),
        "precision_best": _share(is_best.sum(), len(best)),
        "recall_best": _share(is_best.sum(), n_true),
        **b_cubed(world, best),
    }


def b_cubed(world: World, best: pd.DataFrame) -> dict[str, float]:
    """Return B-cubed precision and recall of leads and the contacts they are joined to.

    A contact and its leads are one cluster, a lead without contact is one of its own.
    """
    lead_ids = pd.Index(world.leads["lead_id"])
    truth = world.truth.set_index("lead_id")["contact_id"].reindex(lead_ids)
    found = best.set_index("left_id")["right_id"].reindex(lead_ids)
    own = lead_ids.to_series()
    table = pd.DataFrame({"true": truth.fillna(own), "found": found.fillna(own)})
    contacts = pd.unique(pd.concat([truth.dropna(), found.dropna()]))
    both = pd.DataFrame({"true": contacts, "found": contacts})
    table = pd.concat([table, both], ignore_index=True)
    together = table.groupby(["true", "found"])["true"].transform("size")
    of_true = table.groupby("true")["true"].transform("size")
    of_found = table.groupby("found")["true"].transform("size")
    return {
        "b_cubed_precision": round(float(np.mean(together / of_found)), 4),
        "b_cubed_recall": round(float(np.mean(together / of_true)), 4),
    }


def _share(part: int, whole: int) -> float:
    return round(float(part / whole), 4) if whole else float("nan")


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leads", type=int, default=100_000)
    parser.add_argument("--contacts", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    result = measured(make_world(options.leads, options.contacts, options.seed))
    if options.json:
        print(json.dumps(result, indent=2))
        return
    print(
        f"{result['n_leads']:,} leads against {result['n_contacts']:,} contacts: ",
        end="",
    )
    print(f"{result['seconds']} s, {result['peak_mb']:,} MB")
    print(pd.DataFrame(result["by_threshold"]).to_string(index=False))


if __name__ == "__main__":
    main()
