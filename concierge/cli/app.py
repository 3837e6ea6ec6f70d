"""The command line: every command by name, loaded only when it is asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from cyclopts import App

from concierge import __version__
from concierge.errors import ConciergeError

#: What a script can tell from the exit code; documented in docs/commands.md.
EXIT_OK, EXIT_ERROR, EXIT_USAGE, EXIT_REFUSED, EXIT_LOGIN, EXIT_UNAVAILABLE = range(6)
#: The shell's own code for a program ended by Ctrl-C.
_EXIT_INTERRUPTED = 130

#: Command, module that holds it, help line. A help line stands here so that `--help` need not
#: import sixteen modules.
_COMMANDS = (
    ("worker", "concierge.cli.worker:worker", "Poll the mailbox, send what is approved, keep time"),
    ("queue", "concierge.cli.queue:queue", "Show who needs a person first"),
    ("review", "concierge.cli.review:review", "Work through the queue, one case after another"),
    ("triage", "concierge.cli.triage:triage", "Dry run: what the desk concludes of mails, and why"),
    ("report", "concierge.cli.report:report", "The report of a day"),
    ("init", "concierge.cli.init:init", "Write a deployment folder with explained defaults"),
    ("doctor", "concierge.cli.doctor:doctor", "Check everything and say what to do"),
    ("health", "concierge.cli.health:health", "Whether the worker does its work; for monitors"),
    ("demo", "concierge.cli.demo:demo", "A guided tour with sample mail and servers of its own"),
)
_NOUNS: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "case": (
        "One person's matter",
        (
            ("show", "Everything about a case, with the reasons for every conclusion"),
            ("list", "Cases by state"),
            ("claim", "Hold a case, so that nobody else answers it meanwhile"),
            ("release", "Let go of a case"),
            ("assign", "Put a case into somebody's care"),
            ("note", "Write a note for colleagues"),
            ("resolve", "Close a case"),
            ("reopen", "Bring a case back before staff"),
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
        (("list", "Muted and quarantined mail, newest first"),),
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
    "db": (
        "The store",
        (
            ("upgrade", "Bring the store to this program's schema, with a backup first"),
            ("backup", "A consistent copy, while the worker runs"),
        ),
    ),
}


def build() -> App:
    """The whole command tree; nothing of the desk is imported yet."""
    app = App(name="concierge", version=__version__, version_flags=["--version"])
    app.help = "The concierge desk: mail in, a draft a person approves, the reply out."
    for name, place, help_line in _COMMANDS:
        app.command(place, name=name, help=help_line)
    for noun, (help_line, verbs) in _NOUNS.items():
        group = App(name=noun, help=help_line)
        for verb, verb_help in verbs:
            # `list` and `show` would hide what the modules need under these names.
            function = f"{verb}_" if verb in {"list", "show"} else verb
            group.command(f"concierge.cli.{noun}:{function}", name=verb, help=verb_help)
        app.command(group)
    return app


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code. Errors a person can act on are one sentence on stderr."""
    try:
        outcome = build()(
            list(sys.argv[1:] if argv is None else argv), result_action="return_value"
        )
        sys.stdout.flush()
    except ConciergeError as error:
        print(f"concierge: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return _EXIT_INTERRUPTED
    except BrokenPipeError:
        # Whoever read us has seen enough (`concierge case list | head`). Point stdout away, so
        # that the interpreter does not complain when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_OK
    return outcome if isinstance(outcome, int) else EXIT_OK
