"""What a command costs before it does anything, against the interpreter and one import."""

from __future__ import annotations

from pathlib import Path

import cases
import desk
from measure import Measure, Result, child, middle, python


def startup(*, quick: bool) -> list[Result]:
    """CPU of whole processes, taken in turns."""
    from support.deployment import environment

    with desk.deployment() as place:
        cases.fill(place, 1000 if quick else 10_000)
        env = environment(place.config_file)
        commands = {
            "python -c pass": python("-c", "pass"),
            "import sqlmodel": python("-c", "import sqlmodel"),
            "--help": _desk("--help"),
            "triage --help": _desk("triage", "--help"),
            "resources list": _desk("resources", "list", "--json"),
            "queue": _desk("queue", "--json"),
        }
        taken = _in_turns(commands, place.folder, env, repeats=3 if quick else 11)
    bare, heavy = "python -c pass", "import sqlmodel"
    size = "1,000" if quick else "10,000"
    return [
        _measure("concierge --help", taken, "--help", bare, 6),
        _measure("concierge triage --help", taken, "triage --help", bare, 6),
        _measure("concierge resources list --json", taken, "resources list", bare, 6),
        _measure(f"concierge queue --json, {size} cases", taken, "queue", heavy, 1.15),
    ]


def _desk(*words: str) -> list[str]:
    return python("-m", "concierge", *words)


def _in_turns(
    commands: dict[str, list[str]], folder: Path, env: dict[str, str], *, repeats: int
) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(repeats + 1):
        for name, command in commands.items():
            spent, _ = child(command, cwd=folder, env=env)
            if turn:  # the first turn fills the disk's cache and writes byte code
                taken[name].append(spent.cpu)
    return taken


def _measure(
    title: str, taken: dict[str, list[float]], name: str, baseline: str, budget: float
) -> Measure:
    pairs = zip(taken[name], taken[baseline], strict=True)
    return Measure(
        title,
        f"{middle(taken[name]) * 1e3:.0f} ms",
        f"{middle(taken[baseline]) * 1e3:.0f} ms ({baseline})",
        middle([ours / theirs for ours, theirs in pairs]),
        budget,
    )
