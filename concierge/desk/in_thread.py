"""In a thread: a further message is read in the light of what its case knew before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from concierge.desk.bearings import Hints, bearings_of
from concierge.desk.conclusions import told_by
from concierge.desk.ports.store import Transaction
from concierge.desk.rereading import standing
from concierge.desk.said import as_staff_said, hints_of, is_told
from concierge.desk.triage import Rulebook, own_words
from concierge.domain.case import SETTABLE, Case
from concierge.domain.findings import Evidence, Finding
from concierge.domain.ledger import LedgerEntry, Reading
from concierge.domain.message import ParsedMessage
from concierge.domain.triage import Triage
from concierge.rules.kind_phrases import ANSWER_PREFIXES
from concierge.rules.language_names import language_name

#: "Yes please" and "thank you" are written by people of every language.
_EVERYBODYS: Final = "en"


def in_thread(found: Triage, message: ParsedMessage, book: Rulebook, hints: Hints) -> Triage:
    """The triage of a message that goes on with a case: "ok, tak" in a Danish thread is Danish.

    What the case knows is one more witness of language and country, and a weak one: a clear text
    says more. A home stays known until a message tells another one. Matches are left as they are.
    """
    if not (hints.language or hints.country or hints.home):
        return found
    # The subject of an answer is an earlier one, or ours, in a language that we chose.
    said = replace(message, subject="") if _is_answer(message.subject) else message
    where = bearings_of(said, own_words(message, book), book.atlas, hints)
    return replace(
        found,
        language=_language(where.language, hints),
        country=where.country,
        home=_home(where.home, hints),
    )


def thread_of(tx: Transaction, case: Case, entry: LedgerEntry) -> Hints:
    """What the case knew of its requester before one of its messages: set by staff, or told.

    Not what that message itself told, which would speak for itself a second time.
    """
    earlier = [each for each in standing(tx, case.id) if each.id < entry.id]
    unset = {n: "" for n in SETTABLE if not getattr(case, f"{n}_by")}
    return hints_of(relearned(tx, replace(case, **unset), earlier))  # type: ignore[arg-type]


def relearned(tx: Transaction, case: Case, entries: Iterable[LedgerEntry]) -> Case:
    """The case with what its requester tells in these messages; what staff set stays."""
    for entry in entries:
        reading = tx.ledger.reading(entry.id)
        if reading and reading.sender and reading.sender.key == case.requester.key:
            case = case.learning(**_told(reading, case))
    return case


def parted_from(tx: Transaction, case: Case, gone: Iterable[LedgerEntry]) -> Case:
    """The case without what only messages that have left it told; what staff set stays."""
    left = tx.ledger.readings(case.id)
    away = [each for entry in gone if (each := tx.ledger.reading(entry.id))]
    known: dict[str, str] = {}
    for name in SETTABLE:
        value, kept = getattr(case, name), [told for r in left if (told := told_by(r, name))]
        theirs = value in {told_by(reading, name) for reading in away} - set(kept)
        if value and theirs and not getattr(case, f"{name}_by"):
            known[name] = (kept or [""])[-1]
    return replace(case, **known)  # type: ignore[arg-type]


def for_requester(
    found: Triage, message: ParsedMessage, book: Rulebook, case: Case, hints: Hints
) -> Triage:
    """The triage that a reply to the requester is shaped by.

    Somebody else's message says nothing of where the requester is while the case itself knows.
    """
    writer = message.answer_to
    if writer is not None and writer.key == case.requester.key:
        return as_staff_said(in_thread(found, message, book, hints), case)
    return as_staff_said(
        replace(
            found,
            language=_known(found.language, case.language),
            country=_known(found.country, case.country),
            home=_known(found.home, case.home),
        ),
        case,
    )


def _is_answer(subject: str) -> bool:
    prefix, colon, _ = subject.partition(":")
    return bool(colon) and prefix.strip().casefold() in ANSWER_PREFIXES


def _language(found: Finding[str], hints: Hints) -> Finding[str]:
    thread = hints.language
    phrase = bool(found.evidence) and found.evidence[0].rule == "language.short_phrase"
    everybodys = phrase and found.value == _EVERYBODYS
    likeliest = found.undetermined and found.candidates[:1] == (thread,)
    if not thread or found.value == thread or not (everybodys or likeliest):
        return found
    note = f"the thread is in {language_name(thread.replace('-', '_'))}"
    reason = Evidence("language.thread", thread, "case", 1.0, note)
    others = tuple(code for code in (found.value, *found.candidates) if code not in ("", thread))
    return Finding(thread, (reason, *found.evidence), candidates=others)


def _home(found: Finding[str], hints: Hints) -> Finding[str]:
    if not hints.home or is_told(found):
        return found
    reason = Evidence(
        "home.thread", hints.home, "case", 1.0, f"{hints.home}: the case's home so far"
    )
    return Finding(hints.home, (reason,), candidates=found.candidates)


def _known(found: Finding[str], value: str) -> Finding[str]:
    if not value:
        return found
    reason = Evidence("case.known", value, "case", 1.0, "known of the requester")
    return Finding(value, (reason,))


def _told(reading: Reading, case: Case) -> dict[str, str]:
    return {name: told_by(reading, name) or _first(reading, name, case) for name in SETTABLE}


def _first(reading: Reading, name: str, case: Case) -> str:
    """The home that follows from the country, where nothing better is known."""
    return "" if name != "home" or case.home else told_by(reading, "country")
