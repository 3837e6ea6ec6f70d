"""HTML mail to plain text; nothing is fetched, run or rendered, nothing raises.

HTML is never stored nor shown as HTML, so there is nothing to sanitise (and nh3 is not needed): it
is parsed, what no reader would see is set aside, and words come out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import unescape
from typing import TYPE_CHECKING

from concierge.mail import html_marks, html_scan

if TYPE_CHECKING:
    from resiliparse.parse.html import HTMLTree

# Longer HTML than this is cut before reading. Parsing that much takes under a second even of tags
# made to hurt, and no honest body beyond it was seen once pictures inside the page are left out.
HTML_CHARACTERS = 1_000_000
# A picture as letters; as long as they like, and no words.
_DATA_URI = re.compile(r"data:[\w/+.;=-]{0,100},[A-Za-z0-9+/=%\s]{500,}")
# A tag or an entity; markup without any is plain text under a wrong name.
_TAG = re.compile(r"<[a-zA-Z/!?]")
_BLANK_LINES = re.compile(r"\n{3,}")
_GAP = re.compile(r"\t+")
_BULLET = re.compile(r"(?m)^ {2}( *)\u2022 ?")
_NUMBER = re.compile(r"(?m)^ {2}( *\d{1,4}\. )")
# Letters of no width that newsletters fill their preview lines with.
_FILLERS = re.compile("[\u200b\u2060\ufeff\u00ad\u034f]+")
# Blanks of other widths; what joins letters in Persian or Hindi (U+200C, U+200D) is none of them.
_WIDE = "[\u00a0\u2000-\u200a\u202f\u205f]"
_BLANKS = re.compile(f" ?{_WIDE}(?: |{_WIDE})*")
_INDENT = re.compile(f"(?m)^(?: |{_WIDE})*{_WIDE}(?: |{_WIDE})*")
# A deeper quote than this is one no person wrote by hand; it bounds the "> " prefix.
_QUOTE_DEPTH = 20
# What the parser may raise: its own errors are these, and the words must come out all the same.
_FAULTS = (ValueError, TypeError, RuntimeError, AttributeError, LookupError, MemoryError)


@dataclass(frozen=True, slots=True)
class Page:
    """What a reader of the page sees, and the words it holds that no reader sees."""

    text: str
    hidden: str = ""
    #: True when the page was too long to be read whole.
    cut: bool = False


def to_text(markup: str) -> str:
    """The readable text of :func:`read`."""
    return read(markup).text


def read(markup: str) -> Page:
    """The words of a page: one line a block, quotes as "> " lines, links with their real host.

    Hidden elements are left out and given apart, unless the page would be empty without them.
    White letters on white stay: whether they can be seen nobody can tell from the page. Never
    raises, and never empty where there are words: what the parser gives up, our own scanner reads.
    """
    if len(markup) > HTML_CHARACTERS:
        markup = _DATA_URI.sub("", markup)
    if len(markup) > HTML_CHARACTERS:
        return replace(read(markup[:HTML_CHARACTERS]), cut=True)
    if not _TAG.search(markup):
        return Page(_tidy(unescape(markup)))
    try:
        page = _parsed(markup)
    except _FAULTS:
        page = Page("")
    return page if page.text else Page(html_scan.to_text(markup))


def _parsed(markup: str) -> Page:
    from resiliparse.parse.html import HTMLTree

    for mark in html_marks.ALL:
        markup = markup.replace(mark, "")
    tree = HTMLTree.parse(markup)
    if tree.body is None:
        return Page("")
    hidden = html_marks.hide(tree, markup)
    html_marks.set_marks(tree, markup)
    # A flyer is one picture: then its description is all the words there are.
    text = _tidy(_extracted(tree)) or _tidy(_extracted(tree, pictures=True))
    if not text and not hidden:
        text = _tidy(tree.title or "")  # "Your invoice as PDF": all that some programs write
    return Page(text, _tidy(hidden))  # of a page that hides all it says, ``read`` shows all


def _extracted(tree: HTMLTree, *, pictures: bool = False) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return extract_plain_text(
        tree,
        preserve_formatting=True,
        alt_texts=pictures,
        noscript=True,
        form_fields=False,
        skip_elements=["title", "svg", "template", f"[{html_marks.HIDDEN}]"],
    )


def _tidy(text: str) -> str:
    if not text.isascii():
        text = _BLANKS.sub(" ", _INDENT.sub("", _FILLERS.sub("", text)))
    text = _NUMBER.sub(r"\1", _BULLET.sub(r"\1- ", text))
    lines = [_GAP.sub(" ", line).rstrip() for line in text.split("\n")]
    if html_marks.QUOTE in text:
        lines = _quoted(lines)
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


def _quoted(lines: list[str]) -> list[str]:
    """The lines with "> " before each that stands between the marks of a quote."""
    depth, out = 0, []
    for line in lines:
        depth += line.count(html_marks.QUOTE) - line.count(html_marks.UNQUOTE)
        words = line.replace(html_marks.QUOTE, "").replace(html_marks.UNQUOTE, "")
        if words.strip() or words == line:
            out.append(("> " * min(max(depth, 0), _QUOTE_DEPTH) + words).rstrip())
    return out
