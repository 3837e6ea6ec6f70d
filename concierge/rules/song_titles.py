"""Names of songs, records and bands in a letter: "Suicide Note" is a track there, no wish."""

from __future__ import annotations

import re
from typing import Final

#: What says that a name follows or came before. In quotes people write names and what was said
#: to them alike; only beside one of these is it surely a name.
_CUES: Final = (
    "song|songs|track|tracks|album|single|band|bands|EP|LP|titled|entitled|called|title|tune|setlist|"
    "canci[oó]n|tema|disco|[áa]lbum|banda|grupo|m[úu]sica|faixa|chamad[ao]|llamad[ao]|titulad[ao]|"
    "chanson|morceau|titre|groupe|intitul[ée]e?|Lied|Lieder|Titel|Stück|Album|namens|brano|canzone|"
    "gruppo|intitolat[oa]|nummer|liedje|plaat|genaamd|utw[oó]r|utworu|piosenk[aięey]+|zesp[oó][łl]u?|"
    "l[åa]t|l[åa]ten|skiva|bandet|kappale|biisi|yhtye|bändi|levy|p[íi]se[ňn]|písničk[ay]|kapela|"
    "c[âa]ntec|piesa|trupa|dal|sz[áa]m|zenekar|lemez|τραγούδι|δίσκος|μπάντα|песня|песни|песню|"
    "альбом|группа|группы|трек|пісня|пісню|гурт|гурту|שיר|אלבום|להקת|להקה|أغنية|اغنية|ألبوم|فرقة|"
    "آهنگ|آلبوم|ترانه|गाना|गाने|एल्बम|şarkı\\w*|albüm\\w*|parça\\w*|grub\\w*|lagu|bài hát|ca khúc|"
    "เพลง|วง|曲|楽曲|新曲|アルバム|バンド|シングル|歌|专辑|專輯|乐队|樂團|單曲|单曲|노래|곡|앨범|밴드"
)
_QUOTED: Final = re.compile(
    r"[\"“„«「『‘‹《〈][^\"“”„«»「」『』‘’‹›《》〈〉\n]{1,60}[\"”“»」』’›》〉]"
)
_BEFORE: Final = re.compile(rf"(?:^|[^\w])(?:{_CUES})\W*(?:\w+\W+){{0,2}}$", re.IGNORECASE)
_BEFORE_RUN: Final = re.compile(
    r"(?:曲|アルバム|バンド|シングル|歌|专辑|專輯|乐队|樂團|單曲|单曲|노래|곡|앨범|밴드|เพลง|วง)\S{0,3}\s?$"
)
_AFTER: Final = re.compile(
    rf"^\W*(?:\w+\W+){{0,2}}(?:{_CUES})(?:[^\w]|$)|^\s*(?:という|って|라는|이라는)", re.IGNORECASE
)
#: After "our band", "the track": names without quotes are written with capitals.
_NAMED: Final = re.compile(
    r"\b(?:song|track|album|single|band|EP|duo|trio|called|titled|named)"
    r"((?: (?:called|named|titled|is))? [A-Z][\w'’]*"
    r"(?: (?:of|the|and|in|to|me|my|[A-Z][\w'’]*)){0,5})"
)
#: Titles of works are short; a longer quotation is somebody speaking.
_MOST_WORDS: Final = 7
_LOOKED_AROUND: Final = 32


def without_titles(text: str) -> str:
    """The text with names of songs, records and bands blanked out; same length."""
    plain = _QUOTED.sub(_blanked, text)
    if plain.isupper():
        return plain
    return _NAMED.sub(lambda m: m[0][: m.start(1) - m.start()] + " " * len(m[1]), plain)


def _blanked(match: re.Match[str]) -> str:
    text = match.string
    before = text[max(0, match.start() - _LOOKED_AROUND) : match.start()]
    after = text[match.end() : match.end() + _LOOKED_AROUND]
    short = len(match[0].split()) <= _MOST_WORDS
    named = _BEFORE.search(before) or _AFTER.search(after) or _BEFORE_RUN.search(before)
    return " " * len(match[0]) if short and named else match[0]
