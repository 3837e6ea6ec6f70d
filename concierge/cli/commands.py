"""What commands there are: their names, help lines and places in `--help`; tables only."""

from __future__ import annotations

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

#: The panels of `--help`, and what stands in them, in this order.
PANELS = (
    ("At the desk", ("queue", "review", "case", "message", "draft", "outbox", "parked",
                     "quarantine", "report")),
    ("What the desk knows", ("triage", "urgency", "corpus", "eval", "resources", "templates")),
    ("Running it", ("worker", "health", "doctor", "init", "db", "demo")),
)  # fmt: skip
