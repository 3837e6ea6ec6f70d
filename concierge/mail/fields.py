"""The header block of a mail, mended: junk lines, 8-bit bytes, broken encoded words."""

from __future__ import annotations

import re
from binascii import a2b_base64
from collections.abc import Iterator
from dataclasses import dataclass, field

from concierge.mail import charset

# Bounds that no honest mail comes near: the largest header block in 7,938 public messages was
# 210 kB, and that one was an attack. What is beyond them is cut before any parsing.
BLOCK_BYTES = 256_000
VALUE_BYTES = 32_000
HEADER_COUNT = 1_000

_FIELD = re.compile(rb"([!-9;-~]{1,76})[ \t]*:")
# The same with its folded lines, for a block in which nothing is wrong.
_SOUND = re.compile(rb"([!-9;<>-~]{1,76})[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)(?:\n|$)")
_PARAMETER = re.compile(rb"[\w*-]{1,40}=")
# A line that is no header ends the block, unless one of these still follows before the blank line.
_KNOWN = re.compile(
    rb"^(from|to|cc|subject|date|message-id|content-type|mime-version|received|return-path|"
    rb"reply-to|sender|content-transfer-encoding)[ \t]*:",
    re.IGNORECASE,
)
# An encoded word as broken as they come: no charset, a bare "?" inside, cut off at the line's end.
# No text runs past the next "=?", so that a line of half words is still read in one pass.
_WORD = re.compile(
    r"=\?([\w.:*+'\"-]{0,60})\?([bBqQ])\?((?:[^?=]|=(?!\?(?!=))|\?(?!=))*)(?:\?=|\??\Z)"
)
_Q_ESCAPE = re.compile(rb"=([0-9A-Fa-f]{2})")
_SPACES = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
# Pieces with a padding of their own that one encoded word is read as; two were seen.
_JOINED = 20
_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/]+")


@dataclass(slots=True)
class Block:
    """Headers as name and raw value, in order, and the codes of what was wrong."""

    fields: list[tuple[str, bytes]] = field(default_factory=list)
    faults: set[str] = field(default_factory=set)
    #: First values by name, filled when first asked for, which is after the block is complete.
    _index: dict[str, bytes] = field(default_factory=dict)

    def first(self, name: str) -> bytes:
        """The first raw value of a header given in lower case; empty when absent."""
        if not self._index:
            for key, value in self.fields:
                self._index.setdefault(key.lower(), value)
        return self._index.get(name, b"")


def split(raw: bytes, limit: int = BLOCK_BYTES) -> tuple[Block, bytes]:
    """Part a mail (or a part of one) into its header block and what follows the blank line.

    A part that starts with the blank line has no headers. Headers beyond ``limit`` bytes are cut.
    """
    block = Block()
    if raw[:1] in {b"\n", b"\r"}:
        return block, raw[2:] if raw.startswith(b"\r\n") else raw[1:]
    head, body = _cut(raw, block, limit)
    if (sound := _sound(head)) is not None:
        block.fields = sound
        return block, body
    return block, _mended(head, block) + body


def _mended(head: bytes, block: Block) -> bytes:
    """Read a block with faults line by line; the lines that belong to the text, if any."""
    lines = head.split(b"\n")
    last_known = -1
    for index, line in enumerate(lines):
        if block.fields and _continues(line, block.fields[-1][1]):
            _fold_in(block, line)
        elif (match := _FIELD.match(line)) is not None:
            value = line[match.end() :].strip()
            if len(value) > VALUE_BYTES:
                block.faults.add("headers_cut")
            block.fields.append((match[1].decode("ascii"), value[:VALUE_BYTES]))
        elif line.strip() and not _is_mbox_line(line, index):
            last_known = last_known if last_known >= 0 else _last_known(lines)
            if index > last_known:
                block.faults.add("no_blank_line")
                return b"\n".join(lines[index:]) + b"\n\n"
            block.faults.add("junk_header_line")
        if len(block.fields) >= HEADER_COUNT:
            block.faults.add("headers_cut")
            break
    return b""


def _sound(head: bytes) -> list[tuple[str, bytes]] | None:
    """The headers of a block without fault, as nearly all are, in half the time; else None."""
    found: list[tuple[str, bytes]] = []
    position = 0
    while position < len(head) and len(found) < HEADER_COUNT:
        match = _SOUND.match(head, position)
        if match is None or len(match[2]) > VALUE_BYTES:
            return None
        found.append((match[1].decode("ascii"), match[2].strip()))
        position = match.end()
    return found if position >= len(head) else None


def _last_known(lines: list[bytes]) -> int:
    """The last line that is certainly a header; searched once, so that junk costs no more."""
    return next((i for i in range(len(lines) - 1, 0, -1) if _KNOWN.match(lines[i])), 0)


def _cut(raw: bytes, block: Block, limit: int) -> tuple[bytes, bytes]:
    end, body_at = _blank_line(raw)
    head = raw[: min(end, limit)]
    if end > limit:
        block.faults.add("headers_cut")
    return head.replace(b"\r\n", b"\n").replace(b"\r", b"\n"), raw[body_at:]


def _blank_line(raw: bytes) -> tuple[int, int]:
    """Where the header block ends and where the body begins, for any line ends."""
    marks = [b"\n\r\n", b"\n\n"] if b"\n" in raw[:VALUE_BYTES] else [b"\r\r", b"\n\n"]
    for limit in (BLOCK_BYTES, len(raw)):
        ends = [(raw.find(mark, 0, limit), len(mark)) for mark in marks]
        found = [(at, size) for at, size in ends if at >= 0]
        if found:
            break
    else:
        return len(raw), len(raw)
    at, size = min(found)
    return at, at + size


def _continues(line: bytes, value: bytes) -> bool:
    """Whether a line goes on with the header before it; some relays lose the leading space."""
    if line[:1] in {b" ", b"\t"}:
        return True
    return value.endswith(b";") and _PARAMETER.match(line) is not None


def _fold_in(block: Block, line: bytes) -> None:
    name, value = block.fields[-1]
    if len(value) + len(line) >= VALUE_BYTES:
        block.faults.add("headers_cut")
        return
    block.fields[-1] = (name, value + b"\n" + line)


def _is_mbox_line(line: bytes, index: int) -> bool:
    return index == 0 and line.startswith((b"From ", b">From "))


def clean(text: str) -> str:
    """One line without control characters, so that no decoded CR or LF reaches anything."""
    if text.isprintable():
        return text.strip()
    text = " ".join(text.split())  # folded lines, which are all that is wrong with most
    return text if text.isprintable() else _SPACES.sub(" ", text).strip()


def decode(value: bytes, hint: str = "") -> str:
    """A raw header value as one clean line: 8-bit bytes and encoded words decoded.

    ``hint`` is the charset the body declares, which clients that write raw 8-bit headers share.
    """
    text = eight_bit(value[:VALUE_BYTES], hint)
    if "=?" not in text:
        return clean(text)
    text = _decode_words(text)
    # Some gateways encode what was encoded already.
    return clean(_decode_words(text) if "=?" in text else text)


def eight_bit(value: bytes, hint: str = "") -> str:
    """A raw value as text; utf-8 where it is that, for nothing else looks like it by accident."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return charset.decode(value, hint, may_guess=False).text


def eight_bit_codec(block: Block, declared: str) -> charset.Decoded | None:
    """What the raw 8-bit values of a block are in, all of them taken together; None without any.

    ``declared`` is the charset of the body, which the writer's program used for the headers too.
    One answer for the whole block: single headers are too short to tell, and too many.
    """
    values = [value for _, value in block.fields if not value.isascii()]
    if not values:
        return None
    return charset.decode(b"\n".join(values)[:VALUE_BYTES], declared)


def _decode_words(text: str) -> str:
    out: list[str] = []
    position = 0
    pending: list[tuple[str, str, str]] = []
    for match in _WORD.finditer(text):
        between = text[position : match.start()]
        if between.strip() or not pending:
            out.extend((_join(pending), between))
            pending = []
        pending.append((match[1].partition("*")[0].lower(), match[2].lower(), match[3]))
        position = match.end()
    out.extend((_join(pending), text[position:]))
    return "".join(out)


def _join(words: list[tuple[str, str, str]]) -> str:
    """Decode neighbours of one charset as one run of bytes: many clients split inside a letter."""
    return "".join(charset.decode(data, name, may_guess=False).text for name, data in _runs(words))


def _runs(words: list[tuple[str, str, str]]) -> Iterator[tuple[str, bytes]]:
    collected: list[bytes] = []
    left_over = ""
    for index, (name, way, text) in enumerate(words):
        following = words[index + 1] if index + 1 < len(words) else None
        same = following is not None and following[0] == name
        if way == "q":
            collected.append(_q(text))
        elif same and following is not None and following[1] == "b" and _unfinished(text):
            left_over += text
            continue
        else:
            collected.append(base64(left_over + text))
            left_over = ""
        if not same:
            yield name, b"".join(collected)
            collected = []


def _unfinished(text: str) -> bool:
    """Whether a base64 word was cut inside a group of four, to be finished by the next word."""
    return "=" not in text and len(_NOT_BASE64.sub("", text)) % 4 != 0


def base64(text: str) -> bytes:
    """Decode base64 as far as it goes; foreign characters are skipped.

    Padding in the middle means that pieces were joined, and each is read from its own start.
    """
    return b"".join(_base64(piece) for piece in text.split("=", _JOINED) if piece)


def _base64(text: str) -> bytes:
    letters = _NOT_BASE64.sub("", text)
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return a2b_base64(letters + "=" * (-len(letters) % 4))


def _q(text: str) -> bytes:
    data = text.replace("_", " ").encode("utf-8", "replace")
    return _Q_ESCAPE.sub(lambda found: bytes((int(found[1], 16),)), data)
