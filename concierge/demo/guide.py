"""The guide: announces a step in one plain sentence and runs the real command for it."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
import textwrap
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from concierge.demo.playground import Playground
from concierge.errors import ConciergeError

#: No step takes a tenth of this many seconds on a small machine.
_STEP_SECONDS = 300.0


class StepFailed(ConciergeError):
    """A step of the tour did not do what it is there to show."""


@dataclass(frozen=True, slots=True)
class Guide:
    """Announces steps and runs the real commands."""

    place: Playground
    pause: bool

    def say(self, sentence: str) -> None:
        """One plain sentence, with an empty line before it."""
        print()
        self.tell(sentence)

    def tell(self, text: str, indent: str = "") -> None:
        """Lines, folded between words where a terminal is too narrow for them."""
        shown = [
            part for line in text.splitlines() for part in _folded(indent + line, indent) or [""]
        ]
        print("\n".join(shown), flush=True)

    def show(self, sentence: str, *arguments: str) -> None:
        """Announce a command, wait for the visitor, and run it where they can see it.

        Raises:
            StepFailed: it ended with another exit code than 0.
        """
        self.say(f"* {sentence}")
        print(f"  $ concierge {shlex.join(arguments)}", flush=True)
        self.wait()
        code = self._run(arguments).returncode
        if code:
            raise StepFailed(failure(arguments, code))

    def ask(self, *arguments: str) -> list[dict[str, Any]]:
        """What a command answers with ``--json``, one value a line; the visitor sees nothing."""
        asked = (*arguments, "--json")
        answer = self._run(asked, quiet=True)
        if answer.returncode:
            raise StepFailed(failure(asked, answer.returncode))
        return [json.loads(line) for line in answer.stdout.splitlines()]

    def wait(self) -> None:
        """Let the visitor read."""
        if self.pause:
            # Ctrl-D means "go on" as well.
            with suppress(EOFError):
                input("  [Enter to go on, Ctrl-C to leave] ")

    def _run(
        self, arguments: tuple[str, ...], *, quiet: bool = False
    ) -> subprocess.CompletedProcess[str]:
        try:
            return subprocess.run(
                command(*arguments),
                env=self.place.environment(),
                stdout=subprocess.PIPE if quiet else None,
                text=True,
                encoding="utf-8",
                timeout=_STEP_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise StepFailed(f"`concierge {shlex.join(arguments)}` did not end.") from None


def _folded(line: str, indent: str) -> list[str]:
    if not sys.stdout.isatty():
        return [line.rstrip()]
    return textwrap.wrap(
        line,
        shutil.get_terminal_size().columns,
        subsequent_indent=indent,
        # An address or a path cut in two can no longer be copied.
        break_long_words=False,
        break_on_hyphens=False,
    )


def command(*arguments: str) -> list[str]:
    """The program by the interpreter that runs now, so that another install is never meant."""
    return [sys.executable, "-m", "concierge", *arguments]


def failure(arguments: tuple[str, ...], code: int) -> str:
    """The sentence that names the command a tour stopped at."""
    return f"The demo stopped at `concierge {shlex.join(arguments)}`: it ended with {code}."
