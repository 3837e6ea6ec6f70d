"""Options every command shares, and what follows from them: the config and who is asking."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from concierge.errors import NotStaff, UsageError

if TYPE_CHECKING:
    from concierge.config import Config


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Desk:
    """Which desk."""

    config: Annotated[Path, Parameter(env_var="CONCIERGE_CONFIG")] = Path("config.toml")
    "The config file."

    def load(self, *, secrets: bool = True) -> Config:
        """The config; raises FaultyInput with every fault."""
        from concierge.config import load

        return load(self.config, read_secrets=secrets)


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Staff(Desk):
    """Which desk, and who is asking."""

    as_: Annotated[str, Parameter(name="--as", env_var="CONCIERGE_STAFF")] = ""
    "Your name as the config has it; without it, whoever has your system user there."

    def name(self, config: Config) -> str:
        """The member of staff who is asking.

        Raises:
            NotStaff: the config names nobody of that name or system user.
        """
        if self.as_:
            return config.staff_member(self.as_).name
        user = getpass.getuser()
        member = config.staff_by_system_user(user)
        if member is None:
            raise NotStaff(
                f"The system user {user!r} is not staff in {self.config}. Say who you are with "
                "--as NAME, or add system_user to your [[staff]] entry."
            )
        return member.name


def confirm(question: str, *, yes: bool) -> bool:
    """Ask on the terminal; True for yes.

    Raises:
        UsageError: there is no terminal to ask on and ``--yes`` was not given.
    """
    import sys

    if yes:
        return True
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(f"{question} There is no terminal to ask on; say --yes to mean it.")
    return input(f"{question} [y/N] ").strip().casefold() in {"y", "yes"}
