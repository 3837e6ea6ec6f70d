"""Part what a sender wrote from what their mail program added, by structure, in any language."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from concierge.rules import cleaning_lines as line_of
from concierge.rules.cleaning_marks import mark_quotes
from concierge.rules.cleaning_page import Faith, Page, page_of
from concierge.rules.cleaning_tail import mark_endings

#: Trimming may take this share of the new words; beyond it the full text rules. Every quote
#: stripper measured loses more than a fifth of the new text in 12 to 27 % of human mails.
RULING_SHARE = 0.2
# The mark of a signature in plain text mail (RFC 3676, 4.3); many programs drop the last space.
_SIGNATURE = re.compile(r"--\s*$")
_UNDER_MARK = frozenset({"signature", "footer", "device", "disclaimer"})
_QUOTES = frozenset({"quote", "reply", "forward"})


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What of a body the sender wrote, beside the whole of it.

    ``text`` is trimmed, for showing and for telling the language; ``full`` is the whole body.
    ``cut`` holds (label, text) in order; labels are ``quote``, ``reply``, ``forward``,
    ``signature``, ``device``, ``footer`` and ``disclaimer``; ``quoted`` joins the first three.

    When ``full_rules``, for the ``reason`` given in words, conclusions are drawn from all that may
    be the sender's: see :attr:`weighed`.
    """

    text: str
    quoted: str = ""
    cut: tuple[tuple[str, str], ...] = ()
    full: str = ""
    full_rules: bool = False
    reason: str = ""
    #: The full text but for what is surely another's, and that rest.
    unproven: str = ""
    theirs: str = ""

    @property
    def weighed(self) -> str:
        """What the rules read as the sender's words.

        When the full text rules it is all but what is surely another's: marked quotes with the
        line that tells whose they are, and our own letter.
        """
        return self.unproven if self.full_rules else self.text

    @property
    def aside(self) -> str:
        """All the rest, which rules may read as quoted; nothing of a body is in neither."""
        return self.theirs if self.full_rules else "\n".join(piece for _, piece in self.cut)


def own_words(body: str, ours: frozenset[str] = frozenset()) -> OwnWords:
    """Find the sender's own words; where trimming goes too far or is in doubt, the full text rules.

    1. Lines under ">" are quotes wherever they stand; what is between them stays.
    2. A reply line, a header block or a separator of a mail program with nothing marked under it
       quotes all that follows.
    3. From the end: device lines, footers of lists, disclaimers, the signature under "--".
    4. The full text rules when this took more than a fifth of the new words (the unquoted lines
       above the "-- " mark), or took anything a person may have typed.

    ``ours`` holds the desk's own addresses (``Address.key``) and, for headers that show no address,
    its names in lower case. A letter under a header that names one of them is our letter, not new
    words: it must not raise the urgency of the answer. Only what stands under its end is in doubt.
    A body without any own words, such as a bare forward, is returned whole.
    """
    body = body.replace("\r\n", "\n")
    page = page_of(body)
    mark_quotes(page, ours)
    mark_endings(page)
    full = body.strip()
    if not any(page.labels):
        text = _squeezed(body)
        return OwnWords(text, full=full, unproven=text)
    text = _joined(page, lambda label, _: not label)
    if not line_of.has_words(text):
        return OwnWords(full, full=full, unproven=full)
    cut = _pieces(page)
    reason = page.doubt or _too_much(page)
    return OwnWords(
        text=text,
        quoted="\n".join(piece for label, piece in cut if label in _QUOTES),
        cut=cut,
        full=full,
        full_rules=bool(reason),
        reason=reason,
        unproven=_joined(page, lambda label, faith: not label or faith is not Faith.THEIRS),
        theirs=_joined(page, lambda label, faith: bool(label) and faith is Faith.THEIRS),
    )


def _too_much(page: Page) -> str:
    """Why the full text rules by the share of new words that were cut; empty when it does not.

    By words, and by characters for scripts without spaces. What stands under a signature's mark is
    left out; counted again with all of it that is no signature, dashes in a letter hide no loss.
    """
    marks = (i for i, line in enumerate(page.lines) if _SIGNATURE.match(line))
    sign = min(page.contact, next(marks, len(page.lines)))
    unquoted = [i for i, q in enumerate(page.quoted) if not q and i not in page.our_letter]
    above = [i for i in unquoted if i < sign]
    letter = [i for i in unquoted if page.labels[i] not in _UNDER_MARK]
    for new in (above, letter):
        for measure in (_words, _characters):
            total = sum(measure(page.lines[i]) for i in new)
            lost = sum(measure(page.lines[i]) for i in new if page.labels[i])
            if lost > RULING_SHARE * total:
                return f"trimming took {round(100 * lost / total)} % of the new words"
    return ""


def _words(line: str) -> int:
    return len(line.split())


def _characters(line: str) -> int:
    return sum(map(len, line.split()))


def _joined(page: Page, wanted: Callable[[str, Faith], bool]) -> str:
    rows = zip(page.lines, page.labels, page.faith, strict=True)
    text = "\n".join(line for line, label, faith in rows if wanted(label, faith))
    return _squeezed(text)


def _squeezed(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _pieces(page: Page) -> tuple[tuple[str, str], ...]:
    pieces: list[tuple[str, list[str]]] = []
    last = ""
    for line, label in zip(page.lines, page.labels, strict=True):
        if label and label == last:
            pieces[-1][1].append(line)
        elif label:
            pieces.append((label, [line]))
        last = label
    return tuple((label, "\n".join(found).strip("\n")) for label, found in pieces)
