"""Write ``data/words.txt.xz``: the commonest words of each language, from wordfreq's lists.

Run in the environment with the ``data`` group installed: ``python tools/make_words.py``.
"""

from __future__ import annotations

import lzma
from pathlib import Path

import wordfreq

#: 8,000 left every tenth word of a subject line unknown; 40,000 tell another half percent of short
#: phrases, in a file of 4 MB.
COMMONEST = 25_000
CODES = (
    "bg ca cs da de en es fi fr hu id is it lt lv mk ms nb nl pl pt ro ru sk sl sv "
    "tr uk vi ar fa ur hi"
)
#: wordfreq's lists of languages whose script several languages share, with our names for them.
LISTS = {
    **{code: code for code in CODES.split()},
    "fil": "tl",
    "sh": "sh",
}
OUT = Path(__file__).parents[1] / "data" / "words.txt.xz"


def rows() -> list[str]:
    """``word en45 fr32``: a word and, by language, ten times its Zipf frequency."""
    found: dict[str, list[str]] = {}
    for theirs, ours in LISTS.items():
        for word in wordfreq.top_n_list(theirs, COMMONEST):
            if any(char.isalpha() for char in word) and " " not in word:
                zipf = round(10 * wordfreq.zipf_frequency(word, theirs))
                found.setdefault(word, []).append(f"{ours}{zipf}")
    # In the order of their bytes, since the reader looks a word up by halving.
    return [f"{word} {' '.join(found[word])}" for word in sorted(found, key=str.encode)]


def main() -> None:
    """Write the file and say how large it became."""
    text = "\n".join(rows())
    OUT.write_bytes(lzma.compress(text.encode("utf-8"), preset=9))
    print(f"{OUT.name}: {text.count(chr(10)) + 1} words, {OUT.stat().st_size} bytes")  # noqa: T201


if __name__ == "__main__":
    main()
