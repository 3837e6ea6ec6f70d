"""Language and country of a mail, against langdetect alone on the same mails in the same run.

Detectors are taken in processes of their own, so that each is charged for what it loads and the
extras can be made not to be there without touching what is installed.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import Any

import desk
import letters
from measure import Measure, Note, Result, Stages, child, interleaved, middle, python, replaced

#: What may be installed beside the desk to be faster or surer, and is never required.
EXTRAS = ("langdetect_rs", "eldc")
#: Set in a child, so that it finds no extras.
_BLOCKED = "DESK_BENCH_WITHOUT_EXTRAS"
#: Functions a stage's time is booked on, where they are: name, module, function.
_STAGES = (
    ("cleaning", "concierge.desk.evaluation", "own_words"),
    ("language, rest", "concierge.rules.language", "language_of"),
    ("scripts", "concierge.rules.scripts", "count_scripts"),
    ("country, rest", "concierge.rules.country", "whereabouts_of"),
    ("chances for language", "concierge.rules.country", "country_chances"),
    ("places named", "concierge.rules.country", "mentions_of"),
    ("signs", "concierge.rules.country", "signs_of"),
)
#: A text each detector is asked about once, so that whatever it loads late is loaded.
_TEXT = "I play bass in a touring band and we have been on the road since the spring."


def language(*, quick: bool) -> list[Result]:
    """Mails a second with and without the extras, stage by stage, and what detectors cost."""
    stock = _asked("pace", quick, without_extras=True)
    best = _asked("pace", quick)
    return [
        _measure("language and country, stock", stock, 0.6),
        _measure("language and country, extras", best, 5),
        _stages("where a mail's time goes, stock", stock),
        _stages("where a mail's time goes, with extras", best),
        Note("detectors, each in a process of its own", tuple(_detectors(quick))),
    ]


def _measure(name: str, told: dict[str, Any], budget: float) -> Measure:
    return Measure(
        f"{name} (mails/s)",
        f"{1 / middle(told['ours']):,.0f}",
        f"{1 / middle(told['baseline']):,.0f} (langdetect)",
        middle([b / o for o, b in zip(told["ours"], told["baseline"], strict=True)]),
        budget,
        at_least=True,
    )


def _stages(title: str, told: dict[str, Any]) -> Note:
    loaded = f"{told['load']:.1f} s and {told['memory']:.0f} MB to have read and loaded everything"
    shape = f"{told['mails']} mails, {told['letters']:.0f} characters each"
    return Note(title, (*told["stages"], shape, loaded))


def _detectors(quick: bool) -> Iterator[str]:
    for name in _DETECTORS:
        told = _asked(name, quick)
        yield (
            f"{name:<14}{told['pace']:>10,.0f} mails/s  load {told['load']:5.2f} s  "
            f"{told['memory']:5.0f} MB"
        )


def _asked(what: str, quick: bool, *, without_extras: bool = False) -> dict[str, Any]:
    env = os.environ | ({_BLOCKED: "1"} if without_extras else {})
    _, told = child(python(__file__, what, "quick" if quick else "whole"), env=env)
    answer: dict[str, Any] = json.loads(told)
    return answer


# What follows runs in the children.


def _main() -> None:
    what, quick = sys.argv[1], sys.argv[2] == "quick"
    if os.environ.get(_BLOCKED):
        # What is None there is neither found nor imported, as if it were not installed.
        sys.modules.update(dict.fromkeys(EXTRAS))  # type: ignore[arg-type]
    sys.path.insert(0, str(desk.ROOT))
    answer = _pace(quick) if what == "pace" else _detector(_DETECTORS[what], quick)
    print(json.dumps(answer))


def _messages(count: int) -> list[Any]:
    from concierge.mail import mime

    return [mime.read(letters.mail(number, small=True)) for number in range(count)]


def _pace(quick: bool) -> dict[str, Any]:
    from concierge.bootstrap import shipped_rulebook_files
    from concierge.desk.evaluation import conclude
    from concierge.store.rulebook import read_rulebook

    messages = _messages(100 if quick else 400)
    alone = _langdetect()
    # Loaded before ours is measured: what both need is not charged to us.
    before, started = _resident_mb(), time.perf_counter()
    book = read_rulebook(shipped_rulebook_files())
    conclude(messages[0], book)
    load, memory = time.perf_counter() - started, _resident_mb() - before

    def ours() -> None:
        for message in messages:
            conclude(message, book)

    def theirs() -> None:
        for message in messages:
            alone(message.body)

    ours()
    mine, base = interleaved(3 if quick else 7, ours, theirs)
    count = len(messages)
    return {
        "ours": [one.cpu / count for one in mine],
        "baseline": [one.cpu / count for one in base],
        "stages": _timed(ours).lines(count),
        "mails": count,
        "letters": sum(len(message.body) for message in messages) / count,
        "load": load,
        "memory": memory,
    }


def _timed(job: Callable[[], None]) -> Stages:
    stages = Stages()
    with ExitStack() as stack:
        for name, module, function in _STAGES:
            place = import_module(module)
            if hasattr(place, function):
                timed = stages.timed(name, getattr(place, function))
                stack.enter_context(replaced(place, function, timed))
        with stages.within("the rest"):
            job()
    return stages


def _detector(make: Callable[[], Callable[[str], object]], quick: bool) -> dict[str, Any]:
    texts = [message.body for message in _messages(100 if quick else 400)]
    gc.collect()
    before, started = _resident_mb(), time.perf_counter()
    ask = make()
    ask(_TEXT)
    load, memory = time.perf_counter() - started, _resident_mb() - before
    (taken,) = interleaved(3, lambda: [ask(text) for text in texts])
    return {"pace": len(texts) / middle([t.cpu for t in taken]), "load": load, "memory": memory}


def _resident_mb() -> float:
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _langdetect() -> Callable[[str], object]:
    from langdetect import DetectorFactory, LangDetectException, detect

    DetectorFactory.seed = 0

    def ask(text: str) -> object:
        try:
            return detect(text)
        except LangDetectException:
            return None

    return ask


def _langdetect_rs() -> Callable[[str], object]:
    import langdetect_rs

    return langdetect_rs.detect


def _py3langid() -> Callable[[str], object]:
    import py3langid

    return py3langid.classify


def _eldc() -> Callable[[str], object]:
    import eldc

    eldc.init()
    return eldc.detect


_DETECTORS: dict[str, Callable[[], Callable[[str], object]]] = {
    "langdetect": _langdetect,
    "langdetect-rs": _langdetect_rs,
    "py3langid": _py3langid,
    "eldc": _eldc,
}

if __name__ == "__main__":
    _main()
