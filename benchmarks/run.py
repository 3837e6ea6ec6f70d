"""Every performance budget of the desk, measured.

`python benchmarks/run.py [--only NAME] [--quick]` prints one table. Ends with 0
whether budgets are met or not, with 1 when something did not run: budgets are for people to read,
since figures of a busy machine must not fail a build.
"""

from __future__ import annotations

import argparse
import sys
import traceback
from collections.abc import Callable

import growth
import mail_pace
import memory
import reading
import startup
import where_and_what
from measure import Measure, Note, Result

_BENCHES: dict[str, Callable[..., list[Result]]] = {
    "reading": reading.reading,
    "intake": mail_pace.intake,
    "pipeline": mail_pace.pipeline,
    "memory": memory.memory,
    "startup": startup.startup,
    "growth": growth.growth,
    "language": where_and_what.language,
}
_HEAD = ("measure", "ours", "baseline", "ratio", "budget", "")


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--only", choices=_BENCHES, help="run this one alone")
    asked.add_argument("--quick", action="store_true", help="fewer mails and repeats; rougher")
    words = asked.parse_args()
    results: list[Result] = []
    failed = []
    for name, bench in _BENCHES.items():
        if words.only in {None, name}:
            print(f"... {name}", file=sys.stderr, flush=True)
            try:
                results += bench(quick=words.quick)
            except Exception:  # noqa: BLE001 - the others are still worth measuring
                traceback.print_exc()
                failed.append(name)
    _print(results)
    if failed:
        print(f"did not run: {', '.join(failed)}")
    return 1 if failed else 0


def _print(results: list[Result]) -> None:
    rows = [_HEAD, *(one.line() for one in results if isinstance(one, Measure))]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    for row in rows:
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        )
    for note in results:
        if isinstance(note, Note):
            print(f"\n{note.title}")
            for line in note.lines:
                print(f"  {line}")


if __name__ == "__main__":
    sys.exit(main())
