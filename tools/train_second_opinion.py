"""Train the second opinion on letters whose urgency people have said, and write it as data.

Run as ``python tools/train_second_opinion.py LETTERS.jsonl data/second_opinion.json``. A line of
the letters is a JSON object with ``body`` (or ``text``), ``subject`` and ``urgency``, as for
``concierge eval urgency``; take a charity's own corrections. Needs scikit-learn (extra ``learn``);
the desk itself does not. The threshold is set by five-fold cross-validation so that at most the
asked share of calm letters would be raised; the figures are printed.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import Normalizer

from concierge.rules.second_opinion import pieces

#: Pieces kept, the most frequent: more make the file larger and the answer hardly better.
_PIECES = 40_000
#: A piece seen in fewer letters is a name.
_LEAST_LETTERS = 3
#: Fewer letters of either sort teach nothing that holds.
_LEAST = 50


def main() -> None:
    """Read the letters, train, print what it is worth, write the model."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("letters", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--alarms", type=float, default=1.0, help="percent of calm letters raised")
    options = parser.parse_args()
    texts, urgent = _letters(options.letters)
    if min(urgent.sum(), (~urgent).sum()) < _LEAST:
        parser.error(f"at least {_LEAST} urgent and {_LEAST} other letters are needed")
    counter = CountVectorizer(
        analyzer=lambda text: list(pieces(text)),
        binary=True,
        min_df=_LEAST_LETTERS,
        max_features=_PIECES,
    )
    model = make_pipeline(counter, Normalizer(), LogisticRegression(C=10, max_iter=2000))
    folds = StratifiedKFold(5, shuffle=True, random_state=1)
    odds = cross_val_predict(model, texts, urgent, cv=folds, method="decision_function")
    threshold = float(np.quantile(odds[~urgent], 1 - options.alarms / 100))
    found, alarms = (odds[urgent] >= threshold).mean(), (odds[~urgent] >= threshold).mean()
    sys.stdout.write(
        f"{len(texts)} letters, {urgent.sum()} urgent; held out: found {found:.1%}, "
        f"others raised {alarms:.1%}\n"
    )
    model.fit(texts, urgent)
    learned = model[-1]
    weights = {
        piece: round(float(learned.coef_[0][at]), 4) for piece, at in counter.vocabulary_.items()
    }
    written = {
        "letters": len(texts),
        "intercept": round(float(learned.intercept_[0]), 4),
        "threshold": round(threshold, 4),
        "weights": dict(sorted(weights.items())),
    }
    options.model.write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")


def _letters(path: Path) -> tuple[list[str], np.ndarray]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    texts = [f"{row.get('subject') or ''}\n{row.get('body') or row.get('text')}" for row in rows]
    said = [str(row.get("urgency") or row.get("label")) for row in rows]
    return texts, np.array([one in {"high", "emergency"} for one in said])


if __name__ == "__main__":
    main()
