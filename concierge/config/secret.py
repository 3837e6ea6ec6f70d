"""A secret that cannot be printed by accident."""

from __future__ import annotations

from typing import NoReturn

REDACTED = "<redacted>"


class Secret:
    """A password or key together with the place it came from.

    ``repr``, ``str`` and formatting give ``<redacted>``; pickling is refused. ``source`` names the
    file or environment variable and may be shown.
    """

    __slots__ = ("_value", "source")

    def __init__(self, value: bytes | None, source: str) -> None:
        """``value`` is None for a secret that was not read (``read_secrets=False``)."""
        self._value = value
        self.source = source

    def raw(self) -> bytes:
        """The secret as bytes.

        Raises:
            RuntimeError: the config was loaded without its secrets.
        """
        if self._value is None:
            raise RuntimeError("the config was loaded with read_secrets=False")
        return self._value

    def text(self) -> str:
        """The secret as text; the loader has made sure that a password is UTF-8."""
        return self.raw().decode("utf-8")

    def __repr__(self) -> str:
        return REDACTED

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._value == other._value

    def __hash__(self) -> int:
        # Constant, because a hash of the value would be a hint about it.
        return hash(Secret)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not pickled")
