"""Which charset bytes are in when nobody says, and text that was decoded wrongly once before."""

from __future__ import annotations

import codecs
import re
import string

# What chardet looks at: enough letters to tell languages apart, and about a millisecond at worst,
# so that a mail of 500 parts of noise still costs less than a second.
SLICE_BYTES = 3_000
# Charsets that mail is written in. Left to itself chardet also offers EBCDIC, DOS and Macintosh
# code pages, and finds them in short Western texts.
_CANDIDATES = (
    "big5", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
    "cp1258", "cp874", "cp932", "cp949", "euc-jp", "gb18030", "iso-8859-2", "iso-8859-5",
    "iso-8859-7", "koi8-r", "koi8-u",
)  # fmt: skip
# Latin alphabets share most letters with cp1252, so one wrong letter is all a wrong guess costs
# either way; the others turn a whole letter unreadable.
_LATIN = re.compile(r"^(cp125[02478]|iso8859-2$)")
# In other scripts the letters stand together, in Western ones alone among ASCII letters: bytes
# beyond ASCII in a row, on average. Of 564 Western texts of 8 letters and more this takes one for
# something else; two-byte codecs get by with less, as their second byte is often ASCII.
_NEIGHBOURS, _NEIGHBOURS_TWO_BYTE = 1.4, 1.2
_TWO_BYTE = frozenset({"big5", "cp932", "cp949", "euc_jp", "gb18030"})
# Fewer letters beyond ASCII are no evidence of anything.
_LETTERS = 3
# Below this chardet is as often wrong as right between Latin alphabets.
_LATIN_CONFIDENCE = 0.03
HIGH_BYTES = bytes(range(0x80, 0x100))
_HIGH = re.compile(rb"[\x80-\xff]+")
_ASCII_LETTERS = string.ascii_letters.encode()
# Fewer letters than this may be a row of umlauts somebody tests with.
_MANY = 10
_META = re.compile(rb"<meta\b[^>]{0,200}?\bcharset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
# A page's own statement stands in its head.
_META_BYTES = 4_000
# The first letters of utf-8 sequences as cp1252 shows them, with a continuation behind.
_TWICE = re.compile(r"[\xc2-\xf4][\x80-\xbfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]")
_EMPTY = {byte: 0xDC00 + byte for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
# One such pair may be meant; this many, and nothing else beyond ASCII, cannot be an accident.
_PAIRS = 2


def stated(data: bytes) -> str:
    """The charset an HTML page names in its own head; "" when it names none."""
    head = data[:_META_BYTES]
    found = _META.search(head) if b"<" in head else None
    return found[1].decode("ascii", "replace") if found is not None else ""


def is_not_western(data: bytes) -> bool:
    """Whether so much of the text lies beyond ASCII that no Western language spells like it.

    Swedish and Icelandic, the most accented of them, come to a sixth of their letters.
    """
    piece = data[:SLICE_BYTES]
    high = len(piece) - len(piece.translate(None, HIGH_BYTES))
    return high >= _MANY and high > len(piece) - len(piece.translate(None, _ASCII_LETTERS))


def charset_of(data: bytes) -> str:
    """The codec these bytes are most likely in; "" when cp1252 is as good an answer as any.

    Looks at :data:`SLICE_BYTES` from the first line with a letter beyond ASCII.
    """
    first = _HIGH.search(data)
    if first is None:
        return ""
    start = data.rfind(b"\n", max(0, first.start() - 200), first.start()) + 1
    return _named(data[start or max(0, first.start() - 200) :][:SLICE_BYTES])


def _named(piece: bytes) -> str:
    import chardet

    answer = chardet.detect(piece, include_encodings=_CANDIDATES)
    if not answer["encoding"]:
        return ""
    codec = codecs.lookup(answer["encoding"]).name
    runs = [len(run) for run in _HIGH.findall(piece)]
    if _LATIN.match(codec):
        sure = sum(runs) >= _LETTERS and answer["confidence"] >= _LATIN_CONFIDENCE
    else:
        wanted = _NEIGHBOURS_TWO_BYTE if codec in _TWO_BYTE else _NEIGHBOURS
        sure = sum(runs) >= _LETTERS and sum(runs) / len(runs) >= wanted
    return codec if sure else ""


def decoded_once_more(text: str) -> str:
    """Undo utf-8 that was read as cp1252 and encoded again ("Ã¤" for "ä"), else the text itself.

    Only when every letter beyond ASCII is part of such a sequence: on good text this changes
    nothing, where repairing wherever it looks odd altered 12 of 348 good texts.
    """
    try:
        meant = _mangled(text).decode("utf-8")
    except UnicodeError:
        return text
    return meant if len(_TWICE.findall(text[:20_000])) >= _PAIRS else text


def _mangled(text: str) -> bytes:
    try:
        return text.encode("cp1252")
    except UnicodeEncodeError:
        if not any(map(text.__contains__, "\x81\x8d\x8f\x90\x9d")):
            raise  # real letters of other scripts, as in nearly all utf-8
        # cp1252 leaves five places empty; programs that mangle text fill them with the bare byte.
        return text.translate(_EMPTY).encode("cp1252", "surrogateescape")
