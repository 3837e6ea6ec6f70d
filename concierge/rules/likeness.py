"""What near-identical messages have in common: the subject's shape, and 64 bits of the text."""

from __future__ import annotations

import re
import zlib
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

from concierge.domain.message import Attachment
from concierge.rules.kind_phrases import ANSWER_PREFIXES

#: Characters the 64 bits are made of. What stands behind them is compared word by word before
#: anything is called alike.
_CHARACTERS = 2_000
#: Texts of fewer words are alike only when they are the same, with subject and quotation: two
#: people who both write "please help me" have nothing in common but their trouble.
_FEW_WORDS = 12
#: Bits that may differ. One word changed among forty moves six of 64 bits, and texts that have
#: nothing in common differ in 32, give or take four: this is five times that away.
_NEAR = 12
#: Of so many words one may be new: a name under the text. More may be somebody's story in a form.
_WORDS_FOR_ONE_NEW = 40
#: Longer texts are compared no further: then only the very same text says nothing new.
_LONGEST = 50_000
#: Characters of a subject that can tell its shape.
_SUBJECT = 300

# The names of days and months in the languages of the templates, and what mail programs make of
# them: automatic answers differ in little else.
_DATE_WORDS = (
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri"
    " sat sun january february march april may june july august september october november december"
    " jan feb mar apr jun jul aug sep sept oct nov dec"
    " lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio"
    " julio agosto septiembre octubre noviembre diciembre"
    " lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin"
    " juillet août septembre octobre novembre décembre"
    " montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz juni juli"
    " oktober dezember"
    " segunda terça quarta quinta sexta domingo janeiro fevereiro março abril maio junho julho"
    " setembro outubro novembro dezembro"
    " lunedì martedì mercoledì giovedì venerdì sabato domenica gmt utc cet"
)
_DATES = frozenset(_DATE_WORDS.split())
#: What stands behind this letter in Unicode is mostly written without spaces between words.
_UNSPACED = "\u0e00"
_WORD = re.compile(r"\w+")
_PREFIX = re.compile(r"\s*([^\W\d]{1,12})(?:\[\d+\]|\(\d+\))?\s*[:：]")
_ADDRESS = re.compile(r"\S+@\S+")
#: Odd, and without a pattern in its bits, so that it spreads 32 bits over 64 (Knuth's golden one).
_SPREAD = 0x9E3779B97F4A7C15
_ALL = (1 << 64) - 1
#: For each bit of a byte, the bytes that lack it.
_WITHOUT = tuple(bytes(byte for byte in range(256) if not byte >> bit & 1) for bit in range(8))


@dataclass(frozen=True, slots=True)
class Look:
    """What a message looks like. ``simhash`` is a signed integer of 64 bits."""

    shape: str
    simhash: int
    #: Too few words to be alike unless everything is the same.
    short: bool


def look_of(
    subject: str, text: str, quoted: str = "", attachments: Sequence[Attachment] = ()
) -> Look | None:
    """What a message of this subject and these own words looks like; None without any words.

    Other attachments make it look altogether different: what somebody sends may stand in them.
    """
    shape = shape_of(subject)
    found = words(text[:_CHARACTERS])
    short = len(found) < _FEW_WORDS
    if short:
        whole = [*found, "", *words(quoted[:_CHARACTERS])]
        if len(whole) == 1 and not shape:
            return None
        bits = _exact("\0".join([shape, *whole]))
    else:
        bits = _simhash(found)
    if attachments:
        bits ^= _exact(repr(sorted((a.content_type, a.size) for a in attachments)))
    return Look(shape, bits - (1 << 64) if bits >> 63 else bits, short)


def shape_of(subject: str) -> str:
    """A subject without what varies: answer prefixes, addresses, numbers, tokens, dates."""
    rest = subject[:_SUBJECT].casefold()
    while (prefix := _PREFIX.match(rest)) and prefix[1] in ANSWER_PREFIXES:
        rest = rest[prefix.end() :]
    return " ".join(words(_ADDRESS.sub(" ", rest)))


def distance(one: int, other: int) -> int:
    """How many of 64 bits differ."""
    return ((one ^ other) & _ALL).bit_count()


def near(look: Look, other: int) -> bool:
    """Whether a message of these bits may be alike; what each says decides in the end."""
    return look.simhash == other if look.short else distance(look.simhash, other) <= _NEAR


def says_nothing_new(text: str, first: str) -> bool:
    """Whether a text says what the first one said and at most a few words more."""
    if max(len(text), len(first)) > _LONGEST:
        return text == first
    found = Counter(words(text))
    return (found - Counter(words(first))).total() <= 1 + found.total() // _WORDS_FOR_ONE_NEW


def words(text: str) -> list[str]:
    """The words of a text without numbers, tokens and dates, in lower case; single letters of
    scripts that leave no spaces."""
    found = _WORD.findall(text.casefold())
    if text.isascii():
        return [word for word in found if word.isalpha() and word not in _DATES]
    parted: list[str] = []
    for word in found:
        if word >= _UNSPACED:
            parted += filter(str.isalpha, word)
        elif word.isalpha() and word not in _DATES:
            parted.append(word)
    return parted


def _simhash(found: list[str]) -> int:
    """64 bits of which few change when few neighbouring pairs of words do (Charikar, 2002).

    Each pair votes on each bit. Votes are counted a byte of the hashes at a time, which costs a
    tenth of counting them one by one.
    """
    pairs = {f"{one} {other}" for one, other in pairwise(found)}
    hashes = array("Q", [zlib.crc32(pair.encode()) * _SPREAD & _ALL for pair in pairs]).tobytes()
    half, bits = len(pairs) / 2, 0
    for column in range(8):
        votes = hashes[column::8]
        for bit, without in enumerate(_WITHOUT):
            if len(votes.translate(None, without)) > half:
                bits |= 1 << (8 * column + bit)
    return bits


def _exact(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")
