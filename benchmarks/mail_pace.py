"""Intake and pipeline, against fetching and parsing alone on the same real Dovecot."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import desk
import letters
from measure import Cost, Measure, Note, Result, Stages, cost, interleaved, middle, replaced

#: Mails in one FETCH of the baseline: larger ones were measured to be no quicker.
_BATCH = 50


@dataclass(frozen=True)
class Bench:
    """A server full of mail, and a desk beside it."""

    place: Any
    account: Any
    port: int
    count: int

    def bare(self) -> None:
        """Fetch everything and decode every part: the ceiling of any program in Python."""
        from imapclient import IMAPClient
        from servers.dovecot import PASSWORD

        client = IMAPClient("127.0.0.1", self.port, ssl=False)
        try:
            client.login(self.account.username, PASSWORD)
            client.select_folder("INBOX")
            uids = client.search("ALL")
            assert len(uids) == self.count, len(uids)
            for start in range(0, len(uids), _BATCH):
                for items in client.fetch(uids[start : start + _BATCH], ["BODY.PEEK[]"]).values():
                    parsed = email.message_from_bytes(
                        items[b"BODY[]"], policy=email.policy.compat32
                    )
                    for part in parsed.walk():
                        part.get_payload(decode=True)
        finally:
            client.logout()

    def collect(self, store: Any) -> None:
        """Ours: fetched and stored durably."""
        from concierge.bootstrap import open_mailbox

        with open_mailbox(self.place.config) as mailbox:
            collected = desk.make_intake(store, mailbox).collect("INBOX")
        assert collected.new == self.count, collected


@contextmanager
def bench(count: int) -> Iterator[Bench]:
    with ExitStack() as stack:
        from servers.dovecot import PASSWORD, Dovecot

        server = stack.enter_context(Dovecot())
        account = server.account("bench")
        for mail in letters.mails(count):
            account.deliver(mail)
        place = stack.enter_context(
            desk.deployment(imap_port=server.port, username="bench", password=PASSWORD)
        )
        ready = Bench(place, account, server.port, count)
        # The server reads new files, and we load what is loaded once, before anything is counted.
        ready.bare()
        with desk.fresh_store(place) as store:
            ready.collect(store)
        yield ready


def intake(*, quick: bool) -> list[Result]:
    """Pace of fetching and storing durably, against fetching and parsing."""
    with bench(300 if quick else 1200) as ready:
        bare: list[Cost] = []
        ours: list[Cost] = []
        for turn in range(3 if quick else 9):
            with desk.fresh_store(ready.place) as store:
                jobs: list[tuple[list[Cost], Callable[[], None]]] = [
                    (bare, ready.bare),
                    (ours, lambda store=store: ready.collect(store)),
                ]
                for taken, job in jobs if turn % 2 == 0 else reversed(jobs):
                    taken.append(cost(job))
    pace = middle([b.wall / o.wall for b, o in zip(bare, ours, strict=True)])
    per = 1e6 / ready.count
    return [
        Measure(
            "intake pace (wall)",
            f"{middle([o.wall for o in ours]) * per:.0f} us/mail",
            f"{middle([b.wall for b in bare]) * per:.0f} us/mail",
            pace,
            0.7,
            at_least=True,
        ),
        Note(
            "intake CPU",
            (
                f"ours {middle([o.cpu for o in ours]) * per:.0f} us/mail, "
                f"bare {middle([b.cpu for b in bare]) * per:.0f} us/mail",
            ),
        ),
    ]


def pipeline(*, quick: bool) -> list[Result]:
    """CPU of the whole way to a draft, against fetching and parsing; and where it goes."""
    with bench(200 if quick else 1000) as ready:
        book = desk.rulebook(ready.place)

        def whole() -> None:
            with desk.fresh_store(ready.place) as store:
                ready.collect(store)
                cases = desk.admit_all(desk.make_admission(ready.place, store, book))
                assert cases > ready.count * 0.9, cases

        whole()
        bare, ours = interleaved(2 if quick else 5, ready.bare, whole)
        stages = _stages(ready, book)
    per = 1e6 / ready.count
    return [
        Measure(
            "pipeline (CPU)",
            f"{middle([o.cpu for o in ours]) * per:.0f} us/mail",
            f"{middle([b.cpu for b in bare]) * per:.0f} us/mail",
            middle([o.cpu / b.cpu for o, b in zip(ours, bare, strict=True)]),
            9,
        ),
        Note("pipeline CPU by stage (timers on, so a little more)", stages.lines(ready.count)),
    ]


def _stages(ready: Bench, book: Any) -> Stages:
    """One more pass with a timer around every stage."""
    from concierge.desk import bearings, proposals, threading
    from concierge.desk import triage as conclude
    from concierge.mail import imap, mime
    from concierge.store.intake import record  # noqa: F401 - loaded before it is timed
    from concierge.store.ledger import SqliteLedger

    stages = Stages()
    fetch = imap.ImapMailbox.fetch
    timed: list[tuple[object, str, str]] = [
        (mime, "read", "mime.read"),
        (conclude.cleaning, "own_words", "cleaning"),
        (conclude.kind, "kind_of", "kind"),
        (conclude.urgency, "urgency_of", "urgency"),
        (bearings.language, "language_of", "language"),
        (bearings.country, "whereabouts_of", "country"),
        (conclude.topics, "topics_of", "topics"),
        (conclude.routing, "route_of", "route"),
        (conclude.matching, "match", "match"),
        (proposals, "compose_draft", "draft"),
        (threading, "place", "threading (+reads)"),
        (SqliteLedger, "raw", "raw read"),
        (SqliteLedger, "record", "store raw"),
    ]
    with ExitStack() as stack, desk.fresh_store(ready.place) as store:
        for where, name, stage in timed:
            stack.enter_context(replaced(where, name, stages.timed(stage, getattr(where, name))))
        stack.enter_context(
            replaced(
                imap.ImapMailbox,
                "fetch",
                lambda self, uids: stages.steps("fetch", fetch(self, uids)),
            )
        )
        with stages.within("collect, rest"):
            ready.collect(store)
        admission = desk.make_admission(ready.place, store, book)
        place = type(admission)._place
        stack.enter_context(replaced(type(admission), "_place", stages.timed("placement", place)))
        with stages.within("admission, rest"):
            desk.admit_all(admission)
    return stages
