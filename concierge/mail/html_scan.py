"""A scanner of our own for markup no HTML parser makes words of; total, linear, shows all."""

from __future__ import annotations

import re
from html import unescape

# The body keeps 200,000 characters; reading stops a little beyond, so that the cut is noticed.
TEXT_CHARACTERS = 250_000
# The standard library's parser is quadratic on unclosed marks in Python 3.11, so the scan is our
# own: every search starts where the last one ended.
_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9]*)")
_SPACE = re.compile(r"[ \t\r\n\f\u00a0\u200b\ufeff]+")
_LINES = re.compile(r"\n{3,}")
# Elements whose content is no text for a reader.
_SILENT = frozenset({"script", "style", "title", "template", "noframes", "svg", "object"})
_BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "li",
        "main",
        "nav",
        "ol",
        "section",
        "table",
        "tbody",
        "thead",
        "tr",
        "ul",
    }
)
_PARAGRAPHS = frozenset({"p", "blockquote", "pre"})
# A deeper quote than this is one no person wrote by hand; it bounds the "> " prefix.
_QUOTE_DEPTH = 20


def to_text(markup: str) -> str:
    """The readable text: one line a block, quotes as "> " lines, hidden text kept visible."""
    return _Writer(markup).text()


class _Writer:
    """Walks the markup once and collects lines."""

    def __init__(self, markup: str) -> None:
        self._markup = markup
        self._lines: list[str] = []
        self._line: list[str] = []
        self._depth = 0
        self._pre = 0
        self._room = TEXT_CHARACTERS
        self._unclosed: set[str] = set()

    def text(self) -> str:
        position, size = 0, len(self._markup)
        while position < size and self._room > 0:
            opening = self._markup.find("<", position)
            if opening < 0:
                opening = size
            if opening > position:
                self._words(self._markup[position:opening])
            position = self._mark(opening) if opening < size else size
        self._break()
        return _LINES.sub("\n\n", "\n".join(self._lines)).strip("\n")

    def _mark(self, at: int) -> int:
        """Handle what starts at a ``<`` and tell where to go on."""
        markup = self._markup
        if markup.startswith("<!--", at):
            return _after(markup, "-->", at + 4)
        if markup.startswith(("<!", "<?"), at):
            return _after(markup, ">", at)
        match = _NAME.match(markup, at + 1)
        if match is None:
            self._words("<")
            return at + 1
        end = _tag_end(markup, match.end())
        name = match[1].lower()
        if name in _SILENT and not markup.startswith("</", at) and markup[end - 2 : end] != "/>":
            return self._skip(name, end)
        self._tag(name, closing=markup.startswith("</", at))
        return end

    def _skip(self, name: str, at: int) -> int:
        # An element that never closes would hide the whole letter, so its content is shown; it is
        # looked for once, because looking again from each opening is quadratic.
        if name in self._unclosed:
            return at
        closing = re.compile(f"</{name}", re.IGNORECASE).search(self._markup, at)
        if closing is None:
            self._unclosed.add(name)
            return at
        return _tag_end(self._markup, closing.end())

    def _tag(self, name: str, *, closing: bool) -> None:
        if name == "br":
            self._break()
        elif name in _PARAGRAPHS:
            self._break()
            self._lines.append(self._prefix().rstrip())
            self._nest(name, -1 if closing else 1)
        elif name in _BLOCKS:
            self._break(only_when_filled=True)
        elif name in {"td", "th"}:
            self._line.append(" ")
        elif name == "hr":
            self._break(only_when_filled=True)
            self._room -= 34
            self._lines.append(self._prefix() + "_" * 32)
        if name == "li" and not closing:
            self._line.append("- ")

    def _nest(self, name: str, step: int) -> None:
        if name == "blockquote":
            self._depth = max(0, min(_QUOTE_DEPTH, self._depth + step))
        elif name == "pre":
            self._pre = max(0, self._pre + step)

    def _prefix(self) -> str:
        return "> " * self._depth

    def _words(self, text: str) -> None:
        if "&" in text:
            text = unescape(text)
        self._room -= len(text)
        if self._pre:
            first, *others = text.replace("\r", "").split("\n")
            self._line.append(first)
            for line in others:
                self._break()
                self._line.append(line)
            return
        self._line.append(_SPACE.sub(" ", text))

    def _break(self, *, only_when_filled: bool = False) -> None:
        line = "".join(self._line)
        self._line = []
        line = line.rstrip() if self._pre else " ".join(line.split(" ")).strip()
        line = line if self._pre else _SPACE.sub(" ", line)
        if line or not only_when_filled:
            self._room -= 1 + 2 * self._depth
            self._lines.append((self._prefix() + line).rstrip())


def _after(markup: str, mark: str, at: int) -> int:
    found = markup.find(mark, at)
    return len(markup) if found < 0 else found + len(mark)


def _tag_end(markup: str, at: int) -> int:
    """Behind the ``>`` that closes a tag; one inside a quoted attribute does not count."""
    end = markup.find(">", at)
    if end < 0:
        return len(markup)
    for quote in ('"', "'"):
        inside = markup[at:end]
        if f"={quote}" in inside and inside.count(quote) % 2:
            closing = markup.find(quote, end, end + 2_000)
            further = markup.find(">", closing, closing + 2_000) if closing >= 0 else -1
            end = further if further >= 0 else end
    return end + 1
