"""Variants of a day side by side, as text and JSON."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from crm import listed
from evaluation.labels import EXPECTED
from reporting.text.layout.issues import issue_rows
from reporting.text.layout.json_record import interval_json, record_of
from reporting.text.layout.layout import counted, table
from reporting.text.whatif.whatif_figures import (
    ROUNDING,
    VariantDifference,
    VariantFigures,
    WhatIfFigures,
)
from reporting.text.whatif.whatif_tables import (
    UNCLEAR,
    compared,
    costs_table,
    growth_rows,
    moved_table,
    shared_changes,
    teams_beside,
    unassigned_table,
    untold,
    variants_csv,
    variants_table,
)
from reporting.text.words.people import rep_name
from solver import EXACT

NAMED = 5
"""Leads that moved which the text names."""
MOST_IN_TEXT = 6
"""Variants of which the text tells each; JSON, CSV and the page have all."""
DIFFERENCE_NOTE = (
    "Differences are of expected conversions, less those of the first. The interval is "
    "95 % by what the model is unsure of (each rep's effect, and the level), over the "
    f'leads that moved alone; "{UNCLEAR}" cannot be told from none.'
)
REVENUE_NOTE = (
    "The interval of a difference in revenue is by the same, with what each deal would "
    "bring taken as known: it is too narrow by that."
)
EXPECTED_NOTE = (
    f"The {EXPECTED} is what the model predicts of the leads it chose, not what was "
    "won: it flatters whoever made the most of it."
)


def whatif_text(whatif: WhatIfFigures) -> str:
    """Return the comparison as text: figures, what moved, rules, growth and notes."""
    return "\n\n".join(_parts(whatif))


def _parts(whatif: WhatIfFigures) -> Iterator[str]:
    yield title(whatif)
    yield table(variants_table(whatif))
    told = [each for each in compared(whatif) if each[1] is not None]
    for own, than in told[:MOST_IN_TEXT]:
        if than is not None:
            yield "\n".join(
                [own.name, *(f"  {t}" for t in _of_variant(whatif, own, than))]
            )
    if len(told) > MOST_IN_TEXT:
        more = counted(len(told) - MOST_IN_TEXT, "variant")
        yield f"{more} more: --json, --csv and --html have what moved in each"
    if len(reasons := unassigned_table(whatif)) and len(whatif.variants) <= NAMED:
        yield table(reasons)
    if len(teams := teams_beside(whatif)) > 1 and len(whatif.variants) <= NAMED:
        yield table(teams)
    if len(costs := costs_table(whatif)):
        yield f"Rules of {whatif.variants[0].name!r}\n{table(costs)}"
    if len(whatif.growth):
        yield f"{growth_sentence(whatif)}\n{table(growth_rows(whatif))}"
    yield "\n".join(notes(whatif))


def title(whatif: WhatIfFigures) -> str:
    """Return which day is compared."""
    moment = f"{whatif.as_of:%Y-%m-%d %H:%M} {whatif.as_of.tzinfo}"
    others = counted(len(whatif.variants) - 1, "variant")
    return f"{whatif.scenario}, {moment}: {others} beside {whatif.variants[0].name!r}"


def _of_variant(
    whatif: WhatIfFigures, own: VariantFigures, than: VariantDifference
) -> Iterator[str]:
    """Yield what a variant changes, and what came of it, in sentences."""
    yield from own.changes
    yield from (f"warning: {issue}" for issue in own.warnings)
    yield from own.notes
    if own.is_retrained:
        yield "another model was trained for it, so no interval can be given"
    if than.moved.empty:
        if than.is_same:
            yield "every lead has the same rep"
        return
    yield moved_sentence(than)
    for lead, before, after, why in moved_table(whatif, than).head(NAMED).to_numpy():
        yield f"  {lead}: {before} -> {after}: {why}"
    if (rest := len(than.moved) - NAMED) > 0:
        yield f"  and {rest:,} more"


def moved_sentence(than: VariantDifference) -> str:
    """Return how many leads moved, from whom to whom."""
    before, after = than.moved["from"] != "", than.moved["to"] != ""
    kinds = {
        "another rep": before & after,
        "a rep now": ~before & after,
        "none now": before & ~after,
    }
    parts = [
        f"{n:,} {'has' if n == 1 else 'have'} {what}"
        for what, which in kinds.items()
        if (n := int(which.sum()))
    ]
    return f"{counted(len(than.moved), 'lead')} moved: {', '.join(parts)}"


def shared_sentence(whatif: WhatIfFigures) -> str:
    """Return what short names of variants leave out; "" where that is nothing."""
    if not (shared := shared_changes(whatif)):
        return ""
    first = whatif.variants[0].name
    named = "; ".join(shared)
    return f"All variants but {first!r} have, whatever their short names: {named}."


def growth_sentence(whatif: WhatIfFigures) -> str:
    """Return what the table of growth shows."""
    kind = (
        "exact, so that nothing brings more than they say where no limit joins reps"
        if whatif.price_kind == EXACT
        else f"{whatif.price_kind}: a guide"
    )
    return (
        "Where the next hire, skill or slot pays most, in the objective's unit. Dual "
        f"prices are {kind}; the best were solved anew. A new rep has no history, and "
        "counts as the average one of that seniority."
    )


def notes(whatif: WhatIfFigures) -> list[str]:
    """Return what the reader has to know of the figures."""
    texts = [DIFFERENCE_NOTE] if whatif.differences else []
    if any(than.revenue is not None for than in whatif.differences):
        texts.append(REVENUE_NOTE)
    texts += filter(None, [shared_sentence(whatif)])
    if rules := untold(whatif):
        named = listed(rules, NAMED)
        texts.append(f"Whether these rules cost anything could not be proven: {named}.")
    if not whatif.rule_costs["proven"].all():
        texts.append(
            "A cost that is not proven is that of the best allocation found in time: "
            "at least so much where the day itself is optimal, else about so much."
        )
    if (whatif.rule_costs["cost"] < -ROUNDING).any():
        texts.append(
            "A rule of a negative cost gains the day something: it may free slots, or "
            "let fewer leads hold others back."
        )
    return [*texts, EXPECTED_NOTE, *whatif.notes, *whatif.cut_short]


def whatif_json(whatif: WhatIfFigures) -> dict[str, Any]:
    """Return the comparison as a record of JSON."""
    rows = variants_csv(whatif).to_dict("records")
    variants = [
        {**row, **_more(whatif, *each)}
        for row, each in zip(rows, compared(whatif), strict=True)
    ]
    content = {
        "scenario": whatif.scenario,
        "as_of": whatif.as_of.isoformat(),
        "variants": variants,
        "rule_costs": whatif.rule_costs.to_dict("records"),
        "growth": whatif.growth.to_dict("records"),
        "dual_prices": whatif.price_kind,
        "notes": notes(whatif),
    }
    record: dict[str, Any] = record_of(content)
    return record


def _more(
    whatif: WhatIfFigures, own: VariantFigures, than: VariantDifference | None
) -> dict[str, Any]:
    """Return what of a variant is no single figure."""
    more: dict[str, Any] = {
        "changes": list(own.changes),
        "notes": list(own.notes),
        "warnings": issue_rows(own.warnings),
        "unassigned_by_reason": dict(own.unassigned),
        "teams": own.teams.to_dict("records"),
    }
    if than is not None:
        more["difference"] = interval_json(than.conversions)
        more["moved_leads"] = than.moved.to_dict("records")
        received = Counter(filter(None, than.moved["to"]))
        more["received"] = {
            rep_name(rep, whatif.names): count for rep, count in received.items()
        }
    return more
