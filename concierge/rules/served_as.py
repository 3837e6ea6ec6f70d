"""Territories that are served as the country whose numbers, lines and health service they share."""

from __future__ import annotations

from typing import Final

_SERVED_AS: Final = {"GG": "GB", "JE": "GB", "IM": "GB", "SJ": "NO", "AX": "FI", "UK": "GB"}


def served_as(iso: str) -> str:
    """The country a person there is helped as: Guernsey is served as the United Kingdom."""
    return _SERVED_AS.get(iso, iso)
