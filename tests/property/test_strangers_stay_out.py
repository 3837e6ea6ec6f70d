"""Whatever a stranger sends, nothing of a case they are not in reaches or changes anything.

Two worlds are alike but for case 1: in one Amina tells her trouble in German, in the other Carla
asks about tours in English. Dee, in neither, does the same in both. Every draft to Dee must be the
same to the letter: then it holds nothing of case 1, neither its words nor its language, country,
urgency or subject.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.desk_fixtures import (
    AMINA,
    DEE,
    OURS,
    URGENT,
    Desk,
    bounce,
    letter,
    rulebook,
    token,
)

from concierge.desk.threading import standing_case
from concierge.domain.case import NEEDS_A_PERSON

MX = "mx.desk.example.org"
BOOK = replace(rulebook(), authserv_ids=frozenset({MX}))
CARLA = "carla@example.com"
FORM = "form@music.example.com"
CANARIES = ("zlatokanari", "Amina Modrokanarova", "rudokanari", "brnokanari")
SECRET = letter(
    f"Guten Tag, ich wohne in Berlin ({CANARIES[3]}). {CANARIES[0]} Ich kann seit Wochen nicht "
    "schlafen und habe große Angst vor jedem Auftritt.",
    sender=f"{CANARIES[1]} <{AMINA}>", subject=f"Bitte um Hilfe {CANARIES[2]}",
    mid="<first@example.org>",
    headers=("Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit"),
)  # fmt: skip
PLAIN = letter(
    "Where is the guide for touring musicians?", sender=f"Carla <{CARLA}>", subject="The guide",
    mid="<first@example.org>",
)  # fmt: skip
TEXTS = (
    "Please tell me more about this.", "What did she write?", URGENT, "Ok", "",
    "Ich brauche bitte Hilfe, ich wohne in Graz.", "I live in Leeds and look for a therapist.",
)  # fmt: skip


@dataclass(frozen=True)
class Try:
    """One thing a stranger may send; numbers choose among what they know."""

    text: str
    subject: str
    refers: str
    dress: str
    auth: str

    def raw(self, desk: Desk, owner: str, number: int) -> bytes:
        """The mail, in the world of which ``owner`` has case 1."""
        ours = desk.mail(1).message_id
        headers = {
            "none": (),
            "our id": (f"In-Reply-To: {ours}", f"References: <first@example.org> {ours}"),
            "her id": ("In-Reply-To: <first@example.org>",),
            "tag": (f"Cc: help+{token(1)}@desk.example.org",),
            "header": (f"X-Concierge-Ref: {token(1)}",),
            "own": ("In-Reply-To: <dee0@example.net>",),
        }[self.refers]
        # Who writes, and whom they ask to answer: never the owner of the case alone.
        sender, more = {
            "dee": (DEE, ()),
            "named": (f'"{owner}" <{DEE}>', ()),
            "redirected": (owner, (f"Reply-To: {DEE}",)),
            "on behalf": (DEE, (f"Reply-To: {owner}",)),
            "form": (FORM, (f"Reply-To: {DEE}",)),
            "forged": (owner, (f"Authentication-Results: {MX}; dmarc=fail",)),
            "ours": (OURS, (f"Reply-To: {DEE}",)),
            "machine": (DEE, ("Auto-Submitted: auto-replied",)),
            "bounce": ("MAILER-DAEMON@mx.example.net", (f"Reply-To: {DEE}", "Return-Path: <>")),
        }[self.dress]
        auth = (f"Authentication-Results: {self.auth}",) if self.auth else ()
        text = self.text + (f"\r\n> Ref: {token(1)}" if self.refers == "none" else "")
        if self.dress == "bounce":
            # One that names a mail of ours is believed: it may be true, and only tells staff.
            return letter(self.text, sender=sender, subject="Undeliverable", headers=more)
        return letter(
            text, sender=sender, subject=self.subject, mid=f"<dee{number}@example.net>",
            headers=(*headers, *more, *auth),
        )  # fmt: skip


TRIES = st.builds(
    Try,
    text=st.sampled_from(TEXTS),
    subject=st.sampled_from(["Re: The guide", token(1), f"Re: [{token(1)}] hello", "Hello", ""]),
    refers=st.sampled_from(["none", "our id", "her id", "tag", "header", "own"]),
    dress=st.sampled_from(
        ["dee", "named", "redirected", "on behalf", "form", "forged", "ours", "machine", "bounce"]
    ),
    auth=st.sampled_from(["", f"{MX}; dmarc=pass", "mx.evil.example; dmarc=pass"]),
)
STEPS = st.lists(
    TRIES | st.sampled_from(["resolve", "reopened", "later", "answer dee", "report"]),
    min_size=1, max_size=6,
)  # fmt: skip


class World:
    """One desk, its case 1 answered, or waiting for an answer."""

    def __init__(self, secret: bytes, owner: str, *, waits: bool) -> None:
        self.desk = Desk(book=lambda: BOOK)
        self.owner = owner
        self.desk.arrive(secret)
        self.desk.answer(1)
        if waits:
            # In the words of the first one: neither country nor language is told anew.
            self.desk.arrive(
                secret.replace(b"<first@", b"<second@").replace(
                    b"\r\nSubject: ", b"\r\nIn-Reply-To: <first@example.org>\r\nSubject: "
                )
            )
        self.numbers = count()

    def go(self, step) -> None:
        desk = self.desk
        if step == "later":
            desk.clock.pass_(days=40)
        elif step == "resolve":
            desk.casework.resolve(1, "Bo")
        elif step == "reopened":
            desk.casework.reopen(1, "Bo")
        elif step == "report":
            # Parked in the case it names: its From must not be known there afterwards.
            raw = bounce(desk.mail(1), status="4.2.2", action="delayed")
            forged = raw.replace(b"MAILER-DAEMON@mx.example.org", DEE.encode())
            number = next(self.numbers)
            desk.arrive(forged.replace(b"could not", b"could not (%d)" % number))
        elif step == "answer dee":
            for case in list(desk.store.data.cases.values()):
                draft = desk.draft(case.id)
                if draft and draft.recipient.key == DEE and case.state in NEEDS_A_PERSON:
                    desk.answer(case.id)
        else:
            before = self.case_one()
            desk.arrive(step.raw(desk, self.owner, next(self.numbers)))
            assert self.case_one() == before

    def case_one(self):
        """All of case 1 that decides what is sent to whom, and what is owed."""
        data = self.desk.store.data
        with self.desk.store.begin() as tx:
            case = tx.cases.get(1)
            assert standing_case(tx, case) == case
            readings = tx.ledger.readings(1)
        drafts = [d for d in data.drafts.values() if d.case_id == 1]
        outbox = [m for m in data.outbox.values() if m.case_id == 1]
        return case, drafts, outbox, self.desk.clocks(1), readings

    def to_dee(self) -> list:
        """What drafts to Dee say; their numbers are the same in both worlds."""
        found = (d for d in self.desk.store.data.drafts.values() if d.recipient.key == DEE)
        return [
            (d.case_id, d.subject, d.text, d.language, d.template, d.resource_ids, d.cautions,
             d.fallback_from, d.in_reply_to, d.references)
            for d in found
        ]  # fmt: skip


def allowed(step, case) -> bool:
    """Whether staff could do this now; both worlds stand alike, so one is asked."""
    if step == "resolve":
        return case.state in {*NEEDS_A_PERSON, "waiting"}
    return step != "reopened" or case.state in {"waiting", "resolved"}


@given(st.booleans(), STEPS)
@settings(
    max_examples=60, deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
def test_it_gives_a_stranger_nothing_of_a_case_and_lets_them_change_nothing(waits, steps):
    secret, plain = World(SECRET, AMINA, waits=waits), World(PLAIN, CARLA, waits=waits)
    for step in steps:
        if allowed(step, secret.desk.case(1)):
            secret.go(step)
            plain.go(step)
    theirs = secret.to_dee()
    assert theirs == plain.to_dee()
    told = repr(theirs)
    assert not [canary for canary in CANARIES if canary in told]
    owners = {AMINA, CARLA}
    for world in (secret, plain):
        for draft in world.desk.store.data.drafts.values():
            if draft.case_id == 1:
                assert draft.recipient.key in owners
        for mail in world.desk.store.data.outbox.values():
            assert (mail.recipient == world.owner) is (mail.case_id == 1)


def test_it_would_notice_a_leak():
    """The two worlds do differ in what case 1 makes of a draft."""
    secret, plain = World(SECRET, AMINA, waits=True), World(PLAIN, CARLA, waits=True)
    one, other = secret.desk.draft(1), plain.desk.draft(1)
    assert (one.language, other.language) == ("de", "en")
    assert one.text != other.text
