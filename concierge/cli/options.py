"""Options every command shares, and what follows from them: the config and who is asking."""

from __future__ import annotations

import getpass
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from concierge.cli.safe import line
from concierge.errors import FaultyInput, NotStaff, UsageError

if TYPE_CHECKING:
    from concierge.config import Config
    from concierge.store.rulebook_files import RulebookFiles


#: SQLite's largest row number; one beyond it is a slip of the finger, not an error of the store.
_LARGEST = 2**63 - 1

#: A yes that is said or not said; there is no ``--no-json``.
Flag = Annotated[bool, Parameter(negative=(), show_default=False)]
#: The number of a case, draft or mail.
Id = Annotated[int, Parameter(validator=Number(gte=1, lte=_LARGEST))]
#: How many of something.
Count = Annotated[int, Parameter(validator=Number(gte=0, lte=_LARGEST))]
#: A file to read, or ``-`` for standard input.
FileOrStdin = Annotated[str, Parameter(allow_leading_hyphen=True, show_default=False)]


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
class Files:
    """Whose directory, templates and rules: a desk's, or those that ship with the program."""

    config: Annotated[Path | None, Parameter(env_var="CONCIERGE_CONFIG")] = None
    "The config whose files to use; without it, config.toml here, or the files that ship."

    def find(self) -> RulebookFiles:
        """The files to read. A config that was named must be good; one that merely lies here
        and is not filled in yet is left aside, with a word on stderr."""
        from concierge.bootstrap import rulebook_files, shipped_rulebook_files
        from concierge.config import load

        if self.config is not None:
            return rulebook_files(load(self.config, read_secrets=False))
        here = Path("config.toml")
        if here.is_file():
            try:
                return rulebook_files(load(here, read_secrets=False))
            except FaultyInput:
                print("concierge: config.toml here has faults; using the files that ship.",
                      file=sys.stderr)  # fmt: skip
        return shipped_rulebook_files()


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Staff(Desk):
    """Which desk, and who is asking."""

    as_: Annotated[str, Parameter(name="--as", env_var="CONCIERGE_STAFF", show_default=False)] = ""
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
    """Ask on the terminal; True for yes. Ctrl-D is a no.

    Raises:
        UsageError: there is no terminal to ask on and ``--yes`` was not given.
    """
    if yes:
        return True
    if not on_terminal():
        raise UsageError(f"There is no terminal to ask on ({question}); say --yes to mean it.")
    try:
        return input(f"{line(question)} [y/N] ").strip().casefold() in {"y", "yes"}
    except EOFError:
        print()
        return False


def on_terminal() -> bool:
    """Whether a person sits at both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty()
