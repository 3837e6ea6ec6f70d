"""Near-identical mail is seen as one flood, and nobody is hidden in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from support.desk_fixtures import AMINA, HOUR, OURS, URGENT, Desk, letter, token
from support.staffed_desk import StaffedDesk

from concierge.desk.flood import Limits, take_out
from concierge.desk.ports.views import QueueRow
from concierge.desk.queue import collapsed, grouped, in_order
from concierge.desk.supervision import storm, sweep
from concierge.domain.case import NEEDS_A_PERSON, CaseState
from concierge.domain.draft import RejectReason
from concierge.domain.event import EventKind
from concierge.domain.findings import Urgency
from concierge.domain.sla import ClockKind
from concierge.errors import Refused, TakenByAnother

STORM = (
    "We have received your message under the number {n} and will get back to you within two "
    "working days. Our opening hours are nine to five. Please keep the number {n} for your "
    "records and do not send the same message again."
)
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def storm_mail(n, *, sender="", text=STORM, subject="Your message {n}", headers=()):
    return letter(
        text.format(n=n),
        sender=sender or f"booking{n}@venue{n}.example.com",
        subject=subject.format(n=n),
        mid=f"<{n}@venue.example.com>",
        headers=headers,
    )


def flood(desk, count=6, **how):
    return [desk.arrive(storm_mail(n, **how)) for n in range(1, count + 1)]


def floods(cases):
    return [case.flood_of for case in cases]


def waiting(desk):
    rows = []
    for case in desk.store.data.cases.values():
        if case.state in NEEDS_A_PERSON:
            clocks = [c for c in desk.clocks(case.id) if c.running]
            draft = desk.draft(case.id)
            mails = sum(e.case_id == case.id for e in desk.store.data.entries.values())
            nearest = min(clocks, key=lambda c: c.due_at, default=None)
            rows.append(QueueRow(case, nearest, draft.id if draft else 0, mails))
    return in_order(rows)


def shown(desk):
    return [(one.row.case.id, one.size) for one in grouped(waiting(desk), desk.clock.now())]


# What is a flood.


def test_it_collapses_from_the_fifth_of_different_senders_on(desk):
    cases = flood(desk, 7)
    assert floods(cases) == [0, 0, 0, 0, 1, 1, 1]
    assert shown(desk) == [(1, 1), (2, 1), (3, 1), (4, 1), (5, 3)]


def test_it_collapses_from_the_third_of_one_sender_on(desk):
    assert floods(flood(desk, 4, sender=AMINA)) == [0, 0, 1, 1]


def test_it_sees_mutating_senders_and_days_and_numbers_as_the_same(desk):
    cases = [
        desk.arrive(
            storm_mail(n, sender=f"bookin{'abcdef'[n]}@venue.example.com",
                       subject=f"Re: {DAYS[n % 5]}, message {{n}}X{n}")
        )
        for n in range(6)
    ]  # fmt: skip
    assert floods(cases) == [0, 0, 0, 0, 1, 1]


def test_it_never_takes_people_who_call_for_help_in_a_few_words_for_a_flood(desk):
    texts = ["help", "help", "please help me", "please help me", "Help!!", "help me"]
    people = ["amina", "dee", "eve", "frank", "grace", "heidi"]
    cases = [
        desk.arrive(letter(text, sender=f"{who}@example.com", subject="help"))
        for who, text in zip(people, texts, strict=True)
    ]
    assert floods(cases) == [0] * 6


def test_it_bounds_even_a_storm_of_a_few_words(desk):
    found = floods(flood(desk, 17, text="JOIN", subject="JOIN"))
    assert found == [0] * 14 + [1] * 3


def test_it_keeps_apart_what_people_write_into_the_same_form(desk):
    form = (
        "Application to the therapy fund. Name: {name}. I play {plays}. I would like to have help "
        "with the costs of a therapist. What happened: {what} I agree that you keep this form."
    )
    stories = [
        ("Amina", "the oud", "I lost my work in spring."),
        ("Dee", "bass", "My band broke up and I drink too much."),
        ("Eve", "cello", "My mother died and I do not sleep."),
        ("Frank", "drums", "An accident on tour, I cannot hear well."),
        ("Grace", "violin", "Panic before every concert since June."),
        ("Heidi", "the harp", "I am afraid of my manager."),
    ]
    cases = [
        desk.arrive(
            letter(form.format(name=name, plays=plays, what=what),
                   sender=f"{name.lower()}@example.com", subject="Therapy fund application")
        )
        for name, plays, what in stories
    ]  # fmt: skip
    assert floods(cases) == [0] * 6


def test_it_shows_what_somebody_adds_to_the_letter_that_all_send(desk):
    flood(desk, 6)
    text = STORM + " Since the tour I cannot sleep and nobody at home speaks to me any more."
    assert desk.arrive(storm_mail(7, text=text)).flood_of == 0


def test_it_never_collapses_an_urgent_message(desk):
    flood(desk, 6)
    cry = desk.arrive(storm_mail(7, text=STORM + f" {URGENT}"))
    assert (cry.flood_of, cry.urgency) == (0, Urgency.EMERGENCY)
    assert desk.draft(cry.id)
    assert shown(desk)[0] == (cry.id, 1)


def test_it_never_collapses_a_message_that_joins_a_case(desk):
    case = desk.arrive(storm_mail(1, sender=AMINA))
    for n in range(2, 5):
        joined = desk.arrive(storm_mail(n, sender=AMINA, subject=f"Re: {token(case.id)} {{n}}"))
        assert (joined.id, joined.flood_of) == (case.id, 0)
    assert len(desk.store.data.likenesses) == 1


@pytest.mark.parametrize(("hours", "expected"), [(23, [0, 0, 0, 0, 1]), (25, [0, 0, 0, 0, 0])])
def test_it_compares_within_the_window_alone(desk, hours, expected):
    cases = flood(desk, 4)
    desk.clock.pass_(hours=hours)
    assert floods([*cases, desk.arrive(storm_mail(5))]) == expected


def test_it_goes_on_with_a_flood_that_lasts_for_days(desk):
    cases = flood(desk, 6)
    for n in range(7, 12):
        desk.clock.pass_(hours=20)
        cases.append(desk.arrive(storm_mail(n)))
    # Four within the window are needed again and again; the first one stays the first.
    assert floods(cases)[6] == 1
    assert all(case.flood_of in {0, 1} for case in cases)


def test_it_compares_nothing_when_the_window_is_closed():
    desk = Desk(limits=Limits(window=timedelta(0)))
    assert floods(flood(desk, 8)) == [0] * 8
    assert desk.store.data.likenesses == {}


def test_it_takes_what_cannot_be_read_for_like_nothing(desk):
    desk.reader = lambda raw, complete, size: replace(_read(raw), encrypted=True)
    assert floods(flood(desk, 8)) == [0] * 8


def _read(raw):
    from concierge.mail.mime import read

    return read(raw)


def test_it_tells_two_floods_of_one_sender_apart(desk):
    other = (
        "Dear customer, your booking request could not be handled because the calendar of the "
        "house is full. Ask again next season, please, and have a look at our other stages."
    )
    cases = [
        desk.arrive(storm_mail(n, sender=f"b{n}@venue.example.com", text=STORM if n % 2 else other))
        for n in range(1, 15)
    ]
    assert floods(cases)[-4:] == [1, 2, 1, 2]
    assert [size for _, size in shown(desk)] == [1] * 8 + [3, 3]


# What a collapsed case is.


def test_it_gives_a_collapsed_case_clocks_and_no_draft(desk):
    case = flood(desk, 5)[-1]
    assert {c.kind for c in desk.clocks(case.id)} == {
        ClockKind.FIRST_RESPONSE,
        ClockKind.RESOLUTION,
    }
    assert desk.draft(case.id) is None
    assert "Repeats case 1" in case.attention
    assert f"case unflood {case.id}" in case.attention
    assert [e.get("of_case") for e in desk.events(case.id, EventKind.FLOODED)] == ["1"]


def test_it_counts_the_deadlines_of_collapsed_cases(desk):
    flood(desk, 6)
    desk.clock.pass_(days=20)
    assert sweep(desk.store, desk.clock).breached == 12


def test_it_gives_a_case_its_row_back_when_its_requester_writes_again(desk):
    case = flood(desk, 6)[-1]
    assert collapsed(next(r for r in waiting(desk) if r.case.id == case.id), desk.clock.now())
    desk.arrive(
        letter("I am no machine, please answer.", sender=case.requester.address,
               subject=f"Re: {token(case.id)}")
    )  # fmt: skip
    assert (case.id, 1) in shown(desk)
    assert desk.draft(case.id)


def test_it_raises_a_collapsed_case_to_the_top_when_it_becomes_urgent(desk):
    case = flood(desk, 6)[-1]
    desk.arrive(letter(URGENT, sender=case.requester.address, subject=f"Re: {token(case.id)}"))
    assert shown(desk)[0] == (case.id, 1)


def test_it_shows_what_somebody_has_taken_up(desk):
    cases = flood(desk, 8)
    desk.casework.claim(cases[5].id, "Bo")
    desk.casework.assign(cases[6].id, "Carla", "Bo")
    assert {(6, 1), (7, 1), (5, 2)} <= set(shown(desk))
    desk.clock.pass_(hours=1)
    assert (5, 3) in shown(desk)


def test_it_shows_one_alone_as_itself(desk):
    flood(desk, 5)
    assert shown(desk)[-1] == (5, 1)


def test_it_stands_a_group_where_its_most_overdue_case_would_stand(desk):
    flood(desk, 6)
    desk.clock.pass_(hours=2)
    late = desk.arrive(letter("Where can I find the guide, please? I tour in spring."))
    numbers = [number for number, _ in shown(desk)]
    assert numbers.index(5) < numbers.index(late.id)


def test_it_takes_a_case_out_of_its_flood(desk):
    case = flood(desk, 7)[5]
    alone = take_out(desk.store, desk.clock, case.id, "Bo")
    assert (alone.flood_of, alone.attention) == (0, "")
    assert (case.id, 1) in shown(desk)
    assert desk.events(case.id, EventKind.FLOODED)[-1].by == "Bo"
    with pytest.raises(Refused, match="of no flood"):
        take_out(desk.store, desk.clock, case.id, "Bo")


def test_it_keeps_other_notes_when_it_takes_a_case_out(desk):
    case = flood(desk, 4, sender=AMINA)[-1]
    assert take_out(desk.store, desk.clock, case.id, "Bo").attention.startswith(
        "Possible follow-up"
    )


def test_it_takes_no_case_out_that_somebody_else_holds(desk):
    case = flood(desk, 6)[-1]
    desk.casework.claim(case.id, "Carla")
    with pytest.raises(TakenByAnother):
        take_out(desk.store, desk.clock, case.id, "Bo")


def test_it_resolves_what_was_seen_and_leaves_what_moved_on(desk):
    cases = flood(desk, 9)
    seen = [desk.case(case.id) for case in cases[4:]]
    desk.casework.claim(cases[5].id, "Carla")
    desk.arrive(
        letter(URGENT, sender=cases[6].requester.address, subject=f"Re: {token(cases[6].id)}")
    )
    assert desk.casework.resolve_seen(seen, "Bo") == [5, 8, 9]
    states = {case.id: desk.case(case.id).state for case in cases}
    assert [n for n, state in states.items() if state is CaseState.RESOLVED] == [5, 8, 9]
    assert all(c.met_at for c in desk.clocks(8))
    assert desk.events(8, EventKind.RESOLVED)[0].by == "Bo"


def test_it_gives_a_reopened_case_its_own_row(desk):
    case = flood(desk, 7)[-1]
    desk.casework.resolve(case.id, "Bo")
    assert desk.casework.reopen(case.id, "Bo").flood_of == 0
    assert (case.id, 1) in shown(desk)


def test_it_forgets_what_mail_of_long_ago_looked_like(desk):
    flood(desk, 3)
    desk.clock.pass_(days=6)
    desk.arrive(storm_mail(9))
    desk.clock.pass_(days=2)
    sweep(desk.store, desk.clock)
    assert [each.case_id for each in desk.store.data.likenesses.values()] == [4]


# Drafts an hour.

ASKS = (
    "Where do I find the guide for touring musicians?",
    "I play the cello and look for a teacher in Prague.",
    "Can you tell me when the next songwriting evening is?",
    "My landlord raised the rent and the studio closes in May.",
    "Our festival would like to work together with you.",
    "Ich suche eine Beratung für Musiker in Berlin.",
)


def ask(desk, n):
    return desk.arrive(
        letter(ASKS[n], sender=f"person{n}@example.com", subject=f"Question {ASKS[n][:9]}")
    )


def test_it_withholds_drafts_beyond_the_bound_and_says_so():
    desk = Desk(limits=Limits(drafts_an_hour=3))
    cases = [ask(desk, n) for n in range(5)]
    assert [bool(desk.draft(case.id)) for case in cases] == [True] * 3 + [False] * 2
    assert f"concierge case redraft {cases[4].id}" in cases[4].attention
    assert len(desk.events(cases[4].id, EventKind.DRAFT_WITHHELD)) == 1
    assert all(desk.clocks(case.id) for case in cases)


def test_it_always_drafts_for_urgent_cases():
    desk = Desk(limits=Limits(drafts_an_hour=1))
    ask(desk, 0)
    assert desk.draft(ask(desk, 1).id) is None
    assert desk.draft(desk.arrive(letter(URGENT, sender="eve@example.com")).id)


def test_it_drafts_again_after_an_hour_and_without_a_bound():
    desk = Desk(limits=Limits(drafts_an_hour=1))
    ask(desk, 0)
    desk.clock.pass_(minutes=61)
    assert desk.draft(ask(desk, 1).id)
    free = Desk(limits=Limits(drafts_an_hour=0))
    assert all(free.draft(ask(free, n).id) for n in range(6))


def test_it_withholds_a_draft_for_a_further_message_too():
    desk = Desk(limits=Limits(drafts_an_hour=1))
    case = ask(desk, 0)
    moved = desk.arrive(
        letter("And when does it open?", sender="person0@example.com",
               subject=f"Re: {token(case.id)}")
    )  # fmt: skip
    assert desk.draft(case.id) is None
    assert "case redraft" in moved.attention


class Told:
    """Views that know of events alone."""

    def __init__(self, desk):
        self.desk = desk

    def events(self, kinds, start, end):
        return [e for e in self.desk.store.data.events if e.kind in kinds and start <= e.at < end]


def test_it_raises_an_alarm_for_an_hour():
    desk = Desk(limits=Limits(drafts_an_hour=1))
    ask(desk, 0)
    assert storm(Told(desk), desk.clock.now()) == ""
    ask(desk, 1)
    assert "1 case got no draft" in storm(Told(desk), desk.clock.now())
    ask(desk, 2)
    assert "2 cases got no draft" in storm(Told(desk), desk.clock.now())
    assert storm(Told(desk), desk.clock.now() + HOUR + timedelta(seconds=1)) == ""


def test_it_lists_our_own_address_nowhere(desk):
    """The sender of a storm may be forged to be us; such mail is nobody's flood."""
    cases = [desk.arrive(storm_mail(n, sender=OURS)) for n in range(6)]
    assert cases == [None] * 6


def test_it_bounds_nothing_that_a_person_asks_for():
    """Whoever takes a mail out of parking wants to see it and to answer it."""
    desk = StaffedDesk(limits=Limits(drafts_an_hour=1))
    flood(desk, 6)
    assert desk.arrive(storm_mail(7, headers=("Auto-Submitted: auto-replied",))) is None
    muted = max(desk.store.data.entries)
    case = desk.parking.release(muted, "Bo").case
    assert case.flood_of == 0
    assert desk.draft(case.id)


def test_it_keeps_what_staff_have_parted_out_of_the_floods_row():
    desk = StaffedDesk()
    for n in range(1, 7):
        desk.arrive(storm_mail(n))
    sender = "booking6@venue6.example.com"
    desk.again(6, "My band broke up and I do not know where to go.", sender=sender)
    (first, _) = desk.standing(6)
    desk.splitting.split(6, [first], "Bo")
    desk.approvals.reject(desk.draft(6).id, RejectReason.WRONG_TONE, "Bo")
    case = desk.case(6)
    assert case.flood_of == 0
    assert "case unflood" not in case.attention


def test_it_resolves_no_flooded_case_for_which_a_draft_stands():
    desk = StaffedDesk()
    for n in range(1, 7):
        desk.arrive(storm_mail(n))
    seen = [case for case in desk.cases() if case.flood_of]
    desk.redrafting.redraft(6, "Carla")
    assert desk.casework.resolve_seen(seen, "Bo") == [5]
    assert desk.case(6).state is CaseState.OPEN
