"""The directory's rows prepared once for matching: by country, with the names people call them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from babel import Locale
from rapidfuzz.utils import default_process

from concierge.domain.resource import Resource, ResourceKind

#: The country of rows that serve everyone.
ANYWHERE = "INTL"
_NOT_WORDS = re.compile(r"\W+")
_BRACKETS = re.compile(r"\(([^()]*)\)")
# A line whose operator no source names is called by what it is; nobody writes that as a name.
_NAMELESS = re.compile(r"^(national )?(crisis|helpline)\b")
# A single word this long is a name in any spelling ("samaritans"); a shorter one, or two everyday
# words ("the mix", "help musicians"), counts only with the capitals it is published with.
_TELLING_LENGTH = 9
_TELLING_WORDS = 3
# From here on scripts write without spaces, so a name is looked for anywhere in the text.
_UNSPACED_FROM = "\u2e80"
# Norwegian mail and rows use three codes for what a Norwegian line speaks alike.
_SAME_LANGUAGE = {"nb": "no", "nn": "no"}


@dataclass(frozen=True, slots=True)
class Words:
    """A text made ready for looking names up: words between single spaces, in two spellings."""

    cased: str
    folded: str


@dataclass(frozen=True, slots=True)
class Alias:
    """One name a row goes by, as published and as it is looked for."""

    published: str
    needle: str
    #: Whether capitals must be as published.
    cased: bool

    def named_in(self, words: Words) -> bool:
        """Whether the text names this row, as whole words."""
        return self.needle in (words.cased if self.cased else words.folded)


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One row with what matching needs of it, made once and so equal only to itself."""

    resource: Resource
    #: Name, topics, region and audience as rapidfuzz compares them.
    hay: str
    aliases: tuple[Alias, ...]
    regions: tuple[Alias, ...]
    topics: frozenset[str]
    languages: frozenset[str]


@dataclass(frozen=True, slots=True)
class Index:
    """The directory by country. Rows of one country stand in the order of their ids."""

    by_country: Mapping[str, tuple[Entry, ...]]
    #: English country names by code, for the evidence staff read.
    country_names: Mapping[str, str]

    def of(self, country: str) -> tuple[Entry, ...]:
        """The rows of one country only; empty for an unknown one."""
        return self.by_country.get(country, ())


def index(resources: Iterable[Resource]) -> Index:
    """Prepare the directory; costs some 30 microseconds a row, done once at start."""
    grouped: defaultdict[str, list[Entry]] = defaultdict(list)
    for resource in sorted(resources, key=lambda r: r.id):
        grouped[resource.country].append(_entry(resource))
    territories = Locale.parse("en").territories
    names = {code: str(territories.get(code, code)) for code in grouped}
    names[ANYWHERE] = "any country"
    return Index({code: tuple(rows) for code, rows in grouped.items()}, names)


def spoken(code: str) -> str:
    """A language code as lines and people are compared by it: ``pt`` for ``pt-BR``."""
    primary = code.partition("-")[0].casefold()
    return _SAME_LANGUAGE.get(primary, primary)


def words_of(text: str) -> Words:
    """A text as :meth:`Alias.named_in` reads it."""
    cased = f" {_NOT_WORDS.sub(' ', text).strip()} "
    return Words(cased, cased.casefold())


def _entry(resource: Resource) -> Entry:
    parts = (resource.name, *resource.topics, resource.region, *resource.audience)
    return Entry(
        resource=resource,
        hay=default_process(" ".join(parts).replace("_", " ")),
        aliases=tuple(_aliases(resource)),
        regions=tuple(_alias(part, cased=False) for part in _regions(resource.region)),
        topics=frozenset(resource.topics),
        languages=frozenset(map(spoken, resource.languages)),
    )


def _aliases(resource: Resource) -> Iterable[Alias]:
    # "Emergency services (Ireland)" is nobody's name.
    if resource.kind is ResourceKind.EMERGENCY or _NAMELESS.search(resource.name.casefold()):
        return
    bare = _BRACKETS.sub(" ", resource.name)
    names = {bare.strip(), re.split(r" - |: ", bare)[0].strip()}
    # In brackets stand initials (MITC) or the name in another script; a country or a group of
    # callers stands there too, which is why only initials and long names count.
    names |= {b for b in _BRACKETS.findall(resource.name) if b.isupper() or len(b.split()) > 2}
    for name in sorted(names):
        tokens = _NOT_WORDS.sub(" ", name).split()
        if len("".join(tokens)) > 2:
            yield _alias(name, cased=not _telling(tokens))


def _telling(tokens: list[str]) -> bool:
    return len(tokens) >= _TELLING_WORDS or (len(tokens) == 1 and len(tokens[0]) >= _TELLING_LENGTH)


def _alias(published: str, *, cased: bool) -> Alias:
    words = words_of(published)
    needle = words.cased if cased else words.folded
    if any(ch >= _UNSPACED_FROM for ch in needle):
        needle = needle.strip()
    return Alias(published, needle, cased)


def _regions(region: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;,/()]", region) if len(part.strip()) > 2]
