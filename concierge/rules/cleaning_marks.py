"""Mark the quotes and replies of a body, and with them our own letters."""

from __future__ import annotations

import re

from concierge.domain.message import Address
from concierge.rules import cleaning_lines as line_of
from concierge.rules import cleaning_replies as replies
from concierge.rules.cleaning_page import Faith, Page

# A quote tells whose it is in its first lines, or in the reply line above it.
_QUOTE_HEAD = 4
# Quoted lines are wrapped here by mail programs; a broken wrap leaves a last word unmarked.
_WRAPPED = 60
# The last line of our own letters; see the closing of the templates.
_OUR_REFERENCE = re.compile(r"^\W{0,3}Ref: \S+\s*$")


def mark_quotes(page: Page, ours: frozenset[str]) -> None:
    """Mark what is quoted or forwarded.

    ``ours`` are the desk's own addresses and names, folded to lower case.
    """
    _mark_quotes(page, attributed=_mark_replies(page, ours))


def _mark_replies(page: Page, ours: frozenset[str]) -> bool:
    """Mark reply lines above quotes, and all that follows one with nothing marked under it.

    Returns whether any quote of the mail tells by a program's line whose it is.
    """
    index, own_first, attributed = 0, len(page.lines), False
    while index < len(page.lines):
        found = replies.opening(page.plain, page.quoted, index)
        if found is None:
            if (
                own_first > index
                and not page.quoted[index]
                and line_of.has_words(page.plain[index])
            ):
                own_first = index
            index += 1
            continue
        if replies.quote_follows(page.quoted, page.plain, found.last + 1):
            attributed = attributed or found.sure
            faith = Faith.THEIRS if found.sure else Faith.DOUBT
            page.mark(
                found.first, found.last, found.label, faith, "a line over a quote may be typed"
            )
            own_first = own_first if own_first < found.first else len(page.lines)
        elif _mark_bare(page, found, ours, own_above=own_first < found.first):
            break
        else:
            own_first = own_first if own_first < found.first else len(page.lines)
        index = found.last + 1
    return attributed


def _mark_bare(
    page: Page, found: replies.Opening, ours: frozenset[str], *, own_above: bool
) -> bool:
    """Mark an opening with nothing marked under it; True when that settles the rest of the mail.

    With nothing of the sender's own above, what follows a reply line is the answer (some programs
    drop the quote), and what follows a header block is all there is; but not our own letter.
    """
    last = len(page.lines) - 1
    if found.writer and _is_ours(found.writer, ours):
        return _mark_our_letter(page, found, ours, own_above=own_above)
    if own_above:
        why = "words without a mark under a reply line or header may be an answer"
        page.mark(found.first, last, found.label, Faith.DOUBT, why)
        return True
    if found.block:
        return True
    page.mark(found.first, found.last, found.label, Faith.DOUBT, "a reply line without a quote")
    return False


def _is_ours(writer: str, ours: frozenset[str]) -> bool:
    return writer in ours or ("@" in writer and Address(writer).is_one_of(ours))


def _mark_our_letter(
    page: Page, found: replies.Opening, ours: frozenset[str], *, own_above: bool
) -> bool:
    """Mark our own letter under its header: these words are not new, however urgent they sound.

    What stands under its last line, before any older mail, may be an answer. Without own words
    above and without such an answer nothing is marked: the answer is somewhere inside.
    """
    end, older = _letter_end(page, found, ours)
    answered = any(line_of.has_words(line) for line in page.plain[end + 1 : older])
    if not own_above and not answered:
        return True
    page.mark(found.first, end, found.label, Faith.THEIRS)
    page.our_letter = range(found.first, len(page.lines) if not answered else end + 1)
    if own_above:
        why = "an answer may stand under our own letter"
        page.mark(end + 1, older - 1, found.label, Faith.DOUBT, why)
    page.mark(older, len(page.lines) - 1, found.label, Faith.THEIRS)
    return True


def _letter_end(page: Page, found: replies.Opening, ours: frozenset[str]) -> tuple[int, int]:
    """The last line of our letter, and where older mail under it starts."""
    total = len(page.lines)
    end = total - 1
    for at in range(found.last + 1, total):
        if _OUR_REFERENCE.match(page.plain[at]) or page.plain[at].strip().casefold() in ours:
            end = at
        elif page.quoted[at] or replies.opening(page.plain, page.quoted, at) is not None:
            return (end if end < at else at - 1), at
    return end, total


def _mark_quotes(page: Page, *, attributed: bool) -> None:
    """Mark the lines under ">": another's when some line tells whose, otherwise in doubt."""
    if not attributed:
        attributed = _tells_whose(page)
    faith = Faith.THEIRS if attributed else Faith.DOUBT
    why = 'lines behind ">" have no line that tells whose they are'
    for at, quoted in enumerate(page.quoted):
        if quoted:
            page.mark(at, at, "quote", faith, why)
        elif _is_wrap(page, at):
            page.mark(at, at, "quote", Faith.DOUBT, "a line between quoted lines may be an answer")


def _tells_whose(page: Page) -> bool:
    at = 0
    while at < len(page.lines):
        if not page.quoted[at]:
            at += 1
            continue
        inside: list[str] = []
        while at < len(page.lines) and page.quoted[at]:
            if len(inside) < 2 * _QUOTE_HEAD:
                inside.append(line_of.QUOTE_MARKS.sub("", page.plain[at]))
            at += 1
        if _opens_inside(inside):
            return True
    return False


def _opens_inside(inside: list[str]) -> bool:
    unmarked = [False] * len(inside)
    found = (replies.opening(inside, unmarked, i) for i in range(min(_QUOTE_HEAD, len(inside))))
    if any(map(line_of.reply_strength, inside[:_QUOTE_HEAD])):
        return True
    return any(one is not None and one.sure for one in found)


def _is_wrap(page: Page, at: int) -> bool:
    """Whether a line is the broken-off rest of the long quoted line above it."""
    if not 0 < at < len(page.lines) - 1 or not (page.quoted[at - 1] and page.quoted[at + 1]):
        return False
    line, above = page.plain[at], page.plain[at - 1].rstrip()
    return len(above) >= _WRAPPED and above[-1] not in ".!?:" and line[:1].islower()
