"""Who vouches for a sender: what our own mail server wrote about it, and nobody else's word.

Any writer can put an Authentication-Results header into a mail (RFC 8601, section 7.1). A mail
server that works by that standard removes those that carry its own name before it adds its own,
and an operator should see to that. Since not all do:

1. Only headers that name one of our own authserv-ids count, compared without case, whole.
2. Only the topmost run of them counts: what our server adds stands above what came with the mail.
3. With the line of a foreign server above it, a run vouches for nobody. A failure it tells of
   still counts: nobody forges a failure of their own mail.
4. Of a run that contradicts itself, the failure counts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from concierge.domain.findings import Evidence, Finding
from concierge.domain.message import ParsedMessage

_HEADER = "authentication-results"
#: Honest headers have a few hundred characters; more is an attack on whoever reads them.
_CHARACTERS = 10_000
#: A run of more headers, or a header of more results, than any server writes.
_MOST = 50
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_RESULT = re.compile(r"\s*([a-z][a-z0-9-]*)(?:/\d+)?\s*=\s*([a-z]+)", re.IGNORECASE)
_PROPERTY = re.compile(r"(?:^|\s)([a-z]+\.[a-z0-9_-]+)\s*=\s*(\S+)", re.IGNORECASE)
_BY = re.compile(r"\bby\s+([a-z0-9.-]+\.[a-z][a-z0-9-]*)(?![\w.])", re.IGNORECASE)
_FAILED = re.compile(r"\s*dmarc(?:/\d+)?\s*=\s*fail\b", re.IGNORECASE)
#: Second levels such as "co.uk" have so few letters that a third label is needed to tell owners.
_SHORT_LABEL = 3


class Authentication(StrEnum):
    """Whether the From of a mail is from where it says, as far as our own server knows."""

    PASS = "pass"  # noqa: S105 - a result of RFC 8601
    FAIL = "fail"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class _Result:
    method: str
    value: str
    properties: tuple[tuple[str, str], ...]

    def domain(self, *names: str) -> str:
        """The domain in the first of these properties that is there, in lower case."""
        found = dict(self.properties)
        value = next((found[name] for name in names if name in found), "")
        return value.rpartition("@")[2].strip("<>.").casefold()


def authentication_of(
    message: ParsedMessage, authserv_ids: Collection[str]
) -> Finding[Authentication]:
    """What our own mail server says of the sender.

    ``authserv_ids`` are the names it signs its findings with; without any, nothing is trusted.
    DMARC decides where it stands (RFC 7489); else an SPF or DKIM pass for the domain of the From,
    or one above or below it. A failure of SPF or DKIM alone says nothing: every forwarder breaks
    the one, many a list the other.
    """
    run, foreign = _topmost_run(message, {name.strip().casefold() for name in authserv_ids})
    domain = message.sender.domain if message.sender else ""
    results = tuple(result for value in run for result in _results(value))[:_MOST]
    if not results:
        return _none("", "our own mail server says nothing of it")
    if failed := _first(results, "dmarc", "fail"):
        note = "the sender's domain says that this mail is not from them (dmarc=fail)"
        return Finding(Authentication.FAIL, (_evidence(failed, 3.0, note),))
    if foreign:
        return _none("", "what our own mail server says stands under a foreign server's line")
    passed = _first(results, "dmarc", "pass")
    if passed and _aligned(passed.domain("header.from") or domain, domain):
        note = "the sender's domain vouches for it (dmarc=pass)"
        return Finding(Authentication.PASS, (_evidence(passed, 3.0, note),))
    return _by_parts(results, domain)


def _by_parts(results: tuple[_Result, ...], domain: str) -> Finding[Authentication]:
    for method, names in (("dkim", ("header.d", "header.i")), ("spf", ("smtp.mailfrom",))):
        for result in results:
            named = result.domain(*names)
            if (result.method, result.value) == (method, "pass") and _aligned(named, domain):
                note = f"{method} vouches for the sender's domain"
                return Finding(Authentication.PASS, (_evidence(result, 2.0, note),))
    said = ", ".join(f"{r.method}={r.value}" for r in results)
    return _none(said, "nothing vouches for the sender's own domain")


def _none(found: str, note: str) -> Finding[Authentication]:
    reason = Evidence("authentication.none", found, f"header:{_HEADER}", 0.0, note)
    return Finding(Authentication.NONE, (reason,), undetermined=True)


def _evidence(result: _Result, weight: float, note: str) -> Evidence:
    found = f"{result.method}={result.value}"
    rule = f"authentication.{result.method}.{result.value}"
    return Evidence(rule, found, f"header:{_HEADER}", weight, note)


def _first(results: tuple[_Result, ...], method: str, value: str) -> _Result | None:
    return next((r for r in results if (r.method, r.value) == (method, value)), None)


def _topmost_run(message: ParsedMessage, ours: set[str]) -> tuple[list[str], bool]:
    """Our server's headers down to the next server's line, and whether a foreign one is above."""
    run: list[str] = []
    foreign = False
    for name, value in message.headers:
        key = name.casefold()
        if key == "received":
            if run:
                break
            foreign = foreign or _is_foreign(value[:_CHARACTERS], ours)
        elif key == _HEADER and len(run) < _MOST:
            clean = _without_comments(value[:_CHARACTERS])
            named = clean.partition(";")[0].split()
            if named and named[0].strip('"').casefold() in ours:
                run.append(clean.partition(";")[2])
    return run, foreign


def _is_foreign(received: str, ours: set[str]) -> bool:
    """Whether a server of other owners took the mail in; one that names no domain is local."""
    found = _BY.search(_without_comments(received))
    return found is not None and not any(_owner(found[1]) == _owner(name) for name in ours)


def _owner(host: str) -> tuple[str, ...]:
    """The labels of a host that tell whose it is: the last two, or three under "co.uk"."""
    labels = tuple(host.casefold().strip(".").split("."))
    short = len(labels) > 2 and len(labels[-2]) <= _SHORT_LABEL
    return labels[-3:] if short else labels[-2:]


def _aligned(named: str, domain: str) -> bool:
    """Relaxed alignment (RFC 7489, 3.1): the same domain, or one of them under the other.

    Without a list of public suffixes a bare top level must not stand above everything.
    """
    if not named or not domain:
        return False
    upper, lower = sorted((named, domain), key=len)
    return upper == lower or ("." in upper and lower.endswith(f".{upper}"))


def _results(value: str) -> Iterator[_Result]:
    for part in value.split(";")[:_MOST]:
        if found := _RESULT.match(part):
            rest = part[found.end() :]
            pairs = tuple(
                (name.casefold(), said.strip('"')) for name, said in _PROPERTY.findall(rest)[:_MOST]
            )
            yield _Result(found[1].casefold(), found[2].casefold(), pairs)


def _without_comments(value: str) -> str:
    """The value without comments in parentheses, nested ones too, and without what quotes hold.

    A reason in quotes may hold a semicolon and a result of its own.
    """
    depth, kept = 0, []
    unclosed = value.count('"') % 2
    quoted = value if unclosed else _QUOTED.sub(_plain, value)
    for character in quoted:
        if character == "(":
            depth += 1
        elif character == ")":
            depth = max(0, depth - 1)
        elif not depth:
            kept.append(character)
    if not depth and not unclosed:
        return "".join(kept)
    # The sender's own address may hold a lone mark: no failure hides behind it, and nothing that
    # may be theirs vouches for them.
    head, *parts = re.sub(r'[()"]', " ", value).split(";")
    return ";".join((head, *filter(_FAILED.match, parts)))


def _plain(quote: re.Match[str]) -> str:
    return re.sub(r"[^\w.@-]", "", quote[1])
