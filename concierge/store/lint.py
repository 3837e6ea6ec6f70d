"""What a check of the shipped files found, in lines a person can act on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LintReport:
    """Errors keep a file from being used, warnings do not; one line each.

    A line reads ``file:line:column: what is wrong; what would be right``. What concerns a whole
    file has no line number.
    """

    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the files can be used as they are."""
        return not self.errors
