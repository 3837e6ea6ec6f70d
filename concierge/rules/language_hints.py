"""What is known of a language before the text is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class LanguageHints:
    """Weak witnesses beside the text; together they must never beat clear text.

    ``header`` is Content-Language as written, ``thread`` the language of the case so far (empty:
    unknown), ``countries`` how likely each country is by the message's phone numbers, address and
    clock and by the case (ISO 3166-1 alpha-2 to 0..1).
    """

    header: str = ""
    thread: str = ""
    countries: Mapping[str, float] = field(default_factory=dict)
