"""Matches in the light of what the writer can use: no phone, no hotlines, nothing that costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from concierge.domain.resource import Match, Resource, ResourceKind

_NO_PHONE: Final = frozenset({"cannot_phone", "deaf"})
_HOTLINES: Final = frozenset({ResourceKind.CRISIS_LINE})
#: As many as are shown to somebody without needs.
_SHOWN: Final = 5
#: Of use when a letter asks for them: more rows are looked at than are shown.
LOOKED_AT: Final = 10


def for_needs(
    matches: Sequence[Match], needs: Iterable[str], *, urgent: bool, limit: int = _SHOWN
) -> tuple[Match, ...]:
    """The best ``limit`` matches for somebody with these needs; without needs the first ones.

    Emergency numbers always stay, and stay first. Lines that can only be called come after those
    that can be written to when the writer cannot phone; what is free comes first for who cannot
    pay; hotlines are left out when none are wanted, unless it is urgent.
    """
    wanted = frozenset(needs)
    kept = [m for m in matches if urgent or not _unwanted(m.resource, wanted)]
    order = sorted(kept, key=lambda m: _later(m.resource, wanted))
    emergency = [m for m in order if m.resource.kind is ResourceKind.EMERGENCY]
    others = [m for m in order if m.resource.kind is not ResourceKind.EMERGENCY]
    # The finder for any country keeps the last place it had.
    last = [m for m in others if m is matches[-1]]
    others = [m for m in others if m not in last]
    room = max(0, limit - len(emergency) - len(last))
    return (*emergency, *others[:room], *last)


def _unwanted(resource: Resource, needs: frozenset[str]) -> bool:
    return "no_hotlines" in needs and resource.kind in _HOTLINES


def _later(resource: Resource, needs: frozenset[str]) -> tuple[bool, bool]:
    written = (resource.sms, resource.whatsapp, resource.chat_url, resource.email)
    by_phone_alone = bool(resource.phone) and not any(written)
    return (
        bool(needs & _NO_PHONE) and by_phone_alone,
        "cannot_pay" in needs and resource.cost != "free",
    )
