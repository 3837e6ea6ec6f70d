"""Which writing system a text uses, and the languages its letters alone can tell."""

from __future__ import annotations

from collections import Counter

#: First and last code point of the blocks that matter for one script each. Letters outside
#: every block (musical signs, emoji, private use) belong to no script.
_BLOCKS: tuple[tuple[int, int, str], ...] = (
    (0x41, 0x24F, "Latin"),
    (0x1E00, 0x1EFF, "Latin"),
    (0x370, 0x3FF, "Greek"),
    (0x1F00, 0x1FFF, "Greek"),
    (0x400, 0x52F, "Cyrillic"),
    (0x531, 0x58A, "Armenian"),
    (0x591, 0x5F4, "Hebrew"),
    (0x600, 0x6FF, "Arabic"),
    (0x750, 0x77F, "Arabic"),
    (0xFB50, 0xFDFF, "Arabic"),
    (0xFE70, 0xFEFE, "Arabic"),
    (0x900, 0x97F, "Devanagari"),
    (0x980, 0x9FF, "Bengali"),
    (0xA00, 0xA7F, "Gurmukhi"),
    (0xA80, 0xAFF, "Gujarati"),
    (0xB80, 0xBFF, "Tamil"),
    (0xC00, 0xC7F, "Telugu"),
    (0xC80, 0xCFF, "Kannada"),
    (0xD00, 0xD7F, "Malayalam"),
    (0xD80, 0xDFF, "Sinhala"),
    (0xE00, 0xE7F, "Thai"),
    (0xE80, 0xEFF, "Lao"),
    (0x1000, 0x109F, "Myanmar"),
    (0x10A0, 0x10FF, "Georgian"),
    (0x1100, 0x11FF, "Hangul"),
    (0x1200, 0x139F, "Ethiopic"),
    (0x1780, 0x17FF, "Khmer"),
    (0x3041, 0x30FF, "Kana"),
    (0x3400, 0x4DBF, "Han"),
    (0x4E00, 0x9FFF, "Han"),
    (0xAC00, 0xD7AF, "Hangul"),
    (0x20000, 0x323AF, "Han"),
)

#: Scripts that one language of our requesters writes; measured 100 % right on the language set.
SCRIPT_LANGUAGE: dict[str, str] = {
    "Greek": "el",
    "Armenian": "hy",
    "Hebrew": "he",
    "Bengali": "bn",
    "Gurmukhi": "pa",
    "Gujarati": "gu",
    "Tamil": "ta",
    "Telugu": "te",
    "Kannada": "kn",
    "Malayalam": "ml",
    "Sinhala": "si",
    "Thai": "th",
    "Lao": "lo",
    "Myanmar": "my",
    "Georgian": "ka",
    "Hangul": "ko",
    "Ethiopic": "am",
    "Khmer": "km",
    "Kana": "ja",
    "Han": "zh",
}

#: Languages among which letters and n-grams have to choose, by script.
SCRIPT_CANDIDATES: dict[str, frozenset[str]] = {
    "Cyrillic": frozenset({"ru", "uk", "bg", "sr", "mk"}),
    "Arabic": frozenset({"ar", "fa", "ur"}),
    "Devanagari": frozenset({"hi", "mr", "ne"}),
}

#: Letters only some languages of a script use: (letters, languages that have them). Languages of
#: the list we cannot answer in (be, kk, ps, ckb) still decide, so that they are not taken for
#: a neighbour.
_TELLING: dict[str, tuple[tuple[str, frozenset[str]], ...]] = {
    "Cyrillic": (
        ("ў", frozenset({"be"})),
        ("әғқңұһ", frozenset({"kk"})),
        ("їєґ", frozenset({"uk"})),
        ("ђћ", frozenset({"sr"})),
        ("ѓќѕ", frozenset({"mk"})),
        ("јљњџ", frozenset({"sr", "mk"})),
        ("ыэё", frozenset({"ru", "be", "kk"})),
        ("і", frozenset({"uk", "be", "kk"})),
        ("щ", frozenset({"ru", "uk", "bg", "kk"})),
        ("ъ", frozenset({"bg", "ru"})),
    ),
    "Arabic": (
        ("ټډړښځڅ", frozenset({"ps"})),
        ("ڕڵۆێە", frozenset({"ckb"})),
        ("ٹڈڑےںھہ", frozenset({"ur"})),
        ("پچژگ", frozenset({"fa", "ur", "ps", "ckb"})),
        ("یک", frozenset({"fa", "ur", "ps", "ckb"})),
        ("ةإ", frozenset({"ar"})),
    ),
}

#: Urdu cannot do without these; this many characters without any rule it out.
_URDU_LETTERS = "ٹڈڑےںھہ"
_URDU_NEEDS_ONE_IN = 15

#: Han and Kana letters carry a syllable or a word each, so they count more than one letter
#: when a mail mixes them with Latin text.
_LETTER_WEIGHT = {"Han": 3.0, "Kana": 2.0, "Hangul": 2.0}
#: A mail in another script holds brand names, links and an English sentence; Latin decides only
#: when it clearly outweighs the rest (langdetect drops Latin below one half for the same reason).
_LATIN_MUST_OUTWEIGH = 1.5


#: A telling letter must come at least this often, so that one Ukrainian name in a long Russian
#: mail does not decide; the rarest telling letters come about once in a hundred.
_ONE_FOREIGN_LETTER_IN = 150


class _ScriptOf(dict[str, str]):
    """Remembers the script of each character it was asked for; "" for what is no letter."""

    def __missing__(self, char: str) -> str:
        script = _script_of(char)
        if len(self) < 20_000:  # a bound, should somebody send every code point there is
            self[char] = script
        return script


def _script_of(char: str) -> str:
    code = ord(char)
    # Combining vowel signs of Indic and Thai text are no `isalpha`, but part of its words.
    if not char.isalpha() and not 0x900 <= code < 0xE80:
        return ""
    return next((name for low, high, name in _BLOCKS if low <= code <= high), "")


script_of = _ScriptOf()


def count_scripts(text: str) -> Counter[str]:
    """Letters of ``text`` by script name, such as ``{"Latin": 12}``; never raises."""
    counted: Counter[str] = Counter()
    for char, times in Counter(text).items():
        script = script_of[char]
        if script:
            counted[script] += times
    return counted


def main_script(counted: Counter[str]) -> str:
    """The script that carries the text, "" when it has no letters.

    Any fair share of Kana makes Han Japanese, since Japanese mixes both and Chinese has none.
    """
    weight = {name: n * _LETTER_WEIGHT.get(name, 1.0) for name, n in counted.items()}
    if not weight:
        return ""
    latin = weight.pop("Latin", 0.0)
    if not weight or latin > _LATIN_MUST_OUTWEIGH * sum(weight.values()):
        return "Latin"
    # One Kana among twenty Han characters is a Japanese particle; less is a quoted name.
    if counted["Kana"] * 20 >= counted["Han"] and counted["Kana"]:
        weight["Kana"] = weight.get("Kana", 0.0) + weight.pop("Han", 0.0)
    return max(weight, key=lambda name: weight[name])


def languages_by_letters(text: str, script: str) -> frozenset[str]:
    """The languages whose letters fit ``text``; empty when the script says nothing.

    Evidence is taken in the order of the table; a set that would leave nothing is skipped, since
    a foreign name can bring a foreign letter.
    """
    counted = Counter(text.lower())
    needed = max(1, len(text) // _ONE_FOREIGN_LETTER_IN)
    left: frozenset[str] = frozenset()
    for letters, languages in _TELLING.get(script, ()):
        if sum(counted[letter] for letter in letters) >= needed:
            left = (left & languages or left) if left else languages
    left = left or SCRIPT_CANDIDATES.get(script, left)
    if len(text) >= _URDU_NEEDS_ONE_IN and not any(letter in counted for letter in _URDU_LETTERS):
        left = left - {"ur"} or left
    return left
