"""Permission: whether staff may change how a case stands now, and one sentence when not."""

from __future__ import annotations

from datetime import datetime

from concierge.desk.ports.store import Transaction
from concierge.domain.case import Case
from concierge.domain.draft import OUTBOX_FOR_A_PERSON, OUTBOX_UNFINISHED
from concierge.errors import Refused


def taken_up(tx: Transaction, case_id: int, staff: str, now: datetime) -> Case:
    """The case, when it stands for itself and nobody else holds it.

    Raises:
        UsageError: there is no such case.
        TakenByAnother: somebody else holds it.
        Refused: it was merged into another case.
    """
    case = tx.cases.get(case_id)
    case.may_be_acted_on_by(staff, now)
    stands_for_itself(case)
    return case


def stands_for_itself(case: Case) -> None:
    """Refuse when the case was merged into another one."""
    if case.merged_into:
        raise Refused(
            f"Case {case.id} was merged into case {case.merged_into}. Work on that one, or part "
            f"them first: concierge case unmerge {case.id}"
        )


def nothing_under_way(tx: Transaction, case: Case) -> None:
    """Refuse while an approved reply of the case has not left: it knows nothing of the change."""
    for mail in tx.outbox.of_case(case.id):
        if mail.state in OUTBOX_UNFINISHED:
            raise Refused(
                f"Case {case.id} has an approved reply that has not left yet (mail {mail.id}). "
                "Wait until it is sent: concierge outbox list"
            )


def nothing_to_decide(tx: Transaction, case: Case) -> None:
    """Refuse while nobody has decided about mail of the case that failed or may have left."""
    for mail in tx.outbox.of_case(case.id):
        if mail.state in OUTBOX_FOR_A_PERSON:
            raise Refused(
                f"Mail {mail.id} of case {case.id} is {mail.state} and waits for a decision. "
                f"Decide first: concierge outbox settle {mail.id} withdraw"
            )
