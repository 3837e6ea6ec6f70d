"""A stranger never enters a case, whatever they quote."""

from __future__ import annotations

import pytest
from support.desk_fixtures import AMINA, DEE, OURS, Desk, bounce, letter, token

from concierge.domain.case import CaseState
from concierge.domain.event import EventKind

FORM = "form@music.example.com"


def form_letter(writer: str, text: str = "Where is the guide?", **more) -> bytes:
    """What a web form on the charity's site sends."""
    more.setdefault("subject", f"Form: {writer}")
    return letter(text, sender=FORM, headers=(f"Reply-To: {writer}",), **more)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def amina(desk):
    """Amina's case, answered."""
    case = desk.arrive(letter(mid="<first@example.org>"))
    desk.answer(case.id)
    return desk.case(case.id)


def possible(desk, case) -> set[str]:
    return {e.get("of_case") for e in desk.events(case.id, EventKind.POSSIBLE_FOLLOW_UP)}


def linked(desk, case) -> set[int]:
    """The cases this one is linked with; both histories tell so."""
    with desk.store.begin() as tx:
        numbers = set(tx.links.of_case(case.id))
    for number in numbers:
        assert {e.get("case") for e in desk.events(number, EventKind.LINKED)} >= {str(case.id)}
    assert {e.get("case") for e in desk.events(case.id, EventKind.LINKED)} == set(map(str, numbers))
    return numbers


@pytest.mark.parametrize("where", ["subject", "body", "references", "in-reply-to", "header", "to"])
def test_it_joins_by_our_reference_wherever_it_stands(desk, amina, where):
    ours = desk.mail(1).message_id
    ref = token(amina.id)
    again = {
        "subject": lambda: letter("Thanks", subject=f"Re: [{ref}] guide"),
        "body": lambda: letter(f"Thanks\r\n\r\n> Ref: {ref}"),
        "references": lambda: letter("Thanks", headers=(f"References: <x@y> {ours}",)),
        "in-reply-to": lambda: letter("Thanks", headers=(f"In-Reply-To: {ours}",)),
        "header": lambda: letter("Thanks", headers=(f"X-Concierge-Ref: {ref}",)),
        "to": lambda: letter("Thanks", headers=(f"Cc: help+{ref}@desk.example.org",)),
    }[where]()
    assert desk.arrive(again).id == amina.id


@pytest.mark.parametrize("shout", [str.upper, str.lower, str.title])
def test_it_knows_a_sender_however_they_write_their_address(desk, amina, shout):
    again = letter("Thanks", sender=f"Amina <{shout(AMINA)}>", subject=f"Re: {token(amina.id)}")
    assert desk.arrive(again).id == amina.id


@pytest.mark.parametrize(
    "trick",
    [
        lambda ours, ref: letter("Tell me more", sender=DEE, subject=f"Re: {ref}"),
        lambda ours, ref: letter(
            "Tell me more", sender=DEE, headers=(f"References: {ours}", f"In-Reply-To: {ours}")
        ),
        lambda ours, ref: letter(
            "Tell me more", sender=DEE, headers=("In-Reply-To: <first@example.org>",)
        ),
        lambda ours, ref: letter("Tell me more", sender=f'"{AMINA}" <{DEE}>', subject=ref),
        # Amina's address in From, the answer to somebody else.
        lambda ours, ref: letter("Tell me", subject=ref, headers=(f"Reply-To: {DEE}",)),
    ],
)
def test_it_keeps_a_stranger_out(desk, amina, trick):
    theirs = desk.arrive(trick(desk.mail(1).message_id, token(amina.id)))
    assert theirs.id != amina.id
    assert desk.case(amina.id) == amina
    assert desk.draft(theirs.id).recipient.address == DEE
    assert AMINA not in desk.draft(theirs.id).text


def test_it_tells_staff_of_the_case_a_strangers_token_names(desk, amina):
    theirs = desk.arrive(letter("Hello", sender=DEE, subject=token(amina.id)))
    assert possible(desk, theirs) == {str(amina.id)}
    assert str(amina.id) in theirs.attention


def test_it_takes_a_forged_token_for_nothing(desk, amina):
    forged = token(amina.id)[:-1] + ("0" if token(amina.id)[-1] != "0" else "1")
    theirs = desk.arrive(letter("Hello", sender=DEE, subject=forged))
    assert (theirs.id != amina.id, possible(desk, theirs)) == (True, set())


def test_it_takes_a_signed_token_of_an_erased_case_for_nothing(desk):
    theirs = desk.arrive(letter(subject=token(4711)))
    assert (theirs.id, possible(desk, theirs)) == (1, set())


def test_it_joins_an_answer_to_the_requesters_own_message(desk, amina):
    again = letter("I forgot", headers=("In-Reply-To: <first@example.org>",))
    assert desk.arrive(again).id == amina.id


def test_it_names_open_cases_of_the_same_sender(desk, amina):
    other = desk.arrive(letter("Something else", subject="Tour insurance"))
    assert other.id != amina.id
    assert possible(desk, other) == {str(amina.id)}


@pytest.mark.parametrize(("days", "joined"), [(29, True), (31, False)])
def test_it_reopens_a_resolved_case_only_for_a_while(desk, amina, days, joined):
    desk.casework.resolve(amina.id, "Bo")
    desk.clock.pass_(days=days)
    again = desk.arrive(letter("Once more", subject=token(amina.id)))
    assert (again.id == amina.id) is joined
    assert desk.case(amina.id).state is (CaseState.OPEN if joined else CaseState.RESOLVED)
    if not joined:
        assert linked(desk, again) == {amina.id}


def test_it_answers_the_person_behind_a_web_form(desk):
    case = desk.arrive(form_letter(AMINA))
    assert case.requester.address == AMINA
    assert desk.draft(case.id).recipient.address == AMINA


def test_it_joins_the_answer_of_somebody_who_used_a_web_form(desk):
    case = desk.arrive(form_letter(AMINA))
    desk.answer(case.id)
    assert desk.arrive(letter("Thanks", subject=token(case.id))).id == case.id


def test_it_does_not_take_two_people_behind_one_web_form_for_one(desk):
    first = desk.arrive(form_letter(AMINA))
    second = desk.arrive(form_letter(DEE, f"I found this: {token(first.id)}"))
    assert second.id != first.id
    assert possible(desk, second) == {str(first.id)}
    third = desk.arrive(form_letter("carla@example.net"))
    assert possible(desk, third) == set()


def test_it_lets_nobody_in_through_a_form_that_names_nobody(desk):
    first = desk.arrive(form_letter(AMINA))
    desk.arrive(form_letter(DEE))
    nameless = letter(f"More on {token(first.id)}", sender=FORM, subject="Form")
    assert desk.arrive(nameless).id != first.id


def test_it_knows_both_addresses_of_one_person(desk):
    work = "amina@label.example.com"
    case = desk.arrive(letter(sender=work, headers=(f"Reply-To: {AMINA}",)))
    assert desk.arrive(letter("More", sender=work, subject=token(case.id))).id == case.id
    assert desk.arrive(letter("Again", subject=token(case.id))).id == case.id


def test_it_finds_a_case_behind_many_of_the_same_sender(desk):
    first = desk.arrive(letter(mid="<0@example.org>"))
    for number in range(1, 25):
        desk.arrive(letter(subject=f"Matter {number}"))
    assert desk.arrive(letter("And this", subject=token(first.id))).id == first.id


def test_it_never_answers_itself_because_of_a_reply_to(desk):
    case = desk.arrive(letter(headers=(f"Reply-To: {OURS}",)))
    assert case.requester.address == AMINA
    assert desk.draft(case.id).recipient.address == AMINA


@pytest.mark.parametrize(
    "own", [OURS, "Help@Desk.Example.org", f"help+{token(1)}@desk.example.org"]
)
def test_it_neither_opens_a_case_for_itself_nor_joins_one(desk, amina, own):
    before = desk.store.data.cases
    desk.arrive(letter("Our own words", sender=own, subject=token(amina.id)))
    desk.arrive(letter("Words", sender=own, headers=("In-Reply-To: <first@example.org>",)))
    assert desk.case(amina.id) == amina
    drafts = desk.store.data.drafts.values()
    assert [d.recipient.address for d in drafts] == [AMINA]
    assert desk.store.data.cases == before


def test_it_keeps_out_who_once_wrote_with_somebody_elses_reply_to(desk):
    case = desk.arrive(
        letter("Where is the guide?", sender=DEE, mid="<d1@x>", headers=(f"Reply-To: {AMINA}",))
    )
    mail = desk.answer(case.id)
    answer = letter("My secret is", headers=(f"In-Reply-To: {mail.message_id}",))
    assert desk.arrive(answer).id == case.id
    again = desk.arrive(letter("Tell me more", sender=DEE, headers=("In-Reply-To: <d1@x>",)))
    assert again.id != case.id
    assert "Possible follow-up" in again.attention


def test_a_report_that_anybody_can_forge_makes_nobody_known_in_a_case(desk, amina):
    forged = bounce(desk.mail(1), status="4.2.2", action="delayed")
    desk.arrive(forged.replace(b"From: MAILER-DAEMON@mx.example.org", b"From: " + DEE.encode()))
    assert desk.store.data.entries[2].case_id == amina.id
    case = desk.arrive(letter("What did she write?", sender=DEE, subject=f"Re: {token(amina.id)}"))
    assert case.id != amina.id
    assert possible(desk, case) == {str(amina.id)}
