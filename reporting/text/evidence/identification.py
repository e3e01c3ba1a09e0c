"""Where a history looks randomised, in a sentence."""

from crm import listed
from evaluation.identification import Identification, Manner, Queue, QueueDoubt

MOST_NAMED = 5
DOUBT_TEXT: dict[QueueDoubt, str] = {
    "ineligible_reps": "{0.ineligible_share:.0%} of its leads went to ineligible reps",
    "unequal_quality": "some reps got better leads (p = {0.quality.p_value:.2g})",
    "unequal_column": "{0.column} differs between reps (p = {0.column_p:.2g})",
    "unequal_shares": "its reps did not get equal shares (p = {0.shares_p:.2g})",
    "too_few_leads": "too few leads to tell ({0.n_leads:,})",
    "uneven_company": "the company is uneven in {1} (p = {0.company_p:.2g}), and this "
    "queue is too small to show that it is not",
    "uneven_together": "looks random by itself, but not with the others that do",
    "most_leads_fail": "looks random, but most leads lie in queues that do not",
}
MANNER_TEXT: dict[Manner, str] = {
    "even": "random",
    "by_capacity": "random in proportion to capacity",
    "rotation": "like a rotation (round robin)",
    "own_rotation": "like a rotation (round robin) of each",
}
TEST_TEXT = {
    "shares": "shares",
    "periods": "shares over time",
    "quality": "lead quality",
}


def identification_text(identification: Identification) -> str:
    """Return where assignment looks random, and why not elsewhere."""
    failed = [queue for queue in identification.queues if not queue.looks_random]
    doubts = [f"{queue.name}: {_doubt_text(queue)}" for queue in failed]
    if identification.is_identified:
        passed = [queue.name for queue in identification.queues if queue.looks_random]
        others = f" It does not in {listed(doubts, MOST_NAMED)}." if doubts else ""
        return (
            f"Assignment looks {MANNER_TEXT[identification.manner]} in "
            f"{listed(passed, MOST_NAMED)} ({identification.n_rows:,} leads).{others} "
            "That is an assumption: what no column tells may still have decided which "
            "rep had which lead."
        )
    if not identification.queues:
        return "Not identifiable from this history: one rep had all leads."
    return (
        "Not identifiable from this history: in no queue were leads assigned as if at "
        f"random or in rotation ({listed(doubts, MOST_NAMED)})."
    )


def _doubt_text(queue: Queue) -> str:
    """Return why a queue's leads cannot be taken as assigned at random."""
    if queue.doubt is None:
        return ""
    test = TEST_TEXT.get(queue.company_test or "", "")
    return DOUBT_TEXT[queue.doubt].format(queue, test)
