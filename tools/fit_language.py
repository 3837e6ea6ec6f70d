"""Fit the pool of language detectors on an evaluation file and print ``data/language.toml``.

``python tools/fit_language.py FILE.jsonl > data/language.toml``; each line has ``text``,
``lang``, perhaps ``subject``, ``accept`` and ``bucket``. Every second line is fitted on.
"""

from __future__ import annotations

import datetime
import json
import lzma
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, astuple, replace
from pathlib import Path
from typing import Any

import numpy as np

from concierge.rules import detectors
from concierge.rules import language_reading as language
from concierge.rules.cleaning import own_words
from concierge.rules.language_model import (
    Bars,
    GroupWeights,
    LanguageModel,
    Weights,
    parse_language_model,
)
from concierge.rules.language_priors import plain_code
from concierge.rules.short_phrases import parse_short_phrases

DATA = Path(__file__).parents[1] / "data"
#: Pulls weights that few lines speak of back to where they start, as one line would.
PULL = 1.0
START = astuple(Weights(0.9))
#: Buckets whose right answer is "no language" teach a pool of languages nothing.
LEFT_OUT = {"no_language", "romanised", "lingua_word"}
POOLS = ("py3langid_eldc", "py3langid", "langdetect_eldc", "langdetect")
Row = tuple[Any, list[int]]


def shipped_model() -> LanguageModel:
    """The model with today's data files; its weights are not used for fitting."""
    return parse_language_model(
        _toml({}, {}, "", ""),
        phrases=parse_short_phrases((DATA / "short_phrases.csv").read_text(encoding="utf-8")),
        words=lambda: lzma.decompress((DATA / "words.txt.xz").read_bytes()).decode("utf-8"),
    )


def cases_of(path: Path) -> Iterator[tuple[str, str, set[str]]]:
    """Own words, subject and right languages of every second line."""
    for line in path.read_text(encoding="utf-8").splitlines()[::2]:
        case = json.loads(line)
        if case.get("bucket") not in LEFT_OUT:
            right = {plain_code(code) for code in (case["lang"], *case.get("accept", ()))}
            yield own_words(case["text"]).text, case.get("subject", ""), right


def rows_of(path: Path, model: LanguageModel, group: frozenset[str] = frozenset()) -> Iterator[Row]:
    """Features by language, of all or those of one group, and where the right ones stand."""
    for text, subject, right in cases_of(path):
        if group and not right & group:
            continue
        said = (
            language.inside_features_of(text, subject=subject, group=group, model=model)
            if group
            else language.features_of(text, subject=subject, model=model)
        )
        at = [i for i, name in enumerate(said) if name in right]
        if 0 < len(at) < len(said):
            yield np.array(list(said.values())), at


def fit(rows: list[Row], used: list[int], start: Sequence[float]) -> list[float]:
    """Newton's method on the chance of the right languages; ``used`` are the fields that count."""
    weights = np.array(start)
    before = weights[used].copy()
    for turn in range(40):
        slope, bend = PULL * (before - weights[used]), np.eye(len(used)) * PULL
        for values, at in rows:
            kept = values[:, used]
            scores = kept @ weights[used]
            chance = np.exp(scores - scores.max())
            chance /= chance.sum()
            mean = chance @ kept
            right = chance[at] @ kept[at] / max(chance[at].sum(), 1e-300)
            slope += right - mean
            bend += ((kept - mean).T * chance) @ (kept - mean)
        step = np.clip(np.linalg.solve(bend, slope), -1.0, 1.0)
        weights[used] += step * (0.5 if turn < 3 else 1.0)
        if np.abs(step).max() < 1e-4:
            break
    return [round(float(number), 3) for number in weights]


def fit_groups(path: Path, model: LanguageModel) -> dict[str, GroupWeights]:
    """What tells each group of neighbours apart, with the pool that ``model`` holds."""
    found = {}
    for group in language.GROUPS:
        rows = list(rows_of(path, model, group))
        name = "_".join(sorted(group))
        # A weight below nothing would turn a witness round: too few lines speak of it.
        found[name] = GroupWeights(
            *(max(0.0, w) for w in fit(rows, [0, 1, 2], astuple(GroupWeights())))
        )
    return found


def _toml(
    weights: dict[str, Weights], groups: dict[str, GroupWeights], day: str, set_name: str
) -> str:
    lines = ["# Written by tools/fit_language.py; refit on your own corrections.", "[fit]"]
    lines += [f'date = "{day}"', f'set = "{set_name}, every second line"', "", "[bars]"]
    lines += [f"{name} = {value}" for name, value in asdict(Bars()).items()]
    tables: list[tuple[str, Any]] = [
        (f"pool.{pool}", weights.get(pool, Weights(0.9))) for pool in reversed(POOLS)
    ]
    tables += [(f"group.{name}", inside) for name, inside in sorted(groups.items())]
    for name, numbers in tables:
        lines += ["", f"[{name}]"]
        lines += [f"{key} = {value}" for key, value in asdict(numbers).items()]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Fit the four pools, with and without each optional library, and the groups inside them."""
    path = Path(sys.argv[1])
    model = shipped_model()
    weights = {}
    installed = detectors.has
    for pool in POOLS:
        missing = {"eldc"} - set(pool.split("_")) | {"py3langid"} - set(pool.split("_"))
        detectors.has = lambda module, gone=missing: module not in gone and installed(module)  # type: ignore[assignment]
        used = [0, 1, 2, 5, 6] if "eldc" in missing else list(range(len(START)))
        weights[pool] = Weights(*fit(list(rows_of(path, model)), used, START))
    # The stock installation is the one most desks have; all four share its groups.
    gone = {"eldc"}
    detectors.has = lambda module: module not in gone and installed(module)  # type: ignore[assignment]
    groups = fit_groups(path, replace(model, weights=weights))
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    sys.stdout.write(_toml(weights, groups, today, path.stem))


if __name__ == "__main__":
    main()
