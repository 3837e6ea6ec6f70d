"""The command line: every command by name, loaded only when it is asked for."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from concierge import __version__
from concierge.cli.commands import COMMANDS, NOUNS, PANELS
from concierge.cli.safe import line, safe
from concierge.errors import ConciergeError

if TYPE_CHECKING:
    from cyclopts import App, CycloptsError

#: What a script can tell from the exit code; documented in docs/commands.md.
EXIT_OK, EXIT_ERROR, EXIT_USAGE, EXIT_REFUSED, EXIT_LOGIN, EXIT_UNAVAILABLE = range(6)
#: The shell's own code for a program ended by Ctrl-C.
_EXIT_INTERRUPTED = 130
#: Set to anything, it lets the traceback of a fault of the program through.
_TRACE = "CONCIERGE_TRACE"

#: Verbs whose function has an underscore behind it: `list` and `show` would hide what the modules
#: need under these names, and `return` is a word of the language.
_TAKEN = frozenset({"list", "set", "show", "return"})
_WHAT = "The concierge desk: mail in, a draft a person approves, the reply out."


def overview() -> str:
    """What `concierge --help` prints; written here, since loading what would write it takes longer
    than all the rest."""
    lines = {name: words for name, _, words in COMMANDS}
    lines |= {noun: words for noun, (words, _) in NOUNS.items()}
    shown = ["Usage: concierge COMMAND ...", "", _WHAT]
    for title, names in PANELS:
        shown += ["", f"{title}:", *(f"  {name:10} {lines[name]}" for name in names)]
    shown += ["", "concierge COMMAND --help tells the rest. --version says which this is."]
    return "\n".join(shown) + "\n"


def build(asked: Sequence[str] = ()) -> App:
    """The whole command tree; nothing of the desk is imported yet.

    ``asked`` is the command line: the command it names tells its help from its own docstring.
    """
    from cyclopts import App

    app = App(
        name="concierge",
        version=__version__,
        version_flags=["--version"],
    )
    app.help = _WHAT
    places = _places()
    for name, place, help_line in COMMANDS:
        own = tuple(asked[:1]) == (name,)
        app.command(place, name=name, help=None if own else help_line, **places[name])
    for noun, (help_line, verbs) in NOUNS.items():
        group = App(name=noun, help=help_line, **places[noun])
        for number, (verb, verb_help) in enumerate(verbs):
            function = f"{verb}_" if verb in _TAKEN else verb
            own = tuple(asked[:2]) == (noun, verb)
            group.command(
                f"concierge.cli.{noun}:{function}",
                name=verb,
                help=None if own else verb_help,
                sort_key=number,
            )
        app.command(group)
    return app


def _places() -> dict[str, dict[str, Any]]:
    """For each command its panel and its place in it."""
    from cyclopts import Group

    panels = [(Group(title, sort_key=n), names) for n, (title, names) in enumerate(PANELS)]
    return {
        name: {"group": panel, "sort_key": number}
        for panel, names in panels
        for number, name in enumerate(names)
    }


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code. What goes wrong is one sentence on stderr."""
    asked = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot write a letter gets its number, not the end of the command.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        if not asked or asked[0] in {"--help", "-h"}:
            print(overview(), end="")
            return EXIT_OK
        outcome = build(asked)(
            asked, result_action="return_value", print_error=False, exit_on_error=False
        )
        sys.stdout.flush()
    except KeyboardInterrupt:
        return _EXIT_INTERRUPTED
    except BrokenPipeError:
        # Whoever read us has seen enough (`concierge case list | head`). Point stdout away, so
        # that the interpreter does not complain when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_OK
    except Exception as error:  # noqa: BLE001 - nobody at the desk is shown a traceback
        return _told(error, asked)
    return outcome if isinstance(outcome, int) else EXIT_OK


def _told(error: Exception, asked: Sequence[str]) -> int:
    """Say what went wrong in one sentence; the exit code for it."""
    from cyclopts import CycloptsError

    match error:
        case ConciergeError():
            words, code = str(error), error.exit_code
        case CycloptsError():
            words, code = _usage(error, asked), EXIT_USAGE
        case OSError(strerror=str(reason), filename=file):
            words, code = f"{reason}{f': {file}' if file else ''}.", EXIT_ERROR
        case _:
            if os.environ.get(_TRACE):
                raise error
            # Its message stays out: it may quote a person's words.
            words = (
                f"This is a fault of the program ({type(error).__name__}). Please report it, with "
                f"what it prints when {_TRACE}=1 is set."
            )
            code = EXIT_ERROR
    print(f"concierge: {safe(words)}", file=sys.stderr)
    return code


def _usage(error: CycloptsError, asked: Sequence[str]) -> str:
    """What cyclopts has to say of a command line, and where to look."""
    # Of the commands it would list it shows some; `--help` shows all.
    words = str(error).split(" Available commands:")[0]
    from cyclopts import UnknownCommandError

    if isinstance(error, UnknownCommandError) and asked and asked[0].startswith("-"):
        words = f"{asked[0]} comes after the command: concierge COMMAND {asked[0]} ..."
    of = " ".join(_named(asked))
    return f"{line(words)} See concierge {of + ' ' if of else ''}--help."


def _named(asked: Sequence[str]) -> list[str]:
    """The command a command line names, as far as it is one."""
    if asked and asked[0] in NOUNS:
        verbs = {verb for verb, _ in NOUNS[asked[0]][1]}
        return list(asked[: 2 if len(asked) > 1 and asked[1] in verbs else 1])
    return [asked[0]] if asked and asked[0] in {name for name, _, _ in COMMANDS} else []
