"""Whether the person in danger or distress is the writer or somebody else, with reasons.

It decides which reply is proposed and which country's numbers stand first, never how urgent a
letter is. Where nothing tells, it says so, and the letter is answered as the writer's own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from concierge.domain.findings import Evidence, Finding, Urgency
from concierge.rules.about_words import AboutWords, Hit, hits_in
from concierge.rules.folding import Folded, fold

THEMSELVES: Final = "themselves"
SOMEONE_ELSE: Final = "someone_else"

#: As much as the urgency scan reads of a body: a sign further in has no place to be found.
_HEAD, _TAIL, _SUBJECT = 8_000, 2_000, 1_000
#: From this weight on a sign is high: it outweighs whatever is feared for others.
_HIGH = 2.0
#: A worried word weighs more than a sign of distress and less than a high one: who fears for a
#: friend is in distress, too.
_WORRIED = 1.5
#: Characters between "I am worried about" and whom.
_NEAR = 60
#: Characters of a quotation: longer ones are mostly a mark left open.
_QUOTED = re.compile(r"[\"“”„«»「『]([^\"“”„«»」』]{2,400})[\"“”«»」』]")
_COLON = re.compile(r"[:：\"“”„«»「『]")
#: Languages that put "said" after what was said.
_SAID_AFTER = frozenset({"tr", "ja", "ko", "hi", "hi-Latn", "fa"})
#: How far behind the words such a "said" stands, in characters.
_SAID_NEAR = 14
#: A language whose words stand in the text this much less than another's is not read by.
_SPOKEN = 0.6
#: Letters of one language's words from which on they are no chance likeness.
_ENOUGH = 8
#: Grief is the writer's; who died is in no danger.
_GRIEF = frozenset({"grief", "mention", "cues"})
_OVER = ("someone else, long ago", "bereavement", "fiction", "professional context", "quoted")


@dataclass(frozen=True, slots=True)
class _Read:
    """One text with what is known of it."""

    where: str
    folded: Folded
    hits: tuple[Hit, ...]
    #: How much of the text each language's words make up.
    spoken: Counter[str]

    def language(self, language: str) -> str:
        """The language to read a sign of that language by: the text's own, when it is another."""
        best = max(self.spoken, key=lambda one: (self.spoken[one], one), default=language)
        near = self.spoken[language] >= _SPOKEN * self.spoken[best]
        return language if near or self.spoken[best] < _ENOUGH else best

    def within(self, start: int, end: int, language: str) -> list[Hit]:
        """The hits of a language between two offsets, without what only names a person in part."""
        found = [h for h in self.hits if h.language == language and start <= h.start < end]
        people = [h for h in found if h.kind == "person"]
        return [
            h
            for h in found
            if h.kind == "person" or not any(p.start <= h.start and h.end <= p.end for p in people)
        ]

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence around an offset."""
        start = self.folded.text.rfind(".", 0, max(1, at)) + 1
        end = self.folded.text.find(".", at)
        return start, len(self.folded.text) if end < 0 else end


@dataclass(frozen=True, slots=True)
class _Side:
    """One reason for a side; ``told`` when words say of whom, and not their absence."""

    value: str
    weight: float
    told: bool
    evidence: Evidence


def about_of(words: AboutWords, text: str, subject: str, urgency: Finding[Urgency]) -> Finding[str]:
    """``themselves`` or ``someone_else``, with the words that tell; undetermined when none does.

    1. Each sign of urgency belongs to whoever its own words name, else to whom its sentence named
       last before it; words somebody else is quoted with belong to them.
    2. "I am worried about" beside a person speaks for somebody else.
    3. A high sign of the writer's own decides, whoever else is named: "my brother killed himself
       and I want to die" is about its writer. Then words for somebody else; then the rest.

    Never raises; time grows with the length of the text, of which the urgency scan's part is read.
    """
    bounded = text if len(text) <= _HEAD + _TAIL else f"{text[:_HEAD]}\n\n{text[-_TAIL:]}"
    texts = [_read(words, "subject", subject[:_SUBJECT]), _read(words, "body", bounded)]
    sides = [side for one in texts for side in _worries(one)]
    sides += [side for sign in urgency.evidence for side in _of_sign(sign, texts)]
    return _decided(sides)


def _read(words: AboutWords, where: str, text: str) -> _Read:
    folded = fold(text)
    hits = tuple(hits_in(words, folded))
    spoken: Counter[str] = Counter()
    for hit in hits:
        spoken[hit.language] += (hit.end - hit.start) * (2 if hit.kind in _TELLING else 1)
    return _Read(where, folded, hits, spoken)


_TELLING = frozenset({"person", "worried"})


def _decided(sides: list[_Side]) -> Finding[str]:
    own = [s for s in sides if s.value == THEMSELVES]
    others = [s for s in sides if s.value == SOMEONE_ELSE]
    sure = max((s.weight for s in own if s.told), default=0.0)
    if sure >= _HIGH:
        return _finding(THEMSELVES, own, others)
    if any(side.told for side in others) or (others and not own):
        return _finding(SOMEONE_ELSE, others, own)
    if own:
        return _finding(THEMSELVES, own, others)
    return Finding("", undetermined=True)


def _finding(value: str, why: list[_Side], against: list[_Side]) -> Finding[str]:
    ordered = [*sorted(why, key=lambda s: -s.weight), *sorted(against, key=lambda s: -s.weight)]
    evidence = tuple(dict.fromkeys(side.evidence for side in ordered))
    return Finding(value, evidence, candidates=(against[0].value,) if against else ())


def _worries(read: _Read) -> Iterator[_Side]:
    for hit in read.hits:
        if hit.kind != "worried" or hit.language != read.language(hit.language):
            continue
        start, end = read.sentence(hit.start)
        around = read.within(max(start, hit.start - _NEAR), min(end, hit.end + _NEAR), hit.language)
        whom = [h for h in around if h.kind == "person" or (h.kind == "he" and h.start >= hit.end)]
        if whom:
            first, last = min(hit.start, whom[0].start), max(hit.end, whom[0].end)
            found = read.folded.found(first, last)
            rule = f"about.{hit.language}.worried"
            note = "writes because of somebody else"
            evidence = Evidence(rule, found, read.where, _WORRIED, note)
            yield _Side(SOMEONE_ELSE, _WORRIED, told=True, evidence=evidence)


def _of_sign(sign: Evidence, texts: list[_Read]) -> Iterator[_Side]:
    name, _, category = sign.rule.rpartition(".")
    if sign.weight < 1.0 or category in _GRIEF or any(word in sign.note for word in _OVER):
        return
    language = name.partition(".")[2]
    for read in texts:
        for piece in sign.found.split(" … "):
            place = _place(read.folded, piece) if read.where == sign.where else None
            if place:
                yield _owner(read, place, read.language(language), category, sign)
                return
    if category == "third_party":
        yield _side(SOMEONE_ELSE, sign, "fears for somebody else", told=True)


def _place(folded: Folded, found: str) -> tuple[int, int] | None:
    core = fold(found).text[1:-1]
    at = folded.text.find(core) if core else -1
    return None if at < 0 else (at, at + len(core))


def _owner(
    read: _Read, place: tuple[int, int], language: str, category: str, sign: Evidence
) -> _Side:
    """Whose sign it is."""
    if category == "third_party":
        # Where a verb's ending is one letter, "I want" and "she wants" are easily taken for each
        # other; without anybody named, what else was found in these words decides.
        somebody = any(h.language == language and h.kind in ("person", "he") for h in read.hits)
        return _side(SOMEONE_ELSE, sign, "fears for somebody else", told=somebody)
    start, end = place
    first, last = read.sentence(start)
    inside = read.within(start, end, language)
    before = read.within(first, start, language)
    if _is_reported(read, place, before, read.within(end, last, language), language):
        return _side(SOMEONE_ELSE, sign, "somebody else is quoted with it", told=True)
    after = read.within(end, min(last, end + _SAID_NEAR), language) if category == "abuse" else []
    if any(hit.kind == "i" for hit in (*inside, *after)):
        return _side(THEMSELVES, sign, "said of themselves", told=True)
    named = [h for h in (*before, *inside) if h.kind in ("i", "he", "person")]
    if not named:
        return _side(THEMSELVES, sign, "no word names somebody else", told=False)
    if named[-1].kind == "i":
        return _side(THEMSELVES, sign, "said of themselves", told=True)
    return _side(SOMEONE_ELSE, sign, "said of somebody else", told=True)


def _side(value: str, sign: Evidence, note: str, *, told: bool) -> _Side:
    rule = "about.sign" if told else "about.unsaid"
    evidence = Evidence(rule, sign.found, sign.where, sign.weight, note)
    return _Side(value, sign.weight, told, evidence)


def _is_reported(
    read: _Read, place: tuple[int, int], before: list[Hit], after: list[Hit], language: str
) -> bool:
    """Whether somebody else is quoted: "my son wrote: I want to die", "ölmek istiyorum dedi"."""
    people = [h for h in before if h.kind in ("person", "he")]
    if people and language in _SAID_AFTER:
        return any(h.kind == "said" and h.start - place[1] <= _SAID_NEAR for h in after)
    told = _told_by(before)
    start, end = read.folded.span(*place)
    if told is not None:
        between = read.folded.original[read.folded.span(told.start, told.end)[1] : start]
        if _COLON.search(between):
            return True
    marks = list(_QUOTED.finditer(read.folded.original))
    at = bisect_right([mark.start() for mark in marks], start) - 1
    if at < 0 or end > marks[at].end():
        return False
    return _told_by(_just_before(read, marks[at].start(), language)) is not None


def _just_before(read: _Read, start: int, language: str) -> list[Hit]:
    """The hits of the words that lead up to a quotation, which may hold several sentences."""
    last = bisect_right([span[1] for span in read.folded.spans], start) - 1
    if last < 0:
        return []
    end = read.folded.starts[last] + 1
    return read.within(read.sentence(end)[0], end, language)


def _told_by(before: list[Hit]) -> Hit | None:
    """The last verb of telling whose teller is somebody else."""
    teller, found = None, None
    for hit in before:
        if hit.kind in ("i", "he", "person"):
            teller = hit if hit.kind != "i" or teller is None or found is None else teller
        elif hit.kind == "said" and teller is not None:
            found = hit if teller.kind != "i" else None
    return found
