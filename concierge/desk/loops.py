"""Loops: no path by which two machines answer each other.

What holds it, each with tests in tests/property/test_flood.py and tests/unit/desk/test_loops.py:

1. Nothing is sent but what a named person approved (:mod:`concierge.desk.approvals`).
2. Mail of a machine's kind gets no draft, reopens nothing and starts no clock, unless it holds
   urgent words; then a person looks, and still no draft is written.
3. Our replies ask machines not to answer (X-Auto-Response-Suppress in ``mail/compose``).
4. A mail server's own address gets no draft and no approval; neither does our own.
5. Whoever approves reply after reply to one address, or one to an address that takes no answers,
   is told so on the draft.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from concierge.desk.ports.store import Transaction
from concierge.domain.draft import OutboxState
from concierge.domain.message import Address, ParsedMessage

#: Whoever answers this often within a day is perhaps answered by a machine. FreeScout stops at
#: two alike and ten in all; here a person decides, so they are told early.
_MANY_REPLIES = 3
_DAY = timedelta(days=1)
#: Mail servers and list servers write as these; no person reads what is sent there.
_SERVER = re.compile(r"(mailer|maild?|mail)-?daemon$|(.{1,64}-)?bounces?[+=-]|.{1,64}-bounces$")
#: A person may read what is sent there, but mostly nobody does.
_DEAF = re.compile(
    r"(.{0,64}[-_.+])?(no|do[-_.]?not|ne[-_.]?pas)[-_.]?(reply|respond|repondre)|"
    r"(postmaster|root|daemon|listserv|majordomo|bounces?|notifications?|mailer)$|"
    r"owner-|.{1,64}-(request|owner)$"
)


def of_a_server(address: Address) -> bool:
    """Whether this is a mail server's own address, at which nobody can be answered."""
    return _SERVER.match(_local(address)) is not None


def cautions(
    tx: Transaction, recipient: Address, now: datetime, answering: ParsedMessage | None = None
) -> tuple[str, ...]:
    """What staff should know before they answer this address.

    ``answering`` is the message a draft answers. One that answers nothing itself is no machine's
    answer to us, so that looking up what was sent, some statements, is saved on it.
    """
    notes = []
    if _DEAF.match(_local(recipient)):
        notes.append(f"{recipient.address} looks like an address at which nobody reads answers.")
    first = answering is not None and not _answers_something(answering)
    replies = 0 if first else _replies_to(tx, recipient, now - _DAY)
    if replies >= _MANY_REPLIES:
        notes.append(
            f"{replies} replies were approved for this address within a day. Should a machine be "
            "answering them, resolve the case without another one."
        )
    return tuple(notes)


def _answers_something(message: ParsedMessage) -> bool:
    # "Re:" and "Automatic reply:" in any language: some machines drop all references.
    return bool(message.in_reply_to or message.references or ":" in message.subject)


def _replies_to(tx: Transaction, recipient: Address, since: datetime) -> int:
    return sum(
        mail.approval.at >= since
        and mail.state is not OutboxState.WITHDRAWN
        and Address(mail.recipient).key == recipient.key
        for case in tx.cases.with_sender(recipient.key)
        for mail in tx.outbox.of_case(case.id)
    )


def _local(address: Address) -> str:
    return address.key.rpartition("@")[0] or address.key
