"""Triage: one message through all the rules, and the draft that follows from what they found."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from concierge.desk.bearings import Atlas, Hints, bearings_of
from concierge.desk.offers import matches_for
from concierge.desk.silence import Heard, not_silent
from concierge.domain.findings import URGENT, Evidence, Finding, Kind, Route, Urgency
from concierge.domain.message import ParsedMessage
from concierge.domain.routes import RoutePlans
from concierge.domain.triage import DraftText, Triage
from concierge.rules import (
    about,
    cleaning,
    drafting,
    kind,
    matching,
    needs,
    routing,
    topics,
    urgency,
)
from concierge.rules.about_words import AboutWords
from concierge.rules.door_words import DoorWords
from concierge.rules.lexicon import Lexicon
from concierge.rules.match_offered import with_offered
from concierge.rules.needs import NeedPhrases
from concierge.rules.phrases import TopicPhrases
from concierge.rules.second_opinion import SecondOpinion, raised
from concierge.rules.their_country import their_country_of

#: Whoever does the harm may read the mailbox, so the subject stays neutral (advice of womenslaw.org
#: and techsafety.org on safe contact).
_DISCREET_TOPICS = frozenset({"domestic_violence", "sexual_assault"})


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything the rules know, read once and replaced as a whole when a file changes."""

    lexicon: Lexicon
    phrases: TopicPhrases
    doors: DoorWords
    about: AboutWords
    atlas: Atlas
    directory: matching.Index
    templates: drafting.Templates
    charity: str
    signature: str
    #: In words a requester understands, such as "Monday to Friday"; empty when not stated.
    promise: str = ""
    own_addresses: frozenset[str] = field(default_factory=frozenset)
    #: The names our letters are under, in lower case: some programs quote them without an address.
    own_names: frozenset[str] = field(default_factory=frozenset)
    #: Where reports reach the staff; what they forward is not their own matter.
    staff_addresses: frozenset[str] = field(default_factory=frozenset)
    #: The names our own mail server signs its Authentication-Results with.
    authserv_ids: frozenset[str] = field(default_factory=frozenset)
    #: Learned from the charity's own letters; most have none.
    second_opinion: SecondOpinion | None = None
    #: What the charity does with each route.
    routes: RoutePlans = field(default_factory=RoutePlans)
    #: What a letter's needs and limits are told by.
    needs: NeedPhrases = field(default_factory=NeedPhrases)


def triage(message: ParsedMessage, book: Rulebook) -> Triage:
    """Everything the desk concludes of one message. Pure: same message, same conclusions.

    Urgency is worked out first and from texts alone, so that nothing the other rules think of
    language, kind or shape can hide it. Urgency, topics and route read all that may be the sender's
    own; language and country what is surely theirs.
    """
    own = own_words(message, book)
    scanned = _urgency(message, own, book)
    where = bearings_of(message, own, book.atlas)
    found_kind = kind.kind_of(message, own.text, own_addresses=_ours(message, book))
    heard = Heard(message, found_kind.value, own.weighed, where.language, book.lexicon.speaks)
    found_urgency = not_silent(scanned, heard)
    found_topics = topics.topics_of(book.phrases, own.weighed, message.subject)
    bare = Triage(
        kind=found_kind,
        language=where.language,
        country=where.country,
        home=where.home,
        urgency=found_urgency,
        topics=found_topics,
        route=routing.route_of(
            found_urgency.value,
            found_topics,
            own.weighed,
            message.subject,
            phrases=book.phrases,
            doors=book.doors,
        ),
        matches=(),
        text=own.weighed,
        quoted_text=own.aside,
        # Where nothing that was cut is in doubt there is nothing to tell.
        text_note=own.reason if own.weighed != own.text else "",
        needs=needs.needs_of(book.needs, own.weighed, message.subject),
    )
    return rematched(_about(bare, message, book), book, Hints())


def _about(found: Triage, message: ParsedMessage, book: Rulebook) -> Triage:
    """The triage with who is in danger and, when that is not the writer, where they are."""
    whom = about.about_of(book.about, found.text, message.subject, found.urgency)
    if whom.value != about.SOMEONE_ELSE:
        return replace(found, about=whom)
    spoken, atlas = found.language.value, book.atlas
    where = their_country_of(found.text, message.subject, spoken, atlas.places, cues=atlas.cues)
    return replace(found, about=whom, their_country=where)


def own_words(message: ParsedMessage, book: Rulebook) -> cleaning.OwnWords:
    """The sender's own words of a message; letters of ours that it quotes are none of them."""
    return cleaning.own_words(message.body, _ours(message, book) | book.own_names)


def _ours(message: ParsedMessage, book: Rulebook) -> frozenset[str]:
    """Our own addresses, with those of this message that are ours but for a ``+tag``."""
    written = (*message.reply_to, *((message.sender,) if message.sender else ()))
    return book.own_addresses | {a.key for a in written if a.is_one_of(book.own_addresses)}


def rematched(found: Triage, book: Rulebook, hints: Hints) -> Triage:
    """The triage with its matches looked up again, filling gaps with what the case knows.

    For somebody else the numbers are those of where that person is, as far as it is told.
    """
    theirs = found.their_country.value
    wanted = matching.Wanted(
        country=theirs or found.country.value or hints.country,
        # What the writer's home offers is for the writer.
        home="" if theirs else found.home.value or hints.home,
        language=found.language.value or hints.language,
        urgency=found.urgency.value,
        topics=tuple(topic.value for topic in found.topics),
        route=found.route.value,
        text=found.text,
    )
    plan = book.routes.of(found.route.value)
    matches = matches_for(book.directory, wanted, found.needs)
    return replace(found, matches=with_offered(matches, book.directory, plan.resources, plan.name))


def bare_triage(message: ParsedMessage, book: Rulebook) -> Triage:
    """What can still be said of a message on which reading or a rule failed: its urgency.

    When even the scan fails, the case is ``high``: a person has to look, soon.
    """
    try:
        found_urgency = _urgency(message, cleaning.OwnWords("", "", ()), book)
    except Exception as error:  # noqa: BLE001 - the last resort must not fail on the same fault
        reason = Evidence(
            "urgency.scan_failed", type(error).__name__, "raw", 1.0, "the scan itself failed"
        )
        found_urgency = Finding(Urgency.HIGH, (reason,))
    nothing = Finding("", undetermined=True)
    heard = Heard(message, Kind.UNREADABLE, "", nothing, book.lexicon.speaks)
    found_urgency = not_silent(found_urgency, heard)
    return Triage(
        kind=Finding(Kind.UNREADABLE),
        language=Finding("", undetermined=True),
        country=Finding("", undetermined=True),
        urgency=found_urgency,
        topics=(),
        route=Finding(Route.CRISIS if found_urgency.value in URGENT else Route.OTHER),
        matches=(),
        text="",
        quoted_text="",
    )


def urgency_texts(message: ParsedMessage, book: Rulebook) -> urgency.UrgencyTexts:
    """The texts of a message that are searched for urgency."""
    return _searched(message, own_words(message, book))


def _urgency(message: ParsedMessage, own: cleaning.OwnWords, book: Rulebook) -> Finding[Urgency]:
    texts = _searched(message, own)
    found = urgency.urgency_of(book.lexicon, texts)
    return raised(found, book.second_opinion, f"{texts.subject}\n{texts.body}")


def _searched(message: ParsedMessage, own: cleaning.OwnWords) -> urgency.UrgencyTexts:
    # A cry for help may stand in a text file or an invitation; these come before the raw text, of
    # which only the beginning and the end are read.
    beside = [a.text for a in message.attachments if a.text and a.text not in message.body]
    return urgency.UrgencyTexts(
        subject=message.subject,
        body=own.weighed,
        quoted=own.aside,
        attachment_names=tuple(a.name for a in message.attachments),
        raw="\n\n".join((*beside, message.raw_text)).strip(),
    )


def compose_draft(
    message: ParsedMessage,
    found: Triage,
    book: Rulebook,
    today: date,
    *,
    reference: str = "",
    hints: Hints | None = None,
) -> DraftText:
    """The proposed reply in the requester's language, English when nobody can tell it."""
    hints = hints or Hints()
    writer = message.answer_to
    plan = book.routes.of(found.route.value)
    theirs = found.their_country.value
    country_known = bool(theirs or found.country.value or hints.country)
    facts = drafting.DraftFacts(
        charity=book.charity,
        staff_signature=book.signature,
        today=today,
        requester_name=writer.name if writer else "",
        their_subject=message.subject,
        reference=f"Ref: {reference}" if reference else "",
        promise=book.promise,
        country_known=country_known,
        urgent=found.urgency.value in URGENT,
        about_other=found.about.value == about.SOMEONE_ELSE,
        distress=found.urgency.value is Urgency.CONCERN,
        their_country_known=bool(theirs),
        discreet=any(topic.value in _DISCREET_TOPICS for topic in found.topics),
        programme=plan.programme,
        questions=plan.asks(country_known=country_known),
    )
    made = drafting.draft(
        book.templates,
        kind_of_reply=drafting.reply_kind(plan.reply, found.kind.value),
        language=found.language.value or hints.language,
        facts=facts,
        matches=found.matches,
        guesses=_guesses(found, found.country.value or hints.country),
    )
    return replace(made, cautions=(*needs.need_cautions(found.needs), *made.cautions))


def _guesses(found: Triage, country: str) -> tuple[str, ...]:
    """Languages to try on somebody whose language nobody knows: what came close, then where."""
    from babel.languages import get_official_languages

    there = get_official_languages(country, de_facto=True) if country else ()
    return (*found.language.candidates, *there)


def machine_made(found: Triage) -> bool:
    """Whether no person seems to have written it, so that it is parked unless it is urgent."""
    return found.kind.value not in {Kind.HUMAN, Kind.MACHINE_LOOKING, Kind.UNREADABLE}
