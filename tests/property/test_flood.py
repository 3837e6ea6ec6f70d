"""Whatever comes in whatever order: nobody is hidden in a flood, and no machine is answered."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.desk_fixtures import AMINA, NOW, OURS, URGENT, Desk, bounce, letter, token

from concierge.desk.flood import Limits
from concierge.desk.ports.views import QueueRow
from concierge.desk.queue import collapsed, grouped, in_order
from concierge.domain.case import NEEDS_A_PERSON, CaseState
from concierge.domain.findings import URGENT as URGENT_ONES
from concierge.domain.findings import Kind
from concierge.domain.message import Address
from concierge.mail.compose import OutgoingReply, compose_reply

#: What many send.
STORMS = (
    "We have received your message and will get back to you within two working days. Our opening "
    "hours are nine to five. Please do not send the same message again. The booking team",
    "Dear musicians, our house offers rooms for rehearsals at a fair price, with a piano and a "
    "drum kit, all year round. Write to us when you would like to see them.",
    "JOIN",
)
#: What one person says and nobody else.
STORIES = (
    "My landlord raised the rent, and since the studio closed I have had no work at all.",
    "I play the cello and fear that my hand will not get well before the autumn tour.",
    "Since my brother died I cannot listen to music any more. Whom could I talk to?",
    "Ich suche eine Beratung für Musiker in Berlin, weil ich nicht mehr schlafen kann.",
    "¿Dónde puedo encontrar ayuda para pagar a un terapeuta? Toco la guitarra en Sevilla.",
)
_SENDERS = st.integers(0, 30).map(lambda n: f"someone{n}@venue{n % 3}.example.com")
_MAILS = st.one_of(
    st.tuples(st.just("storm"), st.sampled_from(STORMS), _SENDERS),
    st.tuples(st.just("storm"), st.sampled_from(STORMS), st.just(AMINA)),
    st.tuples(st.just("cry"), st.sampled_from(STORMS).map(lambda s: f"{s}\n{URGENT}"), _SENDERS),
    st.tuples(st.just("person"), st.sampled_from(STORIES), _SENDERS),
    st.tuples(st.just("later"), st.just(""), st.just("")),
)


def rows_of(desk):
    rows = []
    for case in desk.store.data.cases.values():
        clocks = [c for c in desk.clocks(case.id) if c.running]
        draft = desk.draft(case.id)
        mails = sum(e.case_id == case.id for e in desk.store.data.entries.values())
        nearest = min(clocks, key=lambda c: c.due_at, default=None)
        rows.append(QueueRow(case, nearest, draft.id if draft else 0, mails))
    return in_order(row for row in rows if row.case.state in NEEDS_A_PERSON)


@settings(max_examples=60, deadline=None)
@given(st.lists(_MAILS, max_size=40), st.sampled_from([0, 3, 120]))
def test_it_hides_nobody_in_a_flood(mails, drafts_an_hour):
    desk = Desk(limits=Limits(timedelta(hours=24), drafts_an_hour))
    told: set[str] = set()
    for n, (sort, text, sender) in enumerate(mails):
        if sort == "later":
            desk.clock.pass_(hours=7)
            continue
        case = desk.arrive(
            letter(text, sender=sender, subject=f"Message {n}", mid=f"<{n}@example.com>")
        )
        first_of_its_story = sort == "person" and text not in told
        told.add(text)
        if sort == "cry" or first_of_its_story:
            assert case.flood_of == 0
        if sort == "cry":
            assert desk.draft(case.id)
    rows, now = rows_of(desk), desk.clock.now()
    lines = grouped(rows, now)
    assert_everybody_counts(desk, rows, lines, now)


def assert_everybody_counts(desk, rows, lines, now):
    assert sum(line.size for line in lines) == len(rows) == len(desk.store.data.cases)
    own = {line.row.case.id for line in lines}
    groups = {line.row.case.flood_of for line in lines if collapsed(line.row, now)}
    for row in rows:
        case = row.case
        assert row.clock is not None
        assert case.id in own or case.flood_of in groups
        if case.urgency in URGENT_ONES or not case.flood_of:
            assert case.id in own
        if case.flood_of:
            head = desk.case(case.flood_of)
            assert head.id < case.id
            assert head.flood_of == 0
    # A group stands no later than any of its cases would stand.
    order = {row.case.id: place for place, row in enumerate(rows)}
    for line in lines:
        alike = [r for r in rows if r.case.flood_of == line.row.case.flood_of and collapsed(r, now)]
        if line.size > 1:
            assert len(alike) == line.size
            assert order[line.row.case.id] == min(order[r.case.id] for r in alike)


#: How machines answer our reply: by headers, by words, by shape.
MACHINES = {
    "auto_submitted": ("Thank you.", ("Auto-Submitted: auto-replied",), "Re: yours {token}"),
    "vacation": ("I am out of the office until Monday. This is an automatic reply.",
                 ("Return-Path: <>",), "Automatic reply: yours {token}"),
    "precedence": ("We got it.", ("Precedence: auto_reply",), "Re: yours {token}"),
    "outlook": ("Ich bin nicht im Büro.", ("X-Auto-Response-Suppress: All", "Return-Path: <>"),
                "Automatische Antwort: {token}"),
    "generated": ("Ticket created.", ("Auto-Submitted: auto-generated",), "[Ticket] {token}"),
}  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(sorted(MACHINES)), st.booleans()), max_size=8),
    st.booleans(),
)
def test_it_lets_no_machine_start_anything(answers, resolved):
    desk = Desk()
    case = desk.arrive(letter())
    mail = desk.answer(case.id)
    if resolved:
        desk.casework.resolve(case.id, "Bo")
    before = (desk.case(case.id), desk.clocks(case.id), dict(desk.store.data.drafts))
    for n, (machine, mutated) in enumerate(answers):
        text, headers, subject = MACHINES[machine]
        references = (f"In-Reply-To: {mail.message_id}", f"References: {mail.message_id}")
        sender = f"amina{n}@example.org" if mutated else AMINA
        desk.arrive(
            letter(text, sender=sender, subject=subject.format(token=token(case.id)),
                   mid=f"<a{n}@example.org>", headers=(*headers, *references))
        )  # fmt: skip
        desk.send()
    assert (desk.case(case.id), desk.clocks(case.id), dict(desk.store.data.drafts)) == before
    assert len(desk.courier.delivered) == 1
    assert list(desk.store.data.cases) == [case.id]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([*STORMS, *STORIES, URGENT]), max_size=12), st.booleans())
def test_it_sends_nothing_that_nobody_approved(texts, bounced):
    """Two machines: whatever the other side sends, ours has no path to answer by itself."""
    desk = Desk()
    for n, text in enumerate(texts):
        desk.arrive(letter(text, subject=f"Message {n}", mid=f"<{n}@example.org>"))
        desk.clock.pass_(hours=1)
        desk.send()
    assert desk.store.data.outbox == {}
    assert desk.courier.delivered == []
    if texts and bounced:
        mail = desk.answer(1)
        desk.arrive(bounce(mail))
        desk.send()
        assert len(desk.courier.delivered) == 1


@pytest.mark.parametrize("kind", [Kind.AUTO_REPLY, Kind.BOUNCE, Kind.BULK, Kind.MACHINE_LOOKING])
def test_it_never_drafts_for_a_machine_even_when_it_speaks_of_dying(kind):
    """Urgent words put any mail before staff; what goes out is still a person's decision."""
    headers = {
        Kind.AUTO_REPLY: ("Auto-Submitted: auto-replied",),
        Kind.BOUNCE: ("Return-Path: <>", "X-Failed-Recipients: x@example.org"),
        Kind.BULK: ("Precedence: bulk", "List-Unsubscribe: <mailto:x@y>"),
        Kind.MACHINE_LOOKING: ("List-Unsubscribe: <mailto:x@y>",),
    }[kind]
    desk = Desk()
    desk.arrive(letter(URGENT, headers=headers))
    assert desk.store.data.labels[1].kind == kind.value
    assert desk.store.data.drafts == {}


def test_it_asks_machines_not_to_answer_our_replies():
    raw = compose_reply(
        OutgoingReply(
            from_=Address(OURS),
            to=Address(AMINA),
            subject="Re: A question",
            text="Dear Amina",
            message_id="<1@desk.example.org>",
            date=NOW,
        )
    )
    sent = message_from_bytes(raw)
    assert "OOF" in sent["X-Auto-Response-Suppress"]
    assert "AutoReply" in sent["X-Auto-Response-Suppress"]
    # A person approved it, so it does not call itself a machine's.
    assert sent["Auto-Submitted"] is None


def test_it_resumes_a_case_only_for_a_person():
    desk = Desk()
    case = desk.arrive(letter())
    desk.answer(case.id)
    desk.arrive(letter("Away.", subject=f"Re: {token(case.id)}", headers=("X-Autoreply: yes",)))
    assert desk.case(case.id).state is CaseState.WAITING
    desk.arrive(letter("Thank you, but where?", subject=f"Re: {token(case.id)}"))
    assert desk.case(case.id).state is CaseState.OPEN
