"""What staff put right about cases: redraft, link, merge, split, another requester.

Each command says what it did, whom the next reply goes to, and how to take it back.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from concierge.cli import show
from concierge.cli.options import Flag, Id, Staff
from concierge.cli.safe import line
from concierge.domain.message import Address
from concierge.errors import UsageError

if TYPE_CHECKING:
    from concierge.config import Config
    from concierge.desk.merging import Merging
    from concierge.desk.parking import Parking
    from concierge.desk.redrafting import Redrafted, Redrafting
    from concierge.desk.relations import Relations
    from concierge.desk.splitting import Splitting

#: Beyond this a name is no name any more.
_LONGEST_COMMAND = 2000
#: An option whose default says nothing.
Text = Annotated[str, Parameter(show_default=False)]


def redraft(case_id: Id, /, *, staff: Staff | None = None) -> int:
    """Read a case's newest message again and propose the reply anew.

    Words a colleague wrote into the old draft are put away with it and can be read there.

    Parameters
    ----------
    case_id
        The case's number.
    """
    desk, name = bench(staff)
    tell_draft(case_id, desk.redrafting().redraft(case_id, name))
    return 0


def link(case_id: Id, other: Id, /, *, staff: Staff | None = None) -> int:
    """Say that two cases have to do with each other; nothing else changes.

    Parameters
    ----------
    case_id
        A case's number.
    other
        The other case's number.
    """
    desk, name = bench(staff)
    desk.relations().link(case_id, other, name)
    print(f"Cases {case_id} and {other} are linked.")
    tell_undo(f"concierge case unlink {case_id} {other}")
    return 0


def unlink(case_id: Id, other: Id, /, *, staff: Staff | None = None) -> int:
    """Take a link between two cases back.

    Parameters
    ----------
    case_id
        A case's number.
    other
        The other case's number.
    """
    desk, name = bench(staff)
    desk.relations().unlink(case_id, other, name)
    print(f"Cases {case_id} and {other} are no longer linked.")
    tell_undo(f"concierge case link {case_id} {other}")
    return 0


def merge(case_id: Id, /, *, into: Id, staff: Staff | None = None) -> int:
    """Put every message of a case into another one, where they are one matter.

    The other case keeps its number and its requester, takes the greater urgency and the earlier
    deadlines, and is before you when either was. The emptied case is resolved and points on: what
    answers it later goes to the other one.

    Parameters
    ----------
    case_id
        The case that is emptied.
    into
        The case that takes its messages.
    """
    desk, name = bench(staff)
    taken, drafted = desk.merging().merge(case_id, into, name)
    print(f"Case {case_id} is merged into case {into}, which is {taken.urgency} and {taken.state}.")
    tell_draft(into, drafted)
    tell_undo(f"concierge case unmerge {case_id}")
    return 0


def unmerge(case_id: Id, /, *, staff: Staff | None = None) -> int:
    """Take a merge back: the messages, the state and the deadlines of both cases as they were.

    Refused once a reply has left that knew of both; then `concierge case split` takes messages
    out.

    Parameters
    ----------
    case_id
        The case that had been merged into another one.
    """
    desk, name = bench(staff)
    parted = desk.merging().unmerge(case_id, name)
    print(f"Case {case_id} is {parted.case.state} again, apart from case {parted.other.id}.")
    tell_draft(case_id, parted.draft)
    tell_draft(parted.other.id, parted.other_draft)
    tell_undo(f"concierge case merge {case_id} --into {parted.other.id}")
    return 0


def split(case_id: Id, /, *, messages: Text, staff: Staff | None = None) -> int:
    """Take messages that are another matter out of a case, into a new one linked with it.

    The new case belongs to whoever wrote the first of them.

    Parameters
    ----------
    case_id
        The case's number.
    messages
        Their numbers as `concierge case show` has them, with commas: 12,13.
    """
    wanted = _numbers(messages)
    desk, name = bench(staff)
    parted = desk.splitting().split(case_id, wanted, name)
    new = parted.case
    show.sentence(
        f"Case {new.id} holds {show.counted(len(set(wanted)), 'message')} of case {case_id} now; "
        f"it is {new.urgency}, from {new.requester if new.requester.address else 'nobody known'}."
    )
    tell_draft(new.id, parted.draft)
    tell_draft(case_id, parted.other_draft)
    tell_undo(f"concierge case merge {new.id} --into {case_id}")
    return 0


def requester(
    case_id: Id,
    address: str = "",
    /,
    *,
    name: Text = "",
    forwarded: Flag = False,
    nobody: Flag = False,
    staff: Staff | None = None,
) -> int:
    """Say whose case it is: the next reply goes there, and a new draft is written for them.

    Parameters
    ----------
    case_id
        The case's number.
    address
        Their mail address.
    name
        Their name, for the greeting.
    forwarded
        Take whoever wrote the mail that was forwarded, as `concierge case show` names them.
    nobody
        Nobody is known; the case gets no draft.
    """
    if sum((bool(address), forwarded, nobody)) != 1:
        raise UsageError("Say one of: an address, --forwarded, --nobody.")
    desk, who = bench(staff)
    relations = desk.relations()
    wanted = relations.forwarded(case_id) if forwarded else Address(address, name)
    handed = relations.set_requester(case_id, wanted, who)
    now = handed.case.requester
    show.sentence(
        f"Case {case_id} belongs to {now if now.address else 'nobody known'}. "
        + (f"The next reply goes to {now.address}." if now.address else "")
    )
    tell_draft(case_id, handed.draft)
    tell_undo(_set_back(case_id, handed.was))
    return 0


def tell_draft(case_id: int, drafted: Redrafted) -> None:
    """What became of a case's draft, for whom it is, and where a colleague's words went."""
    draft = drafted.draft
    if draft:
        show.sentence(
            f"Case {case_id}: draft {draft.id} to {draft.recipient}. Read it: concierge draft "
            f"show {draft.id}"
        )
    else:
        show.sentence(f"Case {case_id}: no draft, since {drafted.because}.")
    if drafted.note:
        show.sentence(drafted.note)


def _set_back(case_id: int, was: Address) -> str:
    import shlex

    if not was.address:
        return f"concierge case requester {case_id} --nobody"
    # A name or an address may begin as an option does; said this way it is none.
    named = f" --name={shlex.quote(was.name)}" if was.name else ""
    where = f"{'-- ' if was.address.startswith('-') else ''}{shlex.quote(was.address)}"
    return f"concierge case requester {case_id}{named} {where}"


def tell_undo(command: str) -> None:
    """Say how the change is taken back, on one line: a folded command cannot be pasted."""
    print(line(f"To undo: {command}", _LONGEST_COMMAND))


def _numbers(listed: str) -> list[int]:
    words = listed.replace(",", " ").split()
    if not words or not all(word.isascii() and word.isdigit() for word in words):
        raise UsageError("Messages are numbers with commas between them, such as 12,13.")
    return [int(word) for word in words]


class Bench:
    """The desk's services for one command, each made when it is asked for."""

    def __init__(self, config: Config) -> None:
        from concierge.bootstrap import SystemClock, make_rereader, open_store

        self.config = config
        self.store = open_store(config)
        self.clock = SystemClock()
        self.rereader = make_rereader(config)

    def redrafting(self) -> Redrafting:
        """What proposes a reply anew."""
        from concierge.desk.redrafting import Redrafting

        return Redrafting(self.store, self.clock, self.rereader)

    def relations(self) -> Relations:
        """What links cases and names their requesters."""
        from concierge.desk.relations import Relations

        return Relations(self.store, self.clock, self.rereader)

    def merging(self) -> Merging:
        """What makes one case of two, and two again."""
        from concierge.desk.merging import Merging

        return Merging(self.store, self.clock, self.config.promises(), self.rereader)

    def splitting(self) -> Splitting:
        """What takes messages out of a case."""
        from concierge.desk.splitting import Splitting

        return Splitting(self.store, self.clock, self.config.promises(), self.rereader)

    def parking(self) -> Parking:
        """What takes mail out of parking."""
        from concierge.desk.admission import AdmissionSettings
        from concierge.desk.parking import Parking

        cases = self.config.cases
        settings = AdmissionSettings(
            promises=self.config.promises(),
            key=self.config.secrets.key.raw(),
            reopen=timedelta(days=cases.reopen_days),
            limits=cases.limits(),
        )
        return Parking(self.store, self.clock, self.rereader, settings)


def bench(staff: Staff | None) -> tuple[Bench, str]:
    """The services, and in whose name they are used."""
    chosen = staff or Staff()
    config = chosen.load()
    name = chosen.name(config)
    return Bench(config), name
