"""Where the rulebook's files are; apart from the rules, which take a moment to import."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from concierge.domain.routes import RoutePlans

#: The files of the rules folder.
TOPICS, DOORS, COUNTRIES = "topics.csv", "doors.toml", "countries.csv"
#: Who a letter is about, and what no reply may say.
ABOUT, SAFE_WORDS = "about.toml", "safe_words.toml"
NEEDS = "needs.csv"
#: What a charity may have trained on its own letters; most have none.
SECOND_OPINION = "second_opinion.json"
#: The folder of the urgency lexicon within it: what is listened for, and a file a language.
LEXICON = "urgency"
PLACE_CUES, COUNTRY_SIGNS = "place_cues.csv", "country_signs.csv"
COUNTRY_WEIGHTS, LANGUAGE_WEIGHTS = "country.toml", "language.toml"
SHORT_PHRASES = "short_phrases.csv"
#: Large tables, read when the first message asks for them.
GAZETTEER, WORDS = "gazetteer.tsv.gz", "words.txt.xz"
RULES = (
    *(TOPICS, DOORS, COUNTRIES, PLACE_CUES, COUNTRY_SIGNS, COUNTRY_WEIGHTS, LANGUAGE_WEIGHTS),
    *(ABOUT, NEEDS, SHORT_PHRASES, GAZETTEER, WORDS),
)


@dataclass(frozen=True, slots=True)
class RulebookFiles:
    """Where the rulebook's files are, and what the charity's config adds to them."""

    directory: Path
    templates: Path
    rules: Path
    charity: str
    signature: str
    promise: str = ""
    own_addresses: frozenset[str] = frozenset()
    #: The name our mail is sent under, where it is not the charity's.
    sender_name: str = ""
    staff_addresses: frozenset[str] = frozenset()
    authserv_ids: frozenset[str] = frozenset()
    routes: RoutePlans = field(default_factory=RoutePlans)

    def stamp(self) -> tuple[tuple[str, int, int], ...]:
        """Names, times and sizes of everything the rulebook is made of."""
        paths = [self.directory, *(self.rules / name for name in RULES)]
        # The folders too: their time changes when a file goes.
        paths.append(self.rules / SECOND_OPINION)
        paths += [self.rules / LEXICON, *sorted((self.rules / LEXICON).glob("*.toml"))]
        if self.templates.is_dir():
            paths += sorted(p for p in self.templates.rglob("*") if p.is_file())
        return tuple(_stamp(path) for path in paths)


def _stamp(path: Path) -> tuple[str, int, int]:
    try:
        status = path.stat()
    except OSError:
        return str(path), 0, -1
    return str(path), status.st_mtime_ns, status.st_size
