"""`concierge corpus`: try the desk on an archive of mail before going live."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from concierge.cli import show
from concierge.cli.options import Count, Files, Flag
from concierge.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from concierge.desk.corpus_truth import Sample
    from concierge.domain.message import ParsedMessage
    from concierge.domain.triage import Triage

#: A line on the terminal after so many mails says that it still works.
_TOLD_EVERY = 500


def check(
    place: Path, /, *, worst: Count = 10, missed: Flag = False, speed: Flag = False,
    triage: Flag = False, json: Flag = False, files: Files | None = None,
) -> int:  # fmt: skip
    """Read every mail of a folder and tell what went well: nothing is stored, sent or quoted.

    Names of files, codes and numbers are printed, never a word of a mail; it needs neither mailbox
    nor store. With an index.jsonl in the folder (lines of {"path", "label", "subtype", "expected"})
    it also says how well mail was told apart, against what is demanded of the desk. The exit code
    is 1 when reading any mail failed or took over 2 seconds.

    Parameters
    ----------
    place
        A folder of mail (.eml files, Maildirs, mboxes, in folders within too), an mbox, one mail.
    worst
        So many of the mails most was wrong with, of the slowest, and of those that may have lost
        text.
    missed
        Name the files that missed a goal.
    speed
        Measure the reader's speed against the standard library's parser, which takes as long
        again.
    triage
        Conclude everything of each mail (urgency, language, country, route), as the desk would.
    json
        One JSON object.
    """
    from concierge.cli.corpus_files import quotes, samples
    from concierge.cli.corpus_naive import naive_text, page_text
    from concierge.cli.corpus_view import as_dict, print_tally
    from concierge.desk.corpus import Tools, check_quotes
    from concierge.desk.corpus import check as check_all
    from concierge.mail.mime import read

    if not place.exists():
        raise UsageError(f"{place}: not there.")
    conclude = _triage(files or Files()) if triage else None
    tools = Tools(
        read=read, naive=naive_text, now=time.perf_counter, page=page_text, triage=conclude
    )
    tally = check_all(_told(samples(place)), tools)
    check_quotes(tally, quotes(place))
    ratio = _speed(place) if speed else None
    if json:
        show.data(as_dict(tally, ratio))
    else:
        print_tally(tally, ratio, worst, missed=missed)
    return 1 if tally.failed or tally.slow() else 0


def _triage(files: Files) -> Callable[[ParsedMessage], Triage]:
    from concierge.desk.triage import triage as conclude
    from concierge.store.rulebook import read_rulebook

    book = read_rulebook(files.find())
    return lambda message: conclude(message, book)


def _told(samples: Iterator[Sample]) -> Iterator[Sample]:
    """The same samples, with a word on the terminal now and then."""
    for count, sample in enumerate(samples, 1):
        if count % _TOLD_EVERY == 0 and sys.stderr.isatty():
            print(f"{count} mails ...", file=sys.stderr)
        yield sample


def _speed(place: Path) -> float:
    """CPU seconds of our reader over those of the standard library's, mail by mail in turn."""
    from concierge.cli.corpus_files import samples
    from concierge.cli.corpus_naive import compat32_work
    from concierge.mail.mime import read

    ours = theirs = 0.0
    for sample in samples(place):
        start = time.process_time()
        read(sample.raw)
        middle = time.process_time()
        compat32_work(sample.raw)
        theirs += time.process_time() - middle
        ours += middle - start
    return ours / theirs if theirs else 0.0
