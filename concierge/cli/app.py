"""The command line: every command by name, loaded only when it is asked for."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from concierge import __version__
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

#: Command, module that holds it, help line, in the order of `--help`: what staff need first. A
#: help line stands here so that `--help` need not import sixteen modules; asked for its own help,
#: a command answers with its docstring.
COMMANDS = (
    ("queue", "concierge.cli.queue:queue", "Show who needs a person first"),
    ("review", "concierge.cli.review:review", "Work through the queue, one case after another"),
    ("triage", "concierge.cli.triage:triage", "Dry run: what the desk concludes of mails, and why"),
    ("report", "concierge.cli.report:report", "The report of a day"),
    ("worker", "concierge.cli.worker:worker", "Poll the mailbox, send what is approved, keep time"),
    ("health", "concierge.cli.health:health", "Whether the worker does its work; for monitors"),
    ("doctor", "concierge.cli.doctor:doctor", "Check everything and say what to do"),
    ("init", "concierge.cli.init:init", "Write a deployment folder with explained defaults"),
    ("demo", "concierge.cli.demo:demo", "A guided tour with sample mail and servers of its own"),
)
NOUNS: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "case": (
        "One person's matter",
        (
            ("show", "Everything about a case, with the reasons for every conclusion"),
            ("list", "Cases by state"),
            ("claim", "Hold a case, so that nobody else answers it meanwhile"),
            ("release", "Let go of a case"),
            ("assign", "Put a case into somebody's care"),
            ("note", "Write a note for colleagues"),
            ("resolve", "Close a case, or all that repeat one"),
            ("reopen", "Bring a case back before staff"),
            ("redraft", "Read a case's newest message again and propose the reply anew"),
            ("requester", "Say whose case it is, so that the next reply goes there"),
            ("set", "Say what language they speak and where they are; a new draft follows"),
            ("link", "Say that two cases have to do with each other"),
            ("unlink", "Take a link between two cases back"),
            ("merge", "Put every message of a case into another one"),
            ("unmerge", "Take a merge back"),
            ("split", "Take messages out of a case into a new one"),
            ("unflood", "Give a case that repeats others its own row again"),
        ),
    ),
    "draft": (
        "Proposed replies",
        (
            ("show", "A draft as it would be sent"),
            ("edit", "Change a draft in your editor, or from a file"),
            ("write", "Write a reply by hand where no draft stands"),
            ("approve", "Freeze a draft's exact bytes and recipient and send it"),
            ("reject", "Say no to a draft, with a reason"),
        ),
    ),
    "outbox": (
        "Approved mail",
        (
            ("list", "Approved mail by state"),
            ("settle", "Decide about mail that failed, bounced, or may have left"),
        ),
    ),
    "parked": (
        "Mail that is not before staff, with the cause",
        (
            ("list", "Muted and quarantined mail, newest first"),
            ("release", "Put a parked mail before staff as if a person had written it"),
            ("return", "Park a mail again that was taken out"),
        ),
    ),
    "quarantine": (
        "Mail that could not be read, each a case with a clock all the same",
        (
            ("list", "What failed, newest first, and the case that stands for it"),
            ("show", "What failed and where, and the raw text"),
            ("retry", "Read a mail again, after the program was mended, and propose a reply"),
            ("release", "Take a mail as it is; its case stays open"),
        ),
    ),
    "message": (
        "One received mail",
        (
            ("show", "A mail as it was read: own words, quotes, defects, attachments"),
            ("raw", "Write a mail's bytes, as they came, into a new file"),
            ("attachment", "Write one attachment into a folder, under a safe name"),
        ),
    ),
    "resources": (
        "The directory",
        (
            ("list", "Resources by country and kind"),
            ("lint", "Check the directory file; every fault with file, line and remedy"),
            ("match", "What would be proposed for a country, language and topics, and why"),
        ),
    ),
    "templates": (
        "The reply templates",
        (
            ("lint", "Check all templates; every fault with file, line and remedy"),
            ("preview", "A template filled with a sample case"),
        ),
    ),
    "corpus": (
        "An archive of mail, to try the desk on",
        (("check", "Read every mail of a folder and tell what went well; nothing is stored"),),
    ),
    "urgency": (
        "Why a mail is as urgent as it is, and the lexicon behind it",
        (
            ("explain", "Everything found in a mail, what it counts and why it was lowered"),
            ("lint", "Check the lexicon; every fault, every hole, every false alarm"),
            ("add", "Add a phrase of your own, tried on calm mail first"),
        ),
    ),
    "eval": (
        "How often the desk's conclusions are right, on mail you know",
        (
            ("urgency", "How often a letter is heard as urgently as it is"),
            ("topics", "How often what it is about is found"),
            ("needs", "How often what a reply must respect is found"),
            ("route", "How often it goes to the right door"),
            ("language", "How often the language is right, by kind of text and by language"),
            ("country", "How often the country they are in, and their home, is right"),
        ),
    ),
    "db": (
        "The store",
        (
            ("upgrade", "Bring the store to this program's schema, with a backup first"),
            ("backup", "A consistent copy, while the worker runs"),
        ),
    ),
}

#: Verbs whose function has an underscore behind it: `list` and `show` would hide what the modules
#: need under these names, and `return` is a word of the language.
_TAKEN = frozenset({"list", "set", "show", "return"})
_WHAT = "The concierge desk: mail in, a draft a person approves, the reply out."
#: The panels of `--help`, and what stands in them, in this order.
PANELS = (
    ("At the desk", ("queue", "review", "case", "message", "draft", "outbox", "parked",
                     "quarantine", "report")),
    ("What the desk knows", ("triage", "urgency", "corpus", "eval", "resources", "templates")),
    ("Running it", ("worker", "health", "doctor", "init", "db", "demo")),
)  # fmt: skip


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
