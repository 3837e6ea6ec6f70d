"""How mail programs open what they quote: reply lines, header blocks, separators."""

from __future__ import annotations

import re
from dataclasses import dataclass

from concierge.rules import cleaning_lines as line_of
from concierge.rules import cleaning_words as words_of

# A reply line is wrapped over at most this many lines; a wider window would swallow the
# sender's last sentence.
_WINDOW = 3
# No program writes more header lines than this over a quote, wrapped recipients included.
_BLOCK_LINES = 14
# "Begin forwarded message:", "Début du message réexpédié :" have no more words.
_LEAD_WORDS = 8
_DASHES = "-–—_*=#~"
_PAIR = re.compile(
    r"^[\s*_>|]{0,6}([^\W\d_][^:：\n]{0,24}?)\s?[*_]{0,2}\s?[:：][*_]{0,2}\s{0,20}(\S.*)?$"
)
_LABEL = re.compile(r"(?<!\S)[*_]{0,2}([^\W\d_]{1,14})\s?[*_]{0,2}[:：]")


@dataclass(frozen=True, slots=True)
class Opening:
    """What opens a quote: its label, its first and last line, and whether a program wrote it.

    ``block`` tells a header block or separator from a reply line; ``writer`` is the address, or
    else the name, of whom it quotes, folded to lower case.
    """

    label: str
    first: int
    last: int
    sure: bool = True
    block: bool = False
    writer: str = ""


def opening(lines: list[str], quoted: list[bool], index: int) -> Opening | None:
    """What opens a quote at (or, wrapped, with its last line at) this line; None when nothing does.

    ``quoted`` tells which lines are marked with ">".
    """
    line = lines[index]
    if not line.strip() or quoted[index]:
        return None
    return (
        _separator(lines, quoted, index)
        or _block(lines, index, index)
        or _one_line(lines, index)
        or _reply_line(lines, quoted, index)
    )


def quote_follows(quoted: list[bool], lines: list[str], index: int) -> bool:
    """Whether the next line with anything on it, if it is near, is a marked quote."""
    for at in range(index, min(index + 4, len(lines))):
        if lines[at].strip():
            return quoted[at]
    return False


def _reply_line(lines: list[str], quoted: list[bool], last: int) -> Opening | None:
    """The shortest window with a date and an address wins.

    A line with only one of them is a reply line right above a marked quote.
    """
    above_quote = quote_follows(quoted, lines, last + 1)
    if not above_quote and not line_of.may_end_reply(lines[last]):
        return None
    weak: Opening | None = None
    joined = ""
    for first in range(last, max(-1, last - _WINDOW), -1):
        line = lines[first].strip()
        if not line or quoted[first] or (first < last and line.endswith((".", "!", "?", "。"))):
            break
        joined = f"{line} {joined}".strip()
        strength = line_of.reply_strength(joined)
        if strength == 2 or (weak is None and above_quote and strength):
            sure = line_of.surely_programmed(joined, above_quote=above_quote)
            weak = Opening("reply", first, last, sure, writer=_address(joined))
        if strength == 2:
            return weak
    return weak


def _pair(line: str) -> re.Match[str] | None:
    if len(line) > 1_000 or not (":" in line or "：" in line):
        return None
    return _PAIR.match(line)


def _word(pair: re.Match[str]) -> str:
    return pair[1].strip(" *_").casefold()


def _block_pairs(lines: list[str], start: int) -> tuple[list[re.Match[str]], int]:
    """The "Word: value" lines from here on, and the last line of them.

    Lines may be wrapped, and all of them double-spaced when they come out of HTML.
    """
    pairs: list[re.Match[str]] = []
    spaced, at, last = False, start, start - 1
    while at < len(lines) and at < start + 2 * _BLOCK_LINES and len(pairs) < _BLOCK_LINES:
        line = lines[at]
        pair = _pair(line)
        if not line.strip():
            if len(pairs) == 1 and at == start + 1:
                spaced = True
            if not spaced or last < at - 1:
                break
        elif pair is not None:
            pairs.append(pair)
            last = at
        elif pairs and (line[:1] in " \t" or lines[at - 1].rstrip().endswith((";", ",", "<"))):
            last = at
        else:
            break
        at += 1
    return pairs, last


def _block(lines: list[str], index: int, first: int, *, under_rule: bool = False) -> Opening | None:
    """A block "From: .. Sent: .. To: .. Subject: .." that starts at ``index``, in any language.

    Three pairs at least, with an address or a date, and a subject, where programs put them: a web
    form, a travel plan or a list of one's own data has pairs too. Under a separator less is asked.
    """
    head = _pair(lines[index])
    if head is None or not (head[2] or under_rule):
        return None
    pairs, last = _block_pairs(lines, index)
    if len(pairs) < (2 if under_rule else 3):
        return None
    found = Opening("reply", first, last, block=True, writer=_writer(pairs))
    return found if _is_header(pairs, under_rule=under_rule) else None


def _is_header(pairs: list[re.Match[str]], *, under_rule: bool) -> bool:
    values = [pair[2] or "" for pair in pairs]
    dated = any(line_of.YEAR.search(v) and line_of.TIME.search(v) for v in values)
    addressed = any(map(line_of.ADDRESS.search, values))
    titled = any(_word(pair) in words_of.SUBJECT_WORDS for pair in pairs)
    sender = next(
        (v for p, v in zip(pairs, values, strict=True) if _word(p) in words_of.FROM_WORDS), ""
    )
    if sender and (titled or line_of.ADDRESS.search(sender) or (under_rule and dated)):
        return dated or under_rule or line_of.ADDRESS.search(sender) is not None
    enough = len(pairs) >= (3 if under_rule else 4)
    return (
        enough
        and dated
        and ((under_rule and addressed) or any(map(line_of.ANGLE.search, values[:2])))
    )


def _one_line(lines: list[str], index: int) -> Opening | None:
    """A header block whose lines were run together."""
    line = lines[index].strip()
    if len(line) > 2 * line_of.REPLY_CHARACTERS or line.count(":") + line.count("：") < 3:
        return None
    if not line_of.YEAR.search(line):
        return None
    labels = [match[1].casefold() for match in _LABEL.finditer(line)]
    if len(labels) < 3 or labels[0] not in words_of.FROM_WORDS:
        return None
    if not words_of.SUBJECT_WORDS.intersection(labels):
        return None
    return Opening("reply", index, index, block=True, writer=_address(line))


def _separator(lines: list[str], quoted: list[bool], index: int) -> Opening | None:
    """A line between dashes, or one that announces a forward, with a header right under it.

    People put headings between dashes too, so the header decides. Only the line of ticket systems
    stands alone: it says that answers belong above it.
    """
    line = lines[index].strip()
    if len(line) > line_of.REPLY_CHARACTERS:
        return None
    fenced = not line[:2].strip(_DASHES) and not line[-2:].strip(_DASHES)
    words = line.strip(_DASHES + " ")
    if (fenced or _names_itself(words)) and words_of.REPLY_ABOVE.search(words):
        return Opening("reply", index, index, sure=fenced, block=True)
    if fenced and words and line_of.reply_strength(words + ":") == 2:
        _, last = _block_pairs(lines, index + 1)
        return Opening("reply", index, max(index, last), block=True, writer=_address(words))
    below = next((i for i in range(index + 1, min(index + 4, len(lines))) if lines[i].strip()), -1)
    # Two looks at characters spare most lines the search for words.
    if below < 0 or not (quoted[below] or any(c in lines[below] for c in ":：@")):
        return None
    if not fenced and not _announces(words):
        return None
    return _under_separator(lines, quoted, index, below)


def _names_itself(words: str) -> bool:
    return len(words.split()) <= _LEAD_WORDS and words_of.holds(words, words_of.THIS_LINE)


def _announces(words: str) -> bool:
    if len(words.split()) > _LEAD_WORDS:
        return False
    return bool(words_of.holds(words, words_of.FORWARD) or words_of.holds(words, words_of.ORIGINAL))


def _under_separator(
    lines: list[str], quoted: list[bool], index: int, below: int
) -> Opening | None:
    """What a separator at ``index`` opens, with the next line that holds anything at ``below``."""
    words = lines[index].strip().strip(_DASHES + " ")
    label = "forward" if words_of.holds(words, words_of.FORWARD) else "reply"
    if quoted[below]:
        # A bare rule holds no words, so it may go with the quote under it.
        known = not words or _pair(line_of.QUOTE_MARKS.sub("", lines[below])) is not None
        return Opening(label, index, index, block=True) if known else None
    block = _block(lines, below, index, under_rule=bool(words)) or _one_line(lines, below)
    if block is not None:
        return Opening(label, index, block.last, block=True, writer=block.writer)
    if words_of.holds(words, words_of.ORIGINAL) and _without_colons(lines[below]):
        last = next((i for i in range(below, len(lines)) if not lines[i].strip()), len(lines)) - 1
        last = min(last, below + _BLOCK_LINES)
        return Opening(label, index, last, block=True, writer=_address(lines[below]))
    if line_of.reply_strength(lines[below]) == 2:
        sure = line_of.surely_programmed(lines[below], above_quote=False)
        return Opening(label, index, below, sure, block=True, writer=_address(lines[below]))
    return None


def _without_colons(line: str) -> bool:
    """Whether a line reads 'From "Bo" <bo@example.net>', as one mail program has it."""
    first = line.split(maxsplit=1)[0].casefold()
    return first in words_of.FROM_WORDS and line_of.ANGLE.search(line) is not None


def _address(text: str) -> str:
    found = re.search(r"[^\s<>@\"'(\[;,:]{1,64}@[^\s<>@\"')\];,]{1,255}", text)
    return found[0].casefold() if found else ""


def _writer(pairs: list[re.Match[str]]) -> str:
    """The address in the sender's line, or the name there; without such a line, the first."""
    for pair in pairs:
        if _word(pair) in words_of.FROM_WORDS:
            value = pair[2] or ""
            return _address(value) or value.strip(" *_\"'").casefold()
    return next(filter(None, (_address(pair[2] or "") for pair in pairs)), "")
