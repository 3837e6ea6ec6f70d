"""What stands where in one scanned text, asked often and worked out once."""

from __future__ import annotations

from concierge.rules.concept_search import ConceptUnit, Searched
from concierge.rules.lexicon import Lexicon
from concierge.rules.urgency_signs import Scanned, Sign

#: English professional and first-person words are looked for beside the language's own: the
#: bare word "suicid..." is the same in a dozen languages.
SHARED = "en"


class Surroundings:
    """What stands where in one text, remembered: many signs share a clause."""

    def __init__(self, lexicon: Lexicon, scanned: Scanned) -> None:
        self.lexicon = lexicon
        self.scanned = scanned
        self._known: dict[tuple[str, str, str], bool] = {}
        self._turns: dict[str, list[tuple[int, int]]] = {}
        #: What a bare word came to; a dozen languages ask it of the same word.
        self.mentions: dict[tuple[int, int, str], tuple[str, str]] = {}
        self._bare: Searched | None = None
        self._english = [sign for sign in scanned.signs if sign.rule.language == SHARED]
        self._mentions = [sign for sign in scanned.signs if sign.rule.category == "mention"]

    def again(self, sign: Sign) -> list[tuple[int, int]]:
        """Where the sign's unit matches once everyday phrases are taken out of the text."""
        if not isinstance(sign.unit, ConceptUnit):
            return list(sign.unit.find(self.scanned.without_phrases))
        if self._bare is None:
            self._bare = Searched.of(self.lexicon.concepts, self.scanned.without_phrases)
        return [(found.start, found.end) for found in self._bare.of_concept(sign.unit)]

    def has(self, language: str, kind: str, text: str) -> bool:
        """Whether one of a language's lists matches in a part of the text."""
        key = (language, kind, text)
        if key not in self._known:
            found = self.lexicon.first_match(language, kind, text, self.scanned.present)
            self._known[key] = found is not None
        return self._known[key]

    def turns(self, language: str) -> list[tuple[int, int]]:
        """Where words such as "but" begin a new clause."""
        if language not in self._turns:
            units = self.lexicon.around.get((language, "but"), ())
            present = self.scanned.present
            self._turns[language] = [place for unit in units for place in unit.find(present.text)]
        return self._turns[language]

    def is_english_too(self, sign: Sign) -> bool:
        """Whether an English sign shares words with this one."""
        return any(other.overlaps(sign.start, sign.end) for other in self._english)

    def says_it_again(self, sign: Sign) -> bool:
        """Whether this bare word is there in English and its own language says nothing of it."""
        if sign.rule.category != "mention" or sign.rule.language == SHARED:
            return False
        in_english = any(
            (other.start, other.end) == (sign.start, sign.end)
            for other in self._mentions
            if other.rule.language == SHARED
        )
        return in_english and not self.has(sign.rule.language, "first", self.scanned.present.text)

    def mention_languages(self, sign: Sign) -> set[str]:
        """The languages that have this bare word."""
        return {SHARED} | {
            other.rule.language for other in self._mentions if other.overlaps(sign.start, sign.end)
        }
