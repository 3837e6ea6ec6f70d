"""The libraries that tell languages apart: found when first asked, each optional but langdetect."""

from __future__ import annotations

import copy
import importlib.util
import math
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from concierge.rules import profiles, scripts

#: Latin-script languages among which a detector may choose: those of our requesters, their
#: neighbours, and enough others that one of those is not taken for one we serve. Small languages
#: close to a large one (Asturian, Occitan) are left out: short Spanish would go to them.
_LATIN: Final = (
    "en es pt fr de it nl sv da no nn fi pl cs tr ro hu id vi ms gl ca sk hr sr bs is lt lv et sl "
    "sq af eu cy ga sw tl mt eo la br fo gd ht ku mg az uz xh zu so rw yo ig ha sn tk"
)
_AMONG: Final[Mapping[str, str]] = {
    "Latin": _LATIN,
    "Cyrillic": "ru uk bg sr mk be kk ky mn",
    "Arabic": "ar arz fa ur ps sdh ug",
    "Devanagari": "hi mr ne sa",
}
#: Names of the libraries for what we call otherwise.
_OURS: Final = {"no": "nb", "nn": "nb", "arz": "ar", "sdh": "ckb", "zh-cn": "zh", "zh-tw": "zh"}
#: eldc calls Indonesian Malay and has no Bosnian; their neighbour's score stands for them.
_ELDC_TWINS: Final = {"id": "ms", "bs": "hr"}
#: All that eldc gives.
_ELDC_SCORES: Final = 20


def _installed(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


@cache
def has(module: str) -> bool:
    """Whether a library is installed; looked up once."""
    return _installed(module)


def available() -> tuple[str, ...]:
    """The libraries in use, the one that decides first: what health reports show."""
    extras = [name for name in ("py3langid", "langdetect_rs", "eldc") if has(name)]
    return (*extras, "langdetect")


@cache
def _py3langid(script: str) -> Any:
    from py3langid import langid

    reader: Any = langid.LanguageIdentifier  # py3langid carries no types

    if script not in _AMONG:
        return reader.from_model_file(langid.MODEL_FILE)
    # A copy shares the large table, so each script costs its own columns only.
    narrow = copy.copy(_py3langid(""))
    narrow.set_languages([*_AMONG[script].split()])
    # Columns cut out of a table lie crosswise; rows are what is read, so they are laid together.
    narrow.nb_ptc = _in_rows(narrow.nb_ptc)
    return narrow


def _in_rows(table: Any) -> Any:
    import numpy as np

    return np.ascontiguousarray(table)


def py3langid_scores(text: str, script: str) -> dict[str, float]:
    """Log scores of py3langid for the languages of ``script``; empty when it is not installed.

    Loads the model on first use (0.8 s, 90 MB).
    """
    if not has("py3langid"):
        return {}
    reader = _py3langid(script)
    found: dict[str, float] = {}
    # As its `rank`, which sorts what is sorted again here once all witnesses are heard.
    for name, score in zip(_columns(script), reader._decide(text).tolist(), strict=True):
        if score > found.get(name, -math.inf):  # of two with one name the likelier
            found[name] = score
    return found


@cache
def _columns(script: str) -> tuple[str, ...]:
    return tuple(_OURS.get(name, name) for name in _py3langid(script).nb_classes)


@cache
def _eldc() -> Any:
    import eldc

    eldc.init()
    reader = eldc.instance()
    reader.set_scores(_ELDC_SCORES)
    return reader


def eldc_scores(text: str) -> dict[str, float]:
    """Scores of eldc from 0 to 1, twenty languages at most; empty when it is not installed."""
    if not has("eldc"):
        return {}
    scores = {_OURS.get(n, n): float(s) for n, s in _eldc().detect_details(text).scores.items()}
    for name, twin in _ELDC_TWINS.items():
        if twin in scores:
            scores.setdefault(name, scores[twin])
    return scores


def profile_scores(text: str, script: str) -> dict[str, float]:
    """Log scores of langdetect's profiles read whole, for the languages of ``script``."""
    among = _languages(script)
    return {name: s for name, s in profiles.log_scores(text).items() if name in among}


@cache
def _languages(script: str) -> frozenset[str]:
    names = {_OURS.get(name, name) for name in _AMONG.get(script, "").split()}
    return frozenset(names) if names else frozenset().union(*scripts.SCRIPT_CANDIDATES.values())


def second_voice(text: str, script: str) -> str:
    """langdetect's language for ``text``, "" when it has none.

    By langdetect-rs where installed (the same answers, faster), else by the profiles read whole.
    """
    if has("langdetect_rs"):
        return _by_langdetect_rs(text)
    scores = profile_scores(text, script)
    return max(scores, key=lambda name: scores[name], default="")


def _by_langdetect_rs(text: str) -> str:
    import langdetect_rs

    untyped: Any = langdetect_rs  # carries no types
    untyped.DetectorFactory.seed = 0
    try:
        name = str(untyped.detect(text))
    except langdetect_rs.LangDetectException:  # no letters it knows
        return ""
    return _OURS.get(name, name)
