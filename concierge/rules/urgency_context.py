"""What stands around a sign, and how it changes what the sign says.

Context lowers by one step and never hides: emergency to high, high to concern. It must be in the
same clause as the sign; only an everyday phrase the sign consists of lowers to concern outright.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from concierge.rules.lexicon import Lexicon
from concierge.rules.surroundings import SHARED, Surroundings
from concierge.rules.urgency_signs import Scanned, Sign

#: Emergencies a "not" before them does not deny: "I have no time she is not breathing".
_UNDENIABLE = frozenset({"medical", "abuse", "self_harm"})

_PHRASE = "figure of speech"
#: Characters around a sign in which somebody who was in danger long ago says that they are well.
_AROUND = 200
#: Words after a sign among which a "not" denies it, in languages that put it there.
_AFTER = 2


@dataclass(frozen=True, slots=True)
class Judged:
    """A sign and the level it counts with: emergency, high, concern or mention."""

    scanned: Scanned
    sign: Sign
    level: str
    #: Why it was lowered or raised, in plain words; empty when it counts as written.
    why: str = ""
    clause: str = ""

    @property
    def lowered(self) -> bool:
        """Whether context took something from it."""
        return self.sign.rule.level not in (self.level, "mention")


@dataclass(frozen=True, slots=True)
class _Place:
    """A sign with its clause: the text before, all of it, and the sentence."""

    around: Surroundings
    sign: Sign
    before: str
    clause: str
    sentence: str
    #: Whose context lists apply: the sign's language, or English for a word borrowed from it.
    language: str

    def has(self, kind: str, *, text: str | None = None, language: str = "") -> bool:
        return self.around.has(
            language or self.language, kind, self.clause if text is None else text
        )


def judge(lexicon: Lexicon, scanned: Scanned) -> list[Judged]:
    """Every sign of a scanned text with the level its surroundings leave it."""
    around = Surroundings(lexicon, scanned)
    judged = [
        _concern(around, sign)
        if sign.rule.level == "concern" and sign.rule.category != "mention"
        else _judged(_place(around, sign))
        for sign in scanned.signs
        if not around.says_it_again(sign)
    ]
    return [_not_excused(one, judged) for one in judged]


def _concern(around: Surroundings, sign: Sign) -> Judged:
    """Nothing lowers concern, but for a concept whose words are an everyday phrase."""
    if sign.rule.concept and _is_phrase(around, sign):
        return Judged(around.scanned, sign, "mention", _PHRASE)
    return Judged(around.scanned, sign, "concern")


def _not_excused(one: Judged, judged: list[Judged]) -> Judged:
    """An everyday phrase does not excuse an emergency when the sentence says more than that.

    "On the roof hanging" is a terrace with lights; "on the roof hanging myself" is not.
    """
    if one.why != _PHRASE or one.sign.rule.level != "emergency":
        return one
    text = one.scanned.folded.text
    begin = text.rfind(".", 0, one.sign.start)
    end = text.find(".", one.sign.end - 1)
    earnest = any(
        other.level in ("high", "emergency") and other.sign.overlaps(begin, max(end, one.sign.end))
        for other in judged
    )
    return replace(one, level="emergency", why="") if earnest else one


def _place(around: Surroundings, sign: Sign) -> _Place:
    scanned = around.scanned
    text = scanned.folded.text
    begin = text.rfind(".", 0, sign.start + 1) + 1
    finish = text.find(".", max(sign.end - 1, 0))
    finish = len(text) if finish < 0 else finish
    start = max(begin, text.rfind(",", 0, sign.start + 1) + 1)
    stop = text.find(",", sign.end - 1, finish)
    stop = finish if stop < 0 else stop
    turns = around.turns(sign.rule.language)
    start = max([start, *(end for _, end in turns if start <= end <= sign.start)])
    stop = min([stop, *(begins for begins, _ in turns if sign.end <= begins <= stop)])
    before, clause = text[start : sign.start], text[start:stop]
    language = _context_language(around, sign, clause)
    return _Place(around, sign, before, clause, text[begin:finish], language)


def _context_language(around: Surroundings, sign: Sign, clause: str) -> str:
    """English for a word that is English too, where nothing speaks in the sign's own language.

    "Suicidal" and "overdose" are signs in a dozen languages at once; in an English sentence only
    English knows that a "not" stands before them.
    """
    own = sign.rule.language
    if own == SHARED or around.has(own, "first", clause):
        return own
    return SHARED if around.is_english_too(sign) else own


def _judged(place: _Place) -> Judged:
    level = place.sign.rule.level
    if place.sign.rule.category == "mention":
        key = (place.sign.start, place.sign.end, place.language)
        if key not in place.around.mentions:
            place.around.mentions[key] = _mention(place)
        level, why = place.around.mentions[key]
    else:
        level, why = _urgent(place)
    return Judged(place.around.scanned, place.sign, level, why, place.clause)


def _urgent(place: _Place) -> tuple[str, str]:
    level = place.sign.rule.level
    if _is_phrase(place.around, place.sign):
        return "concern", _PHRASE
    for holds, why, emergencies in _LOWERING:
        if (emergencies or level == "high") and holds(place):
            return ("high" if level == "emergency" else "concern"), why
    return level, ""


def _is_phrase(around: Surroundings, sign: Sign) -> bool:
    """Whether the sign is gone once everyday phrases are taken out of the text.

    The phrase must reach to the sign's end: "on the roof hanging" says nothing of "hanging
    myself".
    """
    scanned = around.scanned
    # The words of a concept stand in any order, so its last need not be the decisive one.
    anywhere = bool(sign.rule.concept)
    if not any(
        sign.overlaps(*phrase) and (anywhere or sign.end <= phrase[1]) for phrase in scanned.phrases
    ):
        return False
    again = around.again(sign)
    return not any(sign.overlaps(*place) for place in again)


def _negated(place: _Place) -> bool:
    rule = place.sign.rule
    if rule.level == "emergency" and rule.category in _UNDENIABLE:
        return False
    if place.sign.denied or _denied_after(place):
        return True
    # The pattern's end-of-sentence sign stands for "right before the words found".
    denial = place.around.lexicon.first_match(place.language, "negation", place.before + ".")
    if denial is None:
        return False
    # "I'm not okay I want to die": a new subject, or the sign's own, ends what "not" denies.
    own_word = re.split(
        "[ ,.]", place.around.scanned.folded.text[place.sign.start : place.sign.end]
    )[0]
    between = denial.partition(" ")[2] + own_word
    return not place.has("negation_break", text=between)


def _denied_after(place: _Place) -> bool:
    """Whether a "not" follows at once, as in Bengali or Marathi."""
    language, lexicon = place.language, place.around.lexicon
    if (language, "negation_after") not in lexicon.around:
        return False
    text = place.around.scanned.folded.text[place.sign.end :].lstrip(" ")
    near = " ".join(re.split("[,.]", text, maxsplit=1)[0].split()[:_AFTER])
    return bool(near) and place.has("negation_after", text=near)


def _past(place: _Place) -> bool:
    rule = place.sign.rule
    if rule.level == "emergency" and rule.category in _UNDENIABLE:
        # "I have taken all my pills, like years ago" is now. Where the lexicon cannot tell what
        # is under way, such a sign stays an emergency.
        told = (place.language, "under_way") in place.around.lexicon.around
        if not told or place.has("under_way"):
            return False
    if place.has("present") or place.has("time"):
        return False
    return place.has("history") or _over(place)


def _over(place: _Place) -> bool:
    """Whether the sentence tells of long ago, and what stands around it that they are well now."""
    if not place.has("history", text=place.sentence):
        return False
    text = place.around.scanned.folded.text
    near = text[max(0, place.sign.start - _AROUND) : place.sign.end + _AROUND]
    return place.has("well", text=near)


def _bereaved(place: _Place) -> bool:
    """Somebody else who died: grief in the clause, about a third person, none of it about me."""
    if place.sign.rule.category == "third_party" and not place.has("history"):
        return False
    return place.has("grief") and place.has("other") and not _subject_is_me(place)


def _subject_is_me(place: _Place) -> bool:
    # "my" names the other person ("my brother"), so for English only the subject itself counts.
    if place.language == SHARED:
        return (
            re.search(r"(?<![^ ,.])(i|im|ive|id|ill|me|myself)(?![^ ,.])", place.clause) is not None
        )
    return place.has("first")


def _fiction(place: _Place) -> bool:
    return place.has("fiction") and not _subject_is_me(place)


def _professional(place: _Place) -> bool:
    return place.has("context") and not place.has("first")


#: What lowers a sign, the words staff read, and whether it may lower an emergency too.
_LOWERING: tuple[tuple[Callable[[_Place], bool], str, bool], ...] = (
    (_negated, "negated", True),
    (_past, "past", True),
    (_bereaved, "someone else, long ago", False),
    (_fiction, "fiction", False),
    (_professional, "professional context", False),
)


def _mention(place: _Place) -> tuple[str, str]:
    """The bare word: what it means is told by any language that has this word here."""
    if _is_phrase(place.around, place.sign):
        return "mention", _PHRASE
    languages = place.around.mention_languages(place.sign)

    def anyone_has(kind: str) -> bool:
        return any(place.has(kind, text=place.sentence, language=code) for code in languages)

    if anyone_has("context"):
        return "mention", "professional context"
    if lowering := next((why for holds, why in _LOWERING_MENTION if holds(place, anyone_has)), ""):
        return "concern", lowering
    # "me" is Italian and Spanish too; where English pronouns stand, English decides.
    english = place.has("first", language=SHARED)
    if _subject_is_me(place) and (place.language == SHARED or not english):
        return "high", "about themselves"
    return "concern", ""


_LOWERING_MENTION: tuple[tuple[Callable[[_Place, Callable[[str], bool]], bool], str], ...] = (
    (lambda _, anyone_has: anyone_has("grief"), "bereavement"),
    (lambda place, _: _negated(place), "negated"),
    (lambda place, _: _past(place), "past"),
)
