"""Where mail lands: one readable table, every story other desks have told among its rows.

Amina wrote "A question" (`<first@example.org>`) into case 1 and has our reply, which left under a
Message-ID and a token that we signed. Each row is the mail that comes next, and what becomes of it:

- ``joins``: it stands in case 1.
- ``linked``: a case of its own, linked with case 1 on both sides.
- ``possible``: a case of its own that tells staff it may follow up case 1; nothing else happened.
- ``new``: a case of its own that has nothing to do with case 1.
- ``parked``: in no queue.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from support.desk_fixtures import AMINA, DEE, OURS, URGENT, Desk, letter, rulebook, token

from concierge.domain.case import CaseState
from concierge.domain.event import EventKind
from concierge.domain.findings import Urgency
from concierge.domain.ledger import LedgerState

MX = "mx.desk.example.org"
BO = "bo@charity.example.org"
BOOK = replace(rulebook(), authserv_ids=frozenset({MX}), staff_addresses=frozenset({BO}))
FIRST = "In-Reply-To: <first@example.org>"
FAILS = f"Authentication-Results: {MX}; dmarc=fail (p=reject) header.from=example.org"
PASSES = f"Authentication-Results: {MX}; dmarc=pass header.from=example.org"
NEW = "Tour insurance in Japan"


@dataclass(frozen=True)
class World:
    """What a writer may know of case 1."""

    #: The Message-ID of our reply, its token, and the text under "Ref:".
    ours: str
    ref: str

    @property
    def answers(self) -> str:
        return f"In-Reply-To: {self.ours}"


@dataclass(frozen=True)
class Row:
    name: str
    mail: Callable[[World], bytes]
    lands: str
    #: What happened to case 1 before.
    before: str = "answered"
    #: Numbers of stories in tests/stories.md, for the reader.
    story: str = ""


def say(subject: str = "Re: A question", *headers: str, sender: str = AMINA, text="Thank you."):
    return letter(text, sender=sender, subject=subject, headers=headers)


def quoted(text: str, world: World) -> str:
    return f"{text}\r\n\r\nOn Wed, 4 Nov 2026 at 10:00, Help <{OURS}> wrote:\r\n> Ref: {world.ref}"


R = Row
ROWS = [
    # The requester goes on, however their program writes it.
    R("answers our mail", lambda w: say("Re: A question", w.answers), "joins"),
    R("only References", lambda w: say("Re: A question", f"References: <x@y> {w.ours}"), "joins"),
    R("only the token in the subject", lambda w: say(f"Re: [{w.ref}]"), "joins"),
    R("the token shouted", lambda w: say(w.ref.upper()), "joins"),
    R("the token in lower case", lambda w: say(f"re: a question {w.ref.lower()}"), "joins"),
    R("the token in the quotation", lambda w: say(text=quoted("Thanks", w)), "joins"),
    R("the token in To", lambda w: say("Re: A question", f"Cc: help+{w.ref}@desk.example.org"),
      "joins"),
    R("the token in our own header", lambda w: say("Re: A question", f"X-Concierge-Ref: {w.ref}"),
      "joins"),
    R("a relay rewrote the ids, the body has the token",
      lambda w: say("Re: A question", "In-Reply-To: <new@relay.example>", text=quoted("Yes", w)),
      "joins", story="freescout: relays that rewrite Message-ID"),
    R("answers their own first mail", lambda w: say("Re: A question", FIRST), "joins"),
    R("address in other letters", lambda w: say("Re: A question", w.answers,
      sender="Amina <AMINA@Example.ORG>"), "joins"),
    R("another display name", lambda w: say("Re: A question", w.answers,
      sender=f'"A. N. Other" <{AMINA}>'), "joins"),
    R("a person with an empty return path",
      lambda w: say("Re: A question", w.answers, "Return-Path: <>"), "joins",
      story="osTicket#3975"),
    R("a person's forwarded answer with an empty return path reopens",
      lambda w: say("Fwd: A question", w.answers, "Return-Path: <>"), "joins", "resolved",
      story="osTicket#3975"),
    R("a person through a list", lambda w: say("[tour-list] Re: A question", w.answers,
      "List-Id: <tour.example.org>"), "joins"),
    R("vouched for", lambda w: say("Re: A question", w.answers, PASSES), "joins"),
    R("nobody vouches", lambda w: say("Re: A question", w.answers), "joins"),
    # The same subject, whatever is put before it.
    R("AW:", lambda w: say("AW: A question", w.answers), "joins"),
    R("WG:", lambda w: say("WG: A question", w.answers), "joins", story="zammad#4965"),
    R("WG: AW: Re[2]:", lambda w: say("WG: AW: Re[2]: A question", w.answers), "joins"),
    R("forwarded without Fwd", lambda w: say("A question", w.answers), "joins",
      story="zammad#4965"),
    R("SV: and case", lambda w: say("SV: A  QUESTION", w.answers), "joins"),
    R("RE with a wide colon", lambda w: say("Re：A question", w.answers), "joins"),
    R("a gateway's tag", lambda w: say("[EXT] RE: A question", w.answers), "joins"),
    R("a spam filter's tag", lambda w: say("***SPAM*** Re: A question", w.answers), "joins"),
    R("no subject", lambda w: say("", w.answers), "joins"),
    R("only a prefix", lambda w: say("Re:", w.answers), "joins"),
    R("a corrected subject", lambda w: say("Re: A qestion", w.answers), "joins"),
    R("an extended subject", lambda w: say("Re: A question - one more thing", w.answers), "joins"),
    R("a shortened subject", lambda w: say("Re: question", w.answers), "joins"),
    R("a new subject that names the case by token", lambda w: say(f"{NEW} [{w.ref}]"), "joins"),
    # A new matter in an old thread.
    R("a new subject over our mail", lambda w: say(NEW, w.answers), "linked",
      story="chatwoot#15869"),
    R("a new subject with Re:", lambda w: say(f"Re: {NEW}", w.answers), "linked",
      story="chatwoot#15869"),
    R("a new subject over the whole quotation",
      lambda w: say(NEW, w.answers, text=quoted("Do you know an insurer?", w)), "linked",
      story="chatwoot#15869"),
    R("a new subject over their own mail", lambda w: say(NEW, FIRST), "linked"),
    R("a new subject in another script", lambda w: say("保険について", w.answers), "linked"),
    R("a new subject to a resolved case", lambda w: say(NEW, w.answers), "linked", "resolved"),
    R("a new subject, and in danger", lambda w: say(NEW, w.answers, text=URGENT), "joins"),
    R("a new matter without references", lambda w: say(NEW), "possible"),
    R("the same subject without references", lambda w: say("A question"), "possible",
      story="roundup matches by title"),
    # Resolved and merged cases.
    R("within the reopening time", lambda w: say("Re: A question", w.answers), "joins",
      "resolved", story="freescout#5482"),
    R("after the reopening time", lambda w: say("Re: A question", w.answers), "linked",
      "long resolved", story="freescout#5482"),
    R("after it, and in danger", lambda w: say("Re: A question", w.answers, text=URGENT), "linked",
      "long resolved"),
    R("without references after it", lambda w: say("A question"), "new", "long resolved"),
    R("merged: followed", lambda w: say("Re: A question", w.answers), "joins case 2", "merged",
      story="freescout#5482"),
    R("merged: their own first mail", lambda w: say("Re: A question", FIRST), "joins case 2",
      "merged"),
    R("merged: a stranger", lambda w: say("Re: A question", w.answers, sender=DEE),
      "possible case 2", "merged"),
    R("merged in a circle", lambda w: say("Re: A question", w.answers), "possible", "circle"),
    # Strangers.
    R("a stranger with our Message-ID", lambda w: say("Re: A question", w.answers, sender=DEE),
      "possible", story="alga-psa PR#3241"),
    R("a stranger with the token in the subject", lambda w: say(w.ref, sender=DEE), "possible",
      story="zammad#5064, zammad#2444"),
    R("a stranger with the token in the text", lambda w: say("Hi", sender=DEE, text=w.ref),
      "possible", story="zammad#2444"),
    R("a stranger with the token in To", lambda w: say("Hi", f"Cc: help+{w.ref}@desk.example.org",
      sender=DEE), "possible"),
    R("a stranger with the number alone", lambda w: say("[#1] Ticket#1 Case 1", sender=DEE), "new",
      story="zammad#5064"),
    R("a stranger with a forged token", lambda w: say("C-1-0-0000000000", sender=DEE), "new"),
    R("a stranger with her Message-ID", lambda w: say("Re: A question", FIRST, sender=DEE), "new"),
    R("a stranger with the subject", lambda w: say("Re: A question", sender=DEE), "new",
      story="roundup matches by title"),
    R("a stranger under her name", lambda w: say(w.ref, sender=f'"{AMINA}" <{DEE}>'), "possible"),
    R("her From, answers to a stranger", lambda w: say(w.ref, f"Reply-To: {DEE}"), "possible",
      story="freescout#5121"),
    R("a stranger's From, answers to her", lambda w: say(w.ref, f"Reply-To: {AMINA}", sender=DEE),
      "possible"),
    R("a stranger's From, answers to her, her Message-ID",
      lambda w: say("Re: A question", FIRST, f"Reply-To: {AMINA}", sender=DEE), "possible"),
    R("a neighbour of hers with a tag", lambda w: say(w.ref, sender="amina+x@example.org"),
      "possible"),
    R("an address that looks like hers", lambda w: say(w.ref, sender="аmina@example.org"),
      "possible"),
    R("a stranger in danger", lambda w: say(w.ref, sender=DEE, text=URGENT), "possible"),
    R("a friend forwards our reply", lambda w: say("Fwd: A question", w.answers, sender=DEE),
      "possible"),
    # Our own server says that it is not she.
    R("forged, with our Message-ID", lambda w: say("Re: A question", w.answers, FAILS), "possible",
      story="breeze PR#1699"),
    R("forged, with the token", lambda w: say(w.ref, FAILS), "possible"),
    R("forged, with her Message-ID", lambda w: say("Re: A question", FIRST, FAILS), "possible"),
    R("forged, in danger", lambda w: say(w.ref, FAILS, text=URGENT), "possible"),
    R("forged, without references", lambda w: say("Hello", FAILS), "possible"),
    R("another server's word about it", lambda w: say("Re: A question", w.answers,
      FAILS.replace(MX, "mx.elsewhere.example")), "joins"),
    R("spf alone failed, as behind every forwarder", lambda w: say("Re: A question", w.answers,
      f"Authentication-Results: {MX}; spf=fail smtp.mailfrom=example.org"), "joins"),
    # Our own addresses.
    R("our own mail coming back", lambda w: say(w.ref, w.answers, sender=OURS), "parked",
      story="PostHog PR#92017"),
    R("our own mail from a tagged address",
      lambda w: say(w.ref, sender=f"help+{w.ref}@desk.example.org"), "parked",
      story="PostHog PR#92017"),
    R("all mail from our own address", lambda w: say("New", sender=OURS), "parked",
      story="libredesk#90"),
    R("our own address writes for somebody", lambda w: say(w.ref, f"Reply-To: {DEE}", sender=OURS),
      "possible", story="libredesk#90"),
    R("her answer with our address in Reply-To",
      lambda w: say("Re: A question", w.answers, f"Reply-To: {OURS}"), "joins"),
    # Machines join nothing and reopen nothing.
    R("her vacation program", lambda w: say("Automatic reply: A question", w.answers,
      "Auto-Submitted: auto-replied"), "parked", "resolved"),
    R("her vacation program in danger words", lambda w: say("Automatic reply: A question",
      w.answers, "Auto-Submitted: auto-replied", text=URGENT), "joins"),
]  # fmt: skip


def prepared(before: str) -> tuple[Desk, World]:
    """A desk whose case 1 stands as asked for."""
    desk = Desk(book=lambda: BOOK)
    case = desk.arrive(letter(mid="<first@example.org>"))
    mail = desk.answer(case.id)
    if before.endswith("resolved"):
        desk.casework.resolve(case.id, "Bo")
        desk.clock.pass_(days=31 if "long" in before else 1)
    if before in {"merged", "circle"}:
        desk.arrive(letter(subject="Another matter", mid="<other@example.org>"))
        cases = desk.store.data.cases
        cases[1] = replace(cases[1], merged_into=2)
        if before == "circle":
            cases[2] = replace(cases[2], merged_into=1)
        else:
            cases[1] = replace(cases[1], state=CaseState.RESOLVED, resolved_at=desk.clock.now())
            with desk.store.begin() as tx:
                for entry in tx.ledger.entries(1):
                    tx.ledger.move(entry, entry.state, tx.ledger.labels(entry.id), case_id=2)
    return desk, World(mail.message_id, token(case.id))


def landing(desk: Desk, raw: bytes) -> tuple[str, int]:
    known = max(desk.store.data.cases)
    entry = desk.keep(raw)
    assert desk.admit().failures == ()
    placed = desk.entry(entry.id)
    if placed.state is LedgerState.MUTED:
        return "parked", 0
    if placed.case_id <= known:
        return "joins", placed.case_id
    with desk.store.begin() as tx:
        links = tx.links.of_case(placed.case_id)
    possible = [
        int(event.get("of_case"))
        for event in desk.events(placed.case_id, EventKind.POSSIBLE_FOLLOW_UP)
    ]
    assert not (links and possible)
    if links:
        other = desk.events(links[0], EventKind.LINKED)
        assert [event.get("case") for event in other] == [str(placed.case_id)]
        return "linked", links[0]
    return ("possible", possible[0]) if possible else ("new", 0)


@pytest.mark.story(8)
@pytest.mark.story(10)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.before}: {row.name}")
def test_it_lands_where_it_belongs(row):
    desk, world = prepared(row.before)
    was = desk.case(1)
    drafts = dict(desk.store.data.drafts)
    lands, number = landing(desk, row.mail(world))
    told = lands if number in {0, 1} else f"{lands} case {number}"
    assert told == row.lands
    if lands in {"new", "possible", "parked"}:
        assert desk.case(1) == was
        assert desk.store.data.drafts.items() >= drafts.items()


def test_it_has_enough_rows():
    assert len(ROWS) >= 60
    assert len({(row.before, row.name) for row in ROWS}) == len(ROWS)


def test_it_puts_a_case_on_top_that_an_urgent_message_reopens():
    desk, world = prepared("resolved")
    assert landing(desk, say("Re: A question", world.answers, text=URGENT)) == ("joins", 1)
    case = desk.case(1)
    assert (case.urgency, case.state, case.resolved_at) == (
        Urgency.EMERGENCY, CaseState.OPEN, None,
    )  # fmt: skip
    owed = [c for c in desk.clocks(1) if c.met_at is None]
    assert {c.urgency for c in owed} == {Urgency.EMERGENCY}
    assert {c.kind.value for c in owed} == {"next_response", "resolution"}
    assert all(c.running for c in owed)


def test_it_tells_staff_why_forged_mail_joined_nothing():
    desk, world = prepared("answered")
    landing(desk, say(world.ref, FAILS))
    assert "dmarc=fail" in desk.case(2).attention


@pytest.mark.parametrize(
    ("header", "told"), [(PASSES, "pass"), (FAILS, "fail"), ("X-A: b", "none")]
)
def test_it_keeps_what_our_server_said_of_the_sender(header, told):
    desk, _ = prepared("answered")
    landing(desk, say("Hello", header))
    with desk.store.begin() as tx:
        (reading,) = tx.ledger.readings(2)
    assert reading.triage["authentication"]["value"] == told
    assert reading.triage["authentication"]["evidence"][0]["note"]


LETTER = (
    "Can you help her?\r\n\r\n---------- Forwarded message ---------\r\n"
    "From: Carla <carla@example.com>\r\nDate: Wed, 4 Nov 2026 at 10:00\r\nSubject: Rent\r\n"
    "To: <{}>\r\n\r\nI cannot pay my rent.\r\n"
)


def test_it_lets_staff_confirm_whose_letter_a_friend_forwards():
    desk, _ = prepared("answered")
    assert landing(desk, say("Fwd: Rent", sender=DEE, text=LETTER.format(DEE))) == ("new", 0)
    case = desk.case(2)
    assert case.requester.address == DEE
    assert desk.draft(2).recipient.address == DEE
    for words in ("Forwarded: ", "carla@example.com", "concierge case requester 2 --forwarded"):
        assert words in case.attention
    (event,) = desk.events(2, EventKind.FORWARD_FOUND)
    assert "carla" not in repr(event)
    with desk.store.begin() as tx:
        (reading,) = tx.ledger.readings(2)
    found = reading.triage["forwarded"]
    assert (found["address"], found["name"]) == ("carla@example.com", "Carla")
    assert found["because"]


def test_it_answers_no_colleague_who_forwards_a_letter():
    desk, _ = prepared("answered")
    landing(desk, say("Fwd: Rent", sender=BO, text=LETTER.format(BO)))
    assert desk.case(2).requester.address == ""
    assert desk.draft(2) is None
    assert "--forwarded" in desk.case(2).attention


def test_it_takes_a_letter_inside_an_answer_for_part_of_the_case():
    desk, world = prepared("answered")
    raw = say("Fwd: A question", world.answers, text=LETTER.format(AMINA))
    assert landing(desk, raw) == ("joins", 1)
    assert desk.events(1, EventKind.FORWARD_FOUND) == []


def test_it_takes_a_forwarded_bounce_for_a_persons_mail():
    desk, _ = prepared("answered")
    text = LETTER.format(DEE).replace("Carla <carla@example.com>", "<mailer-daemon@mx.example>")
    assert landing(desk, say("Fwd: Undelivered", sender=DEE, text=text)) == ("new", 0)
    assert desk.events(2, EventKind.FORWARD_FOUND) == []


def test_it_goes_on_in_the_new_case_when_both_are_named():
    desk, world = prepared("answered")
    desk.arrive(letter("Insurance?", subject=NEW, headers=(world.answers,)))
    mail = desk.answer(2)
    refs = f"References: {world.ours} {mail.message_id}"
    assert landing(desk, say(f"Re: {NEW}", refs)) == ("joins", 2)
    assert landing(desk, say("Re: A question", refs)) == ("joins", 1)


def test_it_shapes_no_draft_to_a_second_writer_by_the_case():
    desk = Desk(book=lambda: BOOK)
    work = "amina@label.example.com"
    case = desk.arrive(letter(URGENT, sender=work, headers=(f"Reply-To: {AMINA}",)))
    desk.arrive(letter("Where is the guide for touring musicians?", sender=work,
                       subject=token(case.id)))  # fmt: skip
    draft = desk.draft(case.id)
    assert draft.recipient.address == work
    assert "crisis" not in draft.template
    assert any("the case is another's" in caution for caution in draft.cautions)
