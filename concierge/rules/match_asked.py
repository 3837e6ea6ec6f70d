"""What a message asks of the directory, made ready once for comparing with many rows."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.fuzz import token_set_ratio
from rapidfuzz.utils import default_process

from concierge.domain.findings import URGENT, Route, Urgency
from concierge.rules.directory_index import Entry, Words, spoken, words_of

# rapidfuzz gets the beginning of a mail only: token_set_ratio grows with the square of the
# length (515 microseconds for 300 characters over a whole directory, 10,600 for 5,000), and
# people say what they want first. Names are looked up, not compared, so they get more.
_COMPARED_CHARACTERS = 300
_NAMED_CHARACTERS = 2000

# What the directory calls the help for a topic, beside the topic's own name.
_RELATED: dict[str, frozenset[str]] = {
    topic: frozenset(words.split())
    for topic, words in {
        "anxiety": "mental_health therapy emotional_distress",
        "burnout": "mental_health therapy",
        "career": "education",
        "depression": "mental_health therapy emotional_distress",
        "discrimination": "harassment legal",
        "domestic_violence": "abuse sexual_assault",
        "eating_disorder": "mental_health health therapy",
        "financial_hardship": "insurance",
        "find_therapist": "therapy mental_health referral",
        "grief": "emotional_distress mental_health therapy",
        "housing": "financial_hardship",
        "injury_hearing": "injury hearing health disability",
        "lgbtq": "discrimination",
        "loneliness_relationships": "emotional_distress support_groups",
        "performance_anxiety": "anxiety mental_health therapy",
        "self_harm": "suicide crisis emotional_distress mental_health",
        "sexual_assault": "abuse domestic_violence harassment",
        "substance_use": "addiction",
        "suicide": "crisis emotional_distress mental_health",
        "touring": "mental_health",
        "visa_immigration": "legal",
    }.items()
}
# What a route asks for when the mail itself names no topic.
_ROUTE_TOPICS: dict[Route, tuple[str, ...]] = {
    Route.CRISIS: ("suicide", "crisis"),
    Route.CARE_NAVIGATION: ("find_therapist",),
    Route.THERAPY_FUND: ("find_therapist", "financial_hardship"),
    Route.SONGWRITERS: ("career",),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is known of the person: where, in which language, how urgent, about what.

    ``country`` is where they are now and ``home`` where they are from, both ISO 3166-1 alpha-2 or
    empty for unknown; ``language`` is ISO 639-1 or empty; ``text`` are their own words.
    """

    country: str
    home: str
    language: str
    urgency: Urgency
    topics: tuple[str, ...]
    route: Route
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted, with its topics widened and its words split."""

    wanted: Wanted
    topics: frozenset[str]
    #: What the directory calls the help for these topics.
    related: frozenset[str]
    #: The beginning of the mail and the topics, as rapidfuzz compares them.
    query: str
    words: Words
    language: str

    @property
    def urgent(self) -> bool:
        """Whether a crisis line comes before anything else."""
        return self.wanted.urgency in URGENT

    def away_from(self, country: str) -> bool:
        """Whether this is the person's home, and they are in another country now."""
        return country == self.wanted.home != self.wanted.country

    def topic_fit(self, entry: Entry) -> float:
        """1 for a topic the row names itself, less for what is near it, 0 for neither."""
        if self.topics & entry.topics:
            return 1.0
        return 0.7 if self.related & entry.topics else 0.0

    def speaks(self, entry: Entry) -> bool:
        """Whether the row speaks the person's language."""
        return self.language in entry.languages

    def likeness(self, entry: Entry) -> float:
        """How much of the row's words stand in the mail, 0 to 1."""
        return token_set_ratio(self.query, entry.hay) / 100

    def names(self, entry: Entry) -> list[str]:
        """The names of this row that stand in the mail."""
        return [alias.published for alias in entry.aliases if alias.named_in(self.words)]

    def regions_named(self, entry: Entry) -> list[str]:
        """The regions of this row that stand in the mail."""
        return [region.published for region in entry.regions if region.named_in(self.words)]


def asked(wanted: Wanted) -> Asked:
    """Prepare what is wanted; a route speaks for the topics when the mail names none."""
    topics = wanted.topics or _ROUTE_TOPICS.get(wanted.route, ())
    query = f"{wanted.text[:_COMPARED_CHARACTERS]} {' '.join(topics)}".replace("_", " ")
    return Asked(
        wanted=wanted,
        topics=frozenset(topics),
        related=frozenset[str]().union(*(_RELATED.get(topic, frozenset()) for topic in topics)),
        query=default_process(query),
        words=words_of(wanted.text[:_NAMED_CHARACTERS]),
        language=spoken(wanted.language),
    )
