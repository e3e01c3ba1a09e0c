"""Where a history looks randomised, in a sentence."""

from crm import listed
from evaluation.identification import Identification, Queue, QueueDoubt

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
}
TEST_TEXT = {
    "shares": "shares",
    "periods": "shares over time",
    "quality": "lead quality",
}


def identification_text(identification: Identification) -> str:
    """Return where assignment looks random, or why nowhere."""
    if identification.is_identified:
        passed = [queue.name for queue in identification.queues if queue.looks_random]
        return (
            f"Assignment looks random in {listed(passed, MOST_NAMED)} "
            f"({identification.n_rows:,} leads). That is an assumption: what no column "
            "tells may still have decided which rep had which lead."
        )
    if not identification.queues:
        return "Not identifiable from this history: one rep had all leads."
    doubts = [f"{queue.name}: {_doubt_text(queue)}" for queue in identification.queues]
    return (
        "Not identifiable from this history: in no queue were leads assigned as if at "
        f"random ({listed(doubts, MOST_NAMED)})."
    )


def _doubt_text(queue: Queue) -> str:
    """Return why a queue's leads cannot be taken as assigned at random."""
    if queue.doubt is None:
        return ""
    test = TEST_TEXT.get(queue.company_test or "", "")
    return DOUBT_TEXT[queue.doubt].format(queue, test)
