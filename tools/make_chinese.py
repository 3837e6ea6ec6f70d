"""Make concierge/rules/chinese_characters.py: the characters only one way of writing Chinese has.

Run ``python tools/make_chinese.py > concierge/rules/chinese_characters.py`` with the package
opencc-python-reimplemented installed (Apache-2.0; its tables are those of OpenCC, Apache-2.0). A
character belongs to one way of writing when the tables always change it and never make it: 后 is
simplified for 後 and a traditional character of its own, so it tells nothing.
"""

from __future__ import annotations

import sys
from importlib.resources import files

#: Characters beyond the basic plane are names and dialect no keyboard offers; they would double
#: the module and be met by nobody.
LAST = 0x9FFF
#: Tables of the forms Taiwan and Hong Kong prefer; they write 群 and 床 as the mainland does.
VARIANTS = ("TWVariants.txt", "HKVariants.txt")
#: Taiwan's 么 is the youngest of a family; everywhere else it is the simplified 麼.
TELLS_ALL_THE_SAME = frozenset("么")
#: Characters a line: each is two columns wide.
WIDE = 44
HEAD = '''"""Characters only one way of writing Chinese has; made by tools/make_chinese.py.

From the character tables of OpenCC (Apache-2.0, Copyright BYVoid and the OpenCC contributors), by
way of opencc-python-reimplemented (Apache-2.0). Do not edit by hand.
"""

from __future__ import annotations

from typing import Final
'''


def table(name: str) -> dict[str, tuple[str, ...]]:
    """One table of OpenCC: a character and what it may become, the likeliest first."""
    text = (files("opencc") / "dictionary" / name).read_text(encoding="utf-8")
    rows = (line.split() for line in text.splitlines() if line.strip())
    return {row[0]: tuple(row[1:]) for row in rows}


def only(changed: dict[str, tuple[str, ...]], back: dict[str, tuple[str, ...]]) -> str:
    """Characters that ``changed`` always replaces and ``back`` does not know."""
    found = {
        char
        for char, others in changed.items()
        if len(char) == 1 and ord(char) <= LAST and char not in others and char not in back
    }
    return "".join(sorted(found))


def written(name: str, says: str, characters: str) -> str:
    """A constant of the module, in lines short enough to read."""
    lines = (characters[at : at + WIDE] for at in range(0, len(characters), WIDE))
    body = "\n".join(f'    "{line}"' for line in lines)
    return f"#: {says}\n{name}: Final = (\n{body}\n)"


def main() -> None:
    """Print the module."""
    simplified, traditional = table("STCharacters.txt"), table("TSCharacters.txt")
    preferred = {char for name in VARIANTS for forms in table(name).values() for char in forms}
    shared = preferred - TELLS_ALL_THE_SAME
    hans = "".join(char for char in only(simplified, traditional) if char not in shared)
    hant = only(traditional, simplified)
    parts = (
        HEAD,
        written("ONLY_SIMPLIFIED", "Never written in Taiwan, Hong Kong or Macau.", hans),
        written("ONLY_TRADITIONAL", "Never written in mainland China or Singapore.", hant),
    )
    sys.stdout.write("\n".join(parts) + "\n")


if __name__ == "__main__":
    main()
