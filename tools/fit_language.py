"""Fit the pool of language detectors on an evaluation file and print ``data/language.toml``.

``python tools/fit_language.py FILE.jsonl > data/language.toml``; each line has ``text``,
``lang``, perhaps ``subject``, ``accept`` and ``bucket``. Every second line is fitted on.
"""

from __future__ import annotations

import datetime
import json
import lzma
import sys
from collections.abc import Iterator
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import numpy as np

from concierge.rules import detectors, language
from concierge.rules.cleaning import own_words
from concierge.rules.language_model import Bars, LanguageModel, Weights, parse_language_model
from concierge.rules.language_priors import plain_code
from concierge.rules.short_phrases import parse_short_phrases

DATA = Path(__file__).parents[1] / "data"
#: Pulls weights that little speaks for towards nothing.
RIDGE = 1e-3
#: Buckets whose right answer is "no language" teach a pool of languages nothing.
LEFT_OUT = {"no_language", "romanised", "lingua_word"}
POOLS = ("py3langid_eldc", "py3langid", "langdetect_eldc", "langdetect")
Row = tuple[Any, list[int]]


def shipped_model() -> LanguageModel:
    """The model with today's data files; its weights are not used for fitting."""
    return parse_language_model(
        _toml({}, "", ""),
        phrases=parse_short_phrases((DATA / "short_phrases.csv").read_text(encoding="utf-8")),
        words=lambda: lzma.decompress((DATA / "words.txt.xz").read_bytes()).decode("utf-8"),
    )


def rows_of(path: Path, model: LanguageModel) -> Iterator[Row]:
    """Features by language and the right languages of every second line."""
    for line in path.read_text(encoding="utf-8").splitlines()[::2]:
        case = json.loads(line)
        if case.get("bucket") in LEFT_OUT:
            continue
        said = language.features_of(
            own_words(case["text"]).text, subject=case.get("subject", ""), model=model
        )
        right = {plain_code(code) for code in (case["lang"], *case.get("accept", ()))}
        at = [i for i, name in enumerate(said) if name in right]
        if at:
            yield np.array(list(said.values())), at


def fit(rows: list[Row], used: list[int]) -> Weights:
    """Newton's method on the chance of the right languages; ``used`` are the fields that count."""
    weights = np.zeros(len(fields(Weights)))
    weights[0] = 0.9
    for turn in range(40):
        slope, bend = np.zeros(len(used)), np.eye(len(used)) * RIDGE * len(rows)
        for values, at in rows:
            kept = values[:, used]
            scores = kept @ weights[used]
            chance = np.exp(scores - scores.max())
            chance /= chance.sum()
            mean = chance @ kept
            slope += chance[at] @ kept[at] / max(chance[at].sum(), 1e-300) - mean
            bend += ((kept - mean).T * chance) @ (kept - mean)
        step = np.linalg.solve(bend, slope)
        weights[used] += step * (0.5 if turn < 3 else 1.0)
        if np.abs(step).max() < 1e-4:
            break
    return Weights(*(round(float(number), 3) for number in weights))


def _toml(weights: dict[str, Weights], day: str, set_name: str) -> str:
    lines = ["# Written by tools/fit_language.py; refit on your own corrections.", "[fit]"]
    lines += [f'date = "{day}"', f'set = "{set_name}, every second line"', "", "[bars]"]
    lines += [f"{name} = {value}" for name, value in asdict(Bars()).items()]
    for pool in reversed(POOLS):
        lines += ["", f"[pool.{pool}]"]
        numbers = weights.get(pool, Weights(0.9))
        lines += [f"{name} = {value}" for name, value in asdict(numbers).items()]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Fit the four pools, with and without each optional library."""
    path = Path(sys.argv[1])
    model = shipped_model()
    weights = {}
    installed = detectors.has
    for pool in POOLS:
        missing = {"eldc"} - set(pool.split("_")) | {"py3langid"} - set(pool.split("_"))
        detectors.has = lambda module, gone=missing: module not in gone and installed(module)  # type: ignore[assignment]
        used = [0, 1, 2, 5, 6] if "eldc" in missing else list(range(7))
        weights[pool] = fit(list(rows_of(path, model)), used)
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    sys.stdout.write(_toml(weights, today, path.stem))


if __name__ == "__main__":
    main()
