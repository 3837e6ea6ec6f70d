"""`concierge case set`: staff say what a requester speaks and where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from concierge.cli import show
from concierge.cli.options import Flag, Id, Staff
from concierge.cli.relations import bench, tell_draft, tell_undo
from concierge.domain.case import SETTABLE, Case
from concierge.domain.event import DESK

if TYPE_CHECKING:
    from concierge.config import Config
    from concierge.desk.ports.store import Store
    from concierge.desk.setting import Setting, Settled

#: A value that was not named is left as it is.
Value = Annotated[str | None, Parameter(show_default=False, allow_leading_hyphen=True)]

#: What review asks; Enter alone leaves it as it is.
ASKED = {
    "language": "Which language (code or name, ? nobody can tell)? ",
    "country": "In which country are they now (code or name, ? nobody can tell)? ",
    "home": "Where is their home (code or name, ? nobody can tell)? ",
}


def set_(
    case_id: Id, /, *, language: Value = None, country: Value = None, home: Value = None,
    json: Flag = False, staff: Staff | None = None,
) -> int:  # fmt: skip
    """Say what language the requester of a case speaks and where they are; a new draft follows.

    What you set wins over whatever the desk finds later. Codes and names will do, in English or
    in their own language: nb, norwegian, UK, Deutschland. "undetermined" says nobody can tell, and
    "desk" leaves it to the desk again.

    Parameters
    ----------
    case_id
        The case's number.
    language
        What to answer in.
    country
        Where they are now, which decides whose crisis line is printed.
    home
        Where they belong, when that is another country.
    json
        One JSON object.
    """
    desk, name = bench(staff)
    settled = make_setting(desk.config, desk.store).set(case_id, name, language, country, home)
    if json:
        show.data(_as_dict(settled))
        return 0
    for words in changes(settled):
        show.sentence(words)
    if settled.left_alone:
        show.sentence(settled.left_alone)
    tell_draft(case_id, settled.draft)
    tell_undo(_undo(case_id, settled))
    return 0


def make_setting(config: Config, store: Store) -> Setting:
    """What sets the language, the country and the home of a case."""
    from concierge.bootstrap import SystemClock, make_rereader
    from concierge.desk.setting import Setting

    return Setting(store, SystemClock(), make_rereader(config))


def changes(settled: Settled) -> list[str]:
    """What was set, in a sentence each: "Case 3: country GB (United Kingdom), set by Bo"."""
    case = settled.case
    return [
        f"Case {case.id}: {each.get('field')} {_value(case, each.get('field'))}, "
        f"{'left to the desk' if each.get('left_to') else 'set'} by {each.by}; "
        f"before: {_value(settled.was, each.get('field'))}."
        for each in settled.events
    ]


def _value(case: Case, name: str) -> str:
    from concierge.desk.naming import called

    return called(name, getattr(case, name))


def _undo(case_id: int, settled: Settled) -> str:
    # What nobody had set goes back to the desk: typed as a value, it would be set for good.
    was = settled.was
    options = " ".join(
        f"--{name} {getattr(was, name) or 'undetermined' if getattr(was, f'{name}_by') else DESK}"
        for name in (each.get("field") for each in settled.events)
    )
    return f"concierge case set {case_id} {options}"


def _as_dict(settled: Settled) -> dict[str, Any]:
    case, draft = settled.case, settled.draft
    return {
        "case_id": case.id,
        "version": case.version,
        **{name: getattr(case, name) or None for name in SETTABLE},
        "set_by": {name: getattr(case, f"{name}_by") or None for name in SETTABLE},
        "set": [dict(each.data) | {"by": each.by} for each in settled.events],
        "draft_id": draft.draft.id if draft.draft else None,
        "no_draft_because": draft.because or None,
        "left_alone": settled.left_alone or None,
    }
