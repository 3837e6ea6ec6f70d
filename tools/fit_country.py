"""Fit the weights of the country rule from letters whose country is known.

Run: ``python tools/fit_country.py LETTERS.jsonl... [--name SET]``. Each line holds ``from``,
``date``, ``subject``, ``body``, ``lang``, ``country``, ``home`` (codes; empty or null: nobody can
know),
``accept`` (other right answers), ``received`` and ``content_language``. Writes
``data/country.toml`` with the day, the set's name and how many letters it held. The letters
themselves stay where they are.

The weights are moved one at a time, by steps that get smaller, where that explains one half of the
letters better; what each move costs in distance from the measured weights holds them back. The
other half, which no weight has seen, is printed before and after; then the halves change places.
Only where both unseen halves are explained better are weights fitted on all letters and written.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Final

from concierge.desk.evaluation_rows import received_of
from concierge.domain.message import Address, ParsedMessage
from concierge.rules import country
from concierge.rules.cleaning import own_words
from concierge.rules.country_signs import SignTable
from concierge.rules.place_evidence import Mention, Sign
from concierge.rules.places import Places
from concierge.rules.role_cues import RoleCues
from concierge.rules.whereabouts_scoring import Clue, Surroundings, clues_of, standing_of
from concierge.rules.whereabouts_weights import CountryWeights, parse_country_weights

DATA: Final = Path(__file__).parents[1] / "data"
#: What leaving a measured weight by one costs, in letters fully misread: little evidence must not
#: move much.
_HOLD: Final = 0.02
#: How far a weight is tried from where it stands, coarse to fine.
_STEPS: Final = (0.6, 0.3)
#: Numbers of the model's shape that are fitted; thresholds are chosen by hand for their meaning.
_SHAPE: Final = ("language", "town", "beside_now", "beside_lives", "again")
#: What is near zero by its meaning stays there, however a few letters happened to be read; so does
#: the present place as a word of home.
_FIXED: Final = frozenset({("home", "now")}) | {
    (table, role)
    for table in ("present", "home")
    for role in ("past", "future", "others", "cctld_generic")
}
#: No evidence against a country may come to speak for it, nor the other way round.
_TINY: Final = 0.02


@dataclass(frozen=True, slots=True)
class Letter:
    """What was read of one letter, before anything is weighed."""

    mentions: tuple[Mention, ...]
    signs: tuple[Sign, ...]
    around: Surroundings
    wanted: dict[str, frozenset[str]]


def letters_of(
    lines: Iterable[str], places: Places, cues: RoleCues, table: SignTable
) -> list[Letter]:
    """Read the letters once; weighing them again and again is cheap."""
    return [_letter(json.loads(line), places, cues, table) for line in lines if line.strip()]


def _letter(row: dict[str, Any], places: Places, cues: RoleCues, table: SignTable) -> Letter:
    message = _message(row)
    own = own_words(message.body)
    signature = "\n".join(piece for label, piece in own.cut if label == "signature")
    text = f"{message.subject}\n{own.text}"
    around = country.surroundings(message, row.get("lang") or "", places, text)
    mentions, signs = country.witnesses_of(
        message, own.text, signature, around, cues=cues, table=table
    )
    accepted = frozenset(row.get("accept") or ())
    wanted = {
        target: frozenset((row[key],)) | accepted if row.get(key) else frozenset()
        for target, key in (("present", "country"), ("home", "home"))
    }
    return Letter(tuple(mentions), tuple(signs), around, wanted)


def _message(row: dict[str, Any]) -> ParsedMessage:
    when = _when(row.get("date") or "")
    offset = when.utcoffset() if when and not str(row["date"]).strip().endswith("-0000") else None
    headers = [("Received", one) for one in received_of(row)]
    if row.get("content_language"):
        headers.append(("Content-Language", row["content_language"]))
    return ParsedMessage(
        sender=Address(row.get("from") or ""),
        subject=row.get("subject") or "",
        date=when,
        utc_offset_minutes=None if offset is None else int(offset.total_seconds() // 60),
        headers=tuple(headers),
        body=row["body"],
    )


def _when(written: str) -> datetime | None:
    try:
        when = parsedate_to_datetime(written)
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def loss_of(letters: list[Letter], weights: CountryWeights) -> float:
    """Mean surprise at the right answers, both conclusions; "cannot tell" is one of them."""
    total = 0.0
    for letter in letters:
        clues = _clues(letter, weights)
        for target, wanted in letter.wanted.items():
            ranked = dict(standing_of(clues, target, letter.around, weights).ranked)
            right = sum(ranked.get(iso, 0.0) for iso in wanted)
            if not wanted:
                right = 1.0 - max(ranked.values(), default=0.0)
            total -= math.log(max(right, 0.001))
    return total / max(1, len(letters))


def _clues(letter: Letter, weights: CountryWeights) -> list[Clue]:
    return clues_of(letter.mentions, letter.signs, weights, on_tour=letter.around.on_tour)


def held_back(weights: CountryWeights, measured: CountryWeights) -> float:
    """What the distance from the measured weights costs."""
    distance: float = sum(
        (getattr(weights, table)[key] - value) ** 2
        for table in ("present", "home", "model")
        for key, value in getattr(measured, table).items()
    )
    return _HOLD * distance


def fitted(letters: list[Letter], start: CountryWeights) -> CountryWeights:
    """The weights that explain the letters best, not far from where they started."""
    best, least = start, loss_of(letters, start)
    for step in _STEPS:
        for table, key in _movable(start):
            for move in (step, -step):
                tried = _moved(best, table, key, move)
                loss = loss_of(letters, tried) + held_back(tried, start)
                if loss < least - 1e-4:
                    best, least = tried, loss
    return best


def _movable(weights: CountryWeights) -> Iterator[tuple[str, str]]:
    yield from (("model", key) for key in _SHAPE)
    for table in ("present", "home"):
        yield from ((table, k) for k in getattr(weights, table) if (table, k) not in _FIXED)


def _moved(weights: CountryWeights, table: str, key: str, move: float) -> CountryWeights:
    values = dict(getattr(weights, table))
    sign = -1.0 if values[key] < 0 else 1.0
    small = move * (0.2 if table == "model" else 1.0)
    values[key] = round(sign * max(_TINY, sign * (values[key] + small)), 3)
    changed: dict[str, Any] = {table: values}
    return replace(weights, **changed)


def scores(letters: list[Letter], weights: CountryWeights) -> str:
    """All correct, answered and right of answered, in percent, for both conclusions."""
    lines = []
    for target in ("present", "home"):
        said = [(_said(letter, weights, target), letter.wanted[target]) for letter in letters]
        answered = [(value, wanted) for value, wanted in said if value]
        right = sum(value in wanted for value, wanted in answered)
        correct = right + sum(not value and not wanted for value, wanted in said)
        alarms = sum(not wanted for _, wanted in answered)
        lines.append(
            f"{target:8} all correct {100 * correct / max(1, len(said)):5.1f}  "
            f"answered {100 * len(answered) / max(1, len(said)):5.1f}  "
            f"right of answered {100 * right / max(1, len(answered)):5.1f}  "
            f"unknowable answered {alarms}"
        )
    return "\n".join(lines)


def correct(letters: list[Letter], weights: CountryWeights) -> int:
    """How many conclusions are right, an abstention where nobody can know among them."""
    return sum(
        value in wanted if wanted else not value
        for letter in letters
        for target, wanted in letter.wanted.items()
        for value in (_said(letter, weights, target),)
    )


def _said(letter: Letter, weights: CountryWeights, target: str) -> str:
    clues = _clues(letter, weights)
    found = country.concluded(clues, letter.around, weights)
    return (found.present if target == "present" else found.home).value


def toml_of(weights: CountryWeights) -> str:
    """The weights as ``data/country.toml`` keeps them."""
    lines = [
        "# What each piece of evidence weighs for where somebody is (present) and belongs (home).",
        "# Written by tools/fit_country.py; a charity may fit them again on its own corrections.",
        "[about]",
        f'fitted = "{weights.fitted}"',
        f"set = {json.dumps(weights.fitted_on)}",
        f"cases = {weights.cases}",
    ]
    for table in ("model", "present", "home"):
        lines += ["", f"[{table}]"]
        lines += [f"{key} = {value:g}" for key, value in getattr(weights, table).items()]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Fit on either half, look at the other, then write what all letters say."""
    from concierge.store.atlas import read_atlas

    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("letters", type=Path, nargs="+")
    asked.add_argument("--name", default="", help="what to call the set in the file")
    asked.add_argument("--out", type=Path, default=DATA / "country.toml")
    options = asked.parse_args()
    atlas = read_atlas(DATA)
    lines = [line for file in options.letters for line in file.read_text("utf-8").splitlines()]
    letters = letters_of(lines, atlas.places, atlas.cues, atlas.signs)
    start = parse_country_weights("")
    first = _holds(letters[::2], letters[1::2], start)
    held = _holds(letters[1::2], letters[::2], start) and first
    after = fitted(letters, start) if held else start
    if not held or correct(letters, after) < correct(letters, start):
        _say("Fewer are right, or those not seen are explained worse: the weights stay.")
        after = start
    else:
        _say(f"all, {len(letters)} letters\n{scores(letters, after)}")
    stamped = replace(
        after,
        fitted=date.today().isoformat(),  # noqa: DTZ011 - the day on the wall of who runs it
        fitted_on=options.name or ", ".join(file.stem for file in options.letters),
        cases=len(letters),
    )
    options.out.write_text(toml_of(stamped), encoding="utf-8")


def _holds(seen: list[Letter], unseen: list[Letter], start: CountryWeights) -> bool:
    """Whether what is fitted on one half explains the other better, with no fewer right."""
    after = fitted(seen, start)
    for name, part in (("fitted on", seen), ("unseen", unseen)):
        _say(f"{name}, {len(part)} letters")
        for when, weights in (("before", start), ("after", after)):
            _say(f"{when}: surprise {loss_of(part, weights):.3f}\n{scores(part, weights)}")
    less = loss_of(unseen, after) <= loss_of(unseen, start)
    return less and correct(unseen, after) >= correct(unseen, start)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
