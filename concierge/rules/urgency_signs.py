"""Signs of urgency in one text: which patterns match where, misspellings included."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice

from concierge.rules.concept_search import ConceptUnit, Searched
from concierge.rules.folding import Folded, fold, join
from concierge.rules.lexicon import Lexicon
from concierge.rules.pattern_index import TextSigns
from concierge.rules.units import MASKS, Rule, Unit

#: Matches kept of one unit in one text; more say nothing new and cost time.
_MOST_OF_A_UNIT = 20


@dataclass(frozen=True, slots=True)
class Sign:
    """One match: which unit, and where in the folded text."""

    unit: Unit | ConceptUnit
    start: int
    end: int
    #: True when a word in it was misspelt.
    repaired: bool = False
    #: True when a "not" stands inside it.
    denied: bool = False

    @property
    def rule(self) -> Rule:
        """The line of the lexicon that matched."""
        return self.unit.rule

    def overlaps(self, start: int, end: int) -> bool:
        """Whether the sign shares text with this range."""
        return self.start < end and start < self.end


@dataclass(frozen=True, slots=True)
class Scanned:
    """A folded text with its signs, weak cues, and what is left when everyday phrases go."""

    folded: Folded
    present: TextSigns
    signs: tuple[Sign, ...]
    cues: tuple[Sign, ...]
    #: The folded text with everyday phrases blanked out; the same length.
    without_phrases: str
    #: The ranges that were blanked.
    phrases: tuple[tuple[int, int], ...]


def scan(lexicon: Lexicon, text: str, *, use_index: bool = True) -> tuple[Scanned, ...]:
    """Search a text as written and, when words look misspelt, once more as probably meant.

    ``use_index=False`` runs every unit; the result is the same, only slower (tests hold this).
    """
    folded = fold(text, lexicon.known)
    if not folded.words:
        return ()
    found = [_search(lexicon, folded, use_index=use_index)]
    repairs = {
        word: right for word in set(folded.words) if (right := lexicon.speller.repaired(word))
    }
    if repairs:
        found.append(_search_repaired(lexicon, folded, repairs, use_index=use_index))
    return tuple(found)


def _search(lexicon: Lexicon, folded: Folded, *, use_index: bool) -> Scanned:
    present = TextSigns.of(folded)
    units = lexicon.index.candidates(present) if use_index else lexicon.index.all()

    def run(kinds: tuple[str, ...]) -> tuple[Sign, ...]:
        return tuple(
            Sign(unit, start, end)
            for unit in units
            if unit.rule.kind in kinds
            for start, end in islice(
                unit.find_in(present) if use_index else unit.find(folded.text), _MOST_OF_A_UNIT
            )
        )

    searched = Searched.of(lexicon.concepts, folded.text)
    said = [
        Sign(found.unit, found.start, found.end, denied=found.denied) for found in searched.all()
    ]
    signs = (
        *(sign for sign in run(("patterns",)) if _meant(searched, sign)),
        *(sign for sign in said if sign.rule.kind == "patterns"),
    )
    cues = (*run(("cues",)), *(sign for sign in said if sign.rule.kind == "cues"))
    phrases: tuple[tuple[int, int], ...] = ()
    if any(sign.rule.level != "concern" or sign.rule.concept for sign in signs):
        phrases = tuple((phrase.start, phrase.end) for phrase in run(MASKS))
    return Scanned(folded, present, signs, cues, _blanked(folded.text, phrases), phrases)


def _meant(searched: Searched, sign: Sign) -> bool:
    """Short words mean something else next door: Dutch "want die" is "because that"."""
    if isinstance(sign.unit, ConceptUnit):
        return True
    return searched.believable(sign.rule.language, sign.start, sign.end)


def _blanked(text: str, phrases: tuple[tuple[int, int], ...]) -> str:
    for start, end in phrases:
        # A sign no text contains stands for one unknown word, so gaps around it still count.
        text = text[:start] + "#" * (end - start) + text[end:]
    return text


def _search_repaired(
    lexicon: Lexicon, folded: Folded, repairs: dict[str, str], *, use_index: bool
) -> Scanned:
    """Only signs that need a repaired word; the others were found in the text as written."""
    words = tuple(repairs.get(word, word) for word in folded.words)
    separators = [folded.text[start - 1] for start in folded.starts]
    text, starts = join(words, [*separators, "."])
    meant = Folded(folded.original, text, words, starts, folded.spans)
    found = _search(lexicon, meant, use_index=use_index)
    changed = [
        (start, start + len(right))
        for word, right, start in zip(folded.words, words, starts, strict=True)
        if word != right
    ]
    signs = tuple(
        replace(sign, repaired=True)
        for sign in found.signs
        if any(sign.overlaps(*place) for place in changed)
    )
    return Scanned(meant, found.present, signs, (), found.without_phrases, found.phrases)
