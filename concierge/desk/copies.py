"""Copies of sent replies in the mailbox's Sent folder: a job of its own, after acceptance.

Making the copy apart from sending means that a failing APPEND can never make a reply go out
twice (freescout#2003: a hundred copies of one reply).
"""

from __future__ import annotations

from dataclasses import replace

from concierge.desk.ports.mailbox import Mailbox
from concierge.desk.ports.store import Store

#: Copies a pass; the rest waits for the next one.
_BATCH = 50


def make_copies(store: Store, mailbox: Mailbox, folder: str) -> int:
    """Append sent mail to the Sent folder unless it lies there already; how many were settled.

    Raises:
        MailboxUnavailable, LoginRefused, StoreUnavailable: repeat later; looking first makes
            that harmless.
    """
    with store.begin() as tx:
        pending = tx.outbox.copies_pending(_BATCH)
    for mail in pending:
        if not mailbox.contains(folder, mail.message_id):
            mailbox.append(folder, mail.mail)
        with store.begin() as tx:
            tx.outbox.save(replace(mail, copy_pending=False), was=mail.state)
    return len(pending)
