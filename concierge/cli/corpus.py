"""`concierge corpus`: try the desk on an archive of mail before going live."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concierge.cli import show
from concierge.cli.options import Count, Flag
from concierge.errors import UsageError

if TYPE_CHECKING:
    from concierge.desk.corpus import Sample, Tally

#: A line on the terminal after so many mails says that it still works.
_TOLD_EVERY = 500
#: Names of files that missed a goal, shown with --missed.
_MISSED = 20


def check(
    place: Path, /, *, worst: Count = 10, missed: Flag = False, speed: Flag = False,
    json: Flag = False,
) -> int:  # fmt: skip
    """Read every mail of a folder and tell what went well: nothing is stored, sent or quoted.

    Names of files, codes and numbers are printed, never a word of a mail. With an index.jsonl in
    the folder (lines of {"path", "label", "subtype", "expected"}) it also says how well mail was
    told apart. The exit code is 1 when reading any mail failed or took over 2 seconds.

    Parameters
    ----------
    place
        A folder of .eml files, a Maildir, an mbox, or one mail.
    worst
        So many of the mails most was wrong with.
    missed
        Name the files that missed a goal.
    speed
        Measure the reader's speed against the standard library's parser, which takes as long
        again.
    json
        One JSON object.
    """
    from concierge.cli.corpus_files import naive_text, quotes, samples
    from concierge.desk.corpus import Tools, check_quotes
    from concierge.desk.corpus import check as check_all
    from concierge.mail.mime import read

    if not place.exists():
        raise UsageError(f"{place}: not there.")
    tools = Tools(read=read, naive=naive_text, now=time.perf_counter)
    tally = check_all(_told(samples(place)), tools)
    check_quotes(tally, quotes(place))
    ratio = _speed(place) if speed else None
    if json:
        show.data(_as_dict(tally, ratio))
    else:
        _print(tally, ratio, worst, missed=missed)
    return 1 if tally.failed or tally.slow() else 0


def _told(samples: Iterator[Sample]) -> Iterator[Sample]:
    """The same samples, with a word on the terminal now and then."""
    for count, sample in enumerate(samples, 1):
        if count % _TOLD_EVERY == 0 and sys.stderr.isatty():
            print(f"{count} mails ...", file=sys.stderr)
        yield sample


def _speed(place: Path) -> float:
    """CPU seconds of our reader over those of the standard library's, mail by mail in turn."""
    from concierge.cli.corpus_files import compat32_work, samples
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


def _print(tally: Tally, ratio: float | None, worst: int, *, missed: bool) -> None:
    _print_counts(tally)
    if ratio is not None:
        print(f"Reading takes {ratio:.2f} x the CPU time of Python's own parser.")
    _print_goals(tally, missed=missed)
    _print_confusion(tally)
    found = tally.worst(worst)
    if found:
        show.heading("Mails most was wrong with")
        for one in found:
            codes = ", ".join(one.defects)
            show.sentence(f"{one.name} ({one.size} bytes, {one.seconds:.3f} s): {codes}",
                          indent="  ")  # fmt: skip


def _print_counts(tally: Tally) -> None:
    times = _times(tally)
    print(f"{show.counted(len(tally.checked), 'mail')} read in {times['total']:.1f} s, "
          f"median {times['median'] * 1000:.1f} ms, 99 % under {times['p99'] * 1000:.0f} ms, "
          f"slowest {times['slowest']:.2f} s.")  # fmt: skip
    print(f"Failed: {len(tally.failed)}. Over 2 s: {len(tally.slow())}.")
    for name, cause in tally.failed:
        show.sentence(f"{name}: {cause}", indent="  ")
    for one in tally.slow():
        show.sentence(f"{one.name}: {one.seconds:.1f} s, {one.size} bytes", indent="  ")
    print(f"Without text: {tally.empty}. Encrypted: {tally.encrypted}. "
          f"Unreadable: {tally.unreadable}.")  # fmt: skip
    print("Kinds: " + _listed(Counter(one.kind for one in tally.checked)))
    print("Defects: " + _listed(Counter(code for one in tally.checked for code in one.defects)))


def _print_goals(tally: Tally, *, missed: bool) -> None:
    goals = tally.goals()
    if not goals:
        return
    show.heading("Goals, on what the index labels")
    show.table(
        ("goal", "demanded", "found", ""),
        ([goal.name, f"{'at most' if goal.faults else 'at least'} {goal.wanted} of {goal.of}",
          f"{score.hits} of {score.of}", "met" if goal.met(score) else "MISSED"]
         for goal, score in goals),
        empty="",
    )  # fmt: skip
    for goal, _ in goals if missed else ():
        for name in tally.missed.get(goal.name, [])[:_MISSED]:
            show.sentence(f"{goal.name}: {name}", indent="  ")


def _print_confusion(tally: Tally) -> None:
    if not tally.confusion:
        return
    labels = sorted({label for label, _ in tally.confusion})
    kinds = sorted({kind for _, kind in tally.confusion})
    show.heading("What each label was taken for")
    show.table(
        ("label", *kinds),
        ([label, *(str(tally.confusion[label, kind] or "-") for kind in kinds)]
         for label in labels),
        empty="",
    )  # fmt: skip


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.most_common()) or "none"


def _times(tally: Tally) -> dict[str, float]:
    from concierge.desk.corpus_scores import percentile

    seconds = sorted(one.seconds for one in tally.checked)
    return {
        "total": sum(seconds),
        "median": percentile(seconds, 0.5),
        "p99": percentile(seconds, 0.99),
        "slowest": seconds[-1] if seconds else 0.0,
    }


def _as_dict(tally: Tally, ratio: float | None) -> dict[str, Any]:
    return {
        "read": len(tally.checked),
        "failed": [{"name": name, "cause": cause} for name, cause in tally.failed],
        "too_long": [one.name for one in tally.slow()],
        "seconds": _times(tally),
        "speed_ratio": ratio,
        "empty": tally.empty,
        "encrypted": tally.encrypted,
        "unreadable": tally.unreadable,
        "kinds": Counter(one.kind for one in tally.checked),
        "defects": Counter(code for one in tally.checked for code in one.defects),
        "goals": [
            {"goal": goal.name, "wanted": goal.wanted, "of": goal.of, "at_most": goal.faults,
             "hits": score.hits, "counted": score.of, "met": goal.met(score),
             "missed": tally.missed.get(goal.name, [])}
            for goal, score in tally.goals()
        ],
        "confusion": [
            {"label": label, "kind": kind, "count": count}
            for (label, kind), count in sorted(tally.confusion.items())
        ],
    }  # fmt: skip
