"""What of a parsed page must be marked or taken out before its words are: quotes, links, tricks."""

from __future__ import annotations

import re
from html import unescape
from typing import Any, TypeAlias
from urllib.parse import parse_qs, urlsplit

# The parser says of every node that it may be none; here each was just found or made.
Tree: TypeAlias = Any
Node: TypeAlias = Any

# Code points that never stand for a letter (Unicode, "noncharacters"), so no mail's words are lost.
QUOTE, UNQUOTE = "\ufdd0", "\ufdd1"
ALL = (QUOTE, UNQUOTE)
# How a line across the page looks in plain text mail.
_RULE = "_" * 32
# More of one sort is a machine's page or an attack; the rest is read without marks. It bounds time.
# Taking a list of nodes takes 4 microseconds for each, so what comes by more than this is let be.
_MARKED, _STYLED, _CROWD = 1_000, 20_000, 50_000
# A cheap look at the whole page, so that most pages are not walked for what they do not hide.
_HINTS = ("display:none", "visibility:", "font-size:0", "opacity:0", "height:0", "hidden")
_GONE = re.compile(r"display\s*:\s*none|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)", re.IGNORECASE)
_UNSEEN = re.compile(
    r"visibility\s*:\s*(?:hidden|collapse)"
    r"|font-size\s*:\s*0(?:\.0+)?\s*(?:px|pt|em|rem|%)?\s*(?:;|!|$)",
    re.IGNORECASE,
)
# Without the overflow cut off, what is in a box of no height shows below it.
_NO_HEIGHT = re.compile(
    r"(?<![\w-])(?:max-)?height\s*:\s*0(?:px|pt|em|%)?\s*(?:;|!|$)", re.IGNORECASE
)
_CUT_OFF = re.compile(r"overflow\s*:\s*hidden", re.IGNORECASE)
# Inside letters of no size or out of sight an inner element may show again; page builders set
# font-size:0 around whole letters to close gaps.
_SHOWS = re.compile(
    r"font-size\s*:\s*(?:0*\.[0-9]*[1-9]|0*[1-9]|[a-z])|visibility\s*:\s*visible", re.IGNORECASE
)
_BORDERLESS = re.compile(r"border\s*:\s*(?:none|0)", re.IGNORECASE)
_DOMAIN = re.compile(r"\b((?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24})\b", re.IGNORECASE)
# What looks like a domain and is the name of a file.
_FILES = frozenset({"pdf", "doc", "docx", "jpg", "jpeg", "png", "gif", "txt", "mp3", "wav", "html"})
_HREF_CHARACTERS = 4_000
# The words of a link that are looked at, the letters of an emoji drawn as a picture (families are
# long), and the longest host name there is.
_SHOWN, _EMOJI, _HOST = 2_000, 12, 253
_SAFE_LINKS = ".safelinks.protection.outlook.com"
# Of hidden elements this much is looked at, since they may lie in each other thousands deep.
_HIDDEN_CHARACTERS = 2_000_000
# The same of the words of links.
_LINK_CHARACTERS = 200_000
#: The attribute that hidden elements are marked with.
HIDDEN = "data-desk-hidden"
_TAGS = re.compile("<[^<>]*>")


def hide(tree: Tree, markup: str) -> str:
    """Mark what no reader sees with the attribute :data:`HIDDEN`; its words."""
    tight = "".join(markup.lower().split())
    if not any(hint in tight for hint in _HINTS):
        return ""
    room, last, words = _HIDDEN_CHARACTERS, "", []
    for node in (*_found(tree, "[hidden]"), *_found(tree, "[style]", _STYLED)):
        inner = _hidden(node)
        room -= len(inner)
        if room < 0:
            break
        if inner:
            node.setattr(HIDDEN, "")
        if inner and inner not in last:  # what lies in a hidden element was taken with it
            last = inner
            words.append(unescape(_TAGS.sub(" ", inner)).strip())
    return "\n".join(text for text in words if any(c.isalnum() for c in text))


def _found(tree: Tree, selector: str, limit: int = _MARKED) -> list[Node]:
    found = tree.body.query_selector_all(selector)
    return list(found[:limit]) if len(found) <= _CROWD else []


def _hidden(node: Node) -> str:
    """An element's markup when no reader sees any of it, else ""."""
    style = node.getattr("style") or ""
    gone = node.hasattr("hidden") or _GONE.search(style)
    if not gone and _NO_HEIGHT.search(style) and _CUT_OFF.search(style):
        gone = True
    if not (gone or _UNSEEN.search(style)):
        return ""
    inner: str = node.html
    return inner if gone or not _SHOWS.search(inner) else ""


def set_marks(tree: Tree, markup: str) -> None:
    """Write into the page what its words alone would not tell: quotes, lines, where links lead."""
    lower = markup.lower()
    marks = (
        ("<blockquote", "blockquote", _mark_quote),
        ("<hr", "hr", _mark_rule),
        ("alt=", "img[alt]", _mark_emoji),
    )
    for hint, selector, mark in marks:
        if hint in lower:
            for node in _found(tree, selector):
                mark(tree, node)
    if "href" in lower:
        _tell_links(tree)


def _mark_quote(tree: Tree, node: Node) -> None:
    # Gmail's "indent more" writes a quote without a border; it is the writer's own paragraph.
    named = (node.getattr("type") or "") + (node.getattr("class") or "")
    if named or not _BORDERLESS.search(node.getattr("style") or ""):
        node.insert_before(_line(tree, QUOTE), node.first_child)
        node.append_child(_line(tree, UNQUOTE))


def _mark_rule(tree: Tree, node: Node) -> None:
    node.parent.insert_before(_line(tree, _RULE), node)


def _mark_emoji(tree: Tree, node: Node) -> None:
    alt = node.getattr("alt") or ""
    if alt and len(alt) <= _EMOJI and not alt.isascii():
        node.parent.insert_before(tree.create_text_node(alt), node)


def _tell_links(tree: Tree) -> None:
    room = _LINK_CHARACTERS
    for node in _found(tree, "a[href]"):
        shown = node.text
        room -= len(shown)
        if room < 0:
            break
        if note := link_note(node.getattr("href") or "", shown[:_SHOWN]):
            node.append_child(tree.create_text_node(f" [{note}]"))


def _line(tree: Tree, words: str) -> Node:
    line = tree.create_element("div")
    line.append_child(tree.create_text_node(words))
    return line


def link_note(href: str, shown: str) -> str:
    """What to tell beside a link's words: where it leads when they do not say so, or lie.

    The real host as it is written in the link, "really: " before it when the words name another
    one; a mail address when the words do not hold it; "" for what leads nowhere or has no words.
    """
    href, shown = href.strip()[:_HREF_CHARACTERS], shown.strip().lower()
    scheme, _, rest = href.partition(":")
    if scheme.lower() == "mailto":
        address = rest.partition("?")[0].strip()
        return "" if not shown or address.lower() in shown else address
    host = _host(href)
    if not host or not shown:
        return ""
    named = [m[1] for m in _DOMAIN.finditer(shown) if m[1].rpartition(".")[2] not in _FILES]
    if any(_same(host, name) for name in named):
        return ""
    return f"really: {host}" if named else host


def _host(href: str) -> str:
    """The host a web link leads to, behind Outlook's own "safe links"; "" for all else."""
    try:
        parts = urlsplit(href if not href.startswith("//") else f"http:{href}")
        if parts.scheme.lower() not in {"http", "https", "ftp"}:
            return ""
        host = (parts.hostname or "").removeprefix("www.").rstrip(".")
        if host.endswith(_SAFE_LINKS):
            inner = urlsplit(parse_qs(parts.query).get("url", [""])[0]).hostname
            host = (inner or host).removeprefix("www.")
    except ValueError:
        return ""
    return host[:_HOST]


def _same(host: str, named: str) -> bool:
    named = named.removeprefix("www.")
    return host == named or host.endswith("." + named) or named.endswith("." + host)
