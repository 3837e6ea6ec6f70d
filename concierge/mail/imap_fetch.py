"""Reading mails off an open IMAP folder in batches, without marking them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from imapclient import IMAPClient  # type: ignore[import-untyped]

from concierge.desk.ports.mailbox import Fetched
from concierge.mail.imap_excerpt import TextSection, find_text, rebuild
from concierge.mail.imap_session import FAILURES, ImapSettings, explain, is_refusal, is_temporary

#: UIDs in one command. Servers refuse lines past about 8 to 64 KB; 500 of ten digits are 5.5 KB.
MAX_UIDS = 500

#: imaplib refuses lines past 1,000,000 bytes; a UID and its space are 11 at most, so that many
#: UIDs of one SEARCH answer always fit.
_SEARCH_WINDOW = 50_000

#: A mail the line broke on this often, all but the first time alone, gets an excerpt: a server
#: that falls over one mail must not keep the others from us.
BREAKS_THE_LINE = 3

#: What a server said of one mail: FETCH item name to value.
Items = dict[bytes, Any]


@dataclass(frozen=True, slots=True)
class MailFacts:
    """What is known of a mail before it is fetched."""

    uid: int
    #: RFC822.SIZE in bytes; negative when the server would not say.
    size: int
    received_at: datetime | None

    def fetched(self, raw: bytes, *, complete: bool = True) -> Fetched:
        """The mail, with the facts known of it."""
        size = self.size if self.size >= 0 else len(raw)
        return Fetched(self.uid, raw, self.received_at, size, complete)


def chunks(uids: Sequence[int]) -> Iterator[list[int]]:
    """UIDs in lists short enough for one command line."""
    for start in range(0, len(uids), MAX_UIDS):
        yield list(uids[start : start + MAX_UIDS])


def all_uids(client: IMAPClient, count: int) -> list[int]:
    """Every UID in the selected folder, ascending; ``count`` is how many mails it holds about.

    NOOP first: Dovecot looks at a Maildir after a SEARCH, not before it.
    """
    client.noop()
    return sorted({uid for keys in search_windows(count) for uid in client.search(keys)})


def search_windows(count: int) -> Iterator[str]:
    """Search keys that together match everything, each with an answer that fits a line."""
    if count <= _SEARCH_WINDOW:
        yield "ALL"
        return
    for first in range(1, count + 1, _SEARCH_WINDOW):
        last = first + _SEARCH_WINDOW - 1
        # Sequence numbers; the last window is open, since mail may have come meanwhile.
        yield f"{first}:{last if last < count else '*'}"


def read_facts(client: IMAPClient, uids: list[int]) -> list[MailFacts]:
    """Size and arrival of mails, in the order asked for; gone ones left out.

    A mail the server would not even describe is kept with an unknown size: it is there.
    """
    answers, refused = tolerant_fetch(client, uids, ["RFC822.SIZE", "INTERNALDATE"])
    return [
        MailFacts(uid, _size(answers.get(uid, {})), _received_at(answers.get(uid, {})))
        for uid in uids
        # An answer without a size is not ours: the server reported a flag change in passing.
        if uid in refused or b"RFC822.SIZE" in answers.get(uid, {})
    ]


def may_fetch_whole(mail: MailFacts, settings: ImapSettings, strikes: Mapping[int, int]) -> bool:
    """Whether a mail is known to be within the size limit, and not to break the line."""
    harmless = strikes.get(mail.uid, 0) < BREAKS_THE_LINE
    return harmless and 0 <= mail.size <= settings.size_limit


def groups(
    facts: Iterable[MailFacts], settings: ImapSettings, strikes: Mapping[int, int]
) -> Iterator[list[MailFacts]]:
    """Mails to fetch together: up to ``batch_bytes``.

    One not to fetch whole stands alone, and so does one that was being read when the line broke
    (``strikes`` counts how often, by UID): whoever breaks it again has shown itself.
    """
    group: list[MailFacts] = []
    held = 0
    for mail in facts:
        alone = not may_fetch_whole(mail, settings, strikes) or strikes.get(mail.uid, 0) > 0
        if group and (alone or held + mail.size > settings.batch_bytes):
            yield group
            group, held = [], 0
        group.append(mail)
        held += mail.size
        if alone:
            yield group
            group, held = [], 0
    if group:
        yield group


def read_whole(
    client: IMAPClient, group: Sequence[MailFacts]
) -> tuple[dict[int, bytes], list[int]]:
    """The raw bytes of mails within the limit, and the UIDs the server does not give whole."""
    answers, refused = tolerant_fetch(client, [mail.uid for mail in group], ["BODY.PEEK[]"])
    given: dict[int, bytes] = {}
    for uid, items in answers.items():
        raw = _bytes(items, b"BODY[]")
        if raw is not None:
            given[uid] = raw
        elif b"BODY[]" in items:
            # NIL for a mail that exists: as good as a refusal, and not to be taken for "gone".
            refused.append(uid)
    return given, refused


def read_excerpt(
    session: Callable[[], IMAPClient], drop: Callable[[], None], uid: int, budget: int
) -> bytes | None:
    """Headers and text of one mail, ``budget`` bytes of text at most.

    1. Ask for the BODYSTRUCTURE. Some servers stumble over nasty mails there and hang up: then
       ``drop`` the connection and go on without (``session`` connects again).
    2. Fetch headers and the first text part by section number, and rebuild a mail of them.
    3. Where that gives nothing: the first ``budget`` bytes of the mail as they are.

    ``None`` when the mail is gone or the server refuses even that.
    """
    try:
        structure = session().fetch([uid], ["BODYSTRUCTURE"]).get(uid, {}).get(b"BODYSTRUCTURE")
    except FAILURES:
        drop()
        structure = None
    section = find_text(structure)
    if section is not None:
        raw = _by_section(session(), uid, section, budget)
        if raw is not None:
            return raw
    return _by_prefix(session(), uid, budget)


def tolerant_fetch(
    client: IMAPClient, uids: list[int], items: list[str]
) -> tuple[dict[int, Items], list[int]]:
    """FETCH that one refused mail cannot spoil: halves the list until the refused stand alone.

    Returns what was given by UID, and the UIDs refused. A refusal that says "not now" is raised:
    it is about the server, not about a mail.
    """
    if not uids:
        return {}, []
    try:
        return client.fetch(uids, items), []
    except FAILURES as error:
        if not is_refusal(error) or is_temporary(explain(error)):
            raise
    if len(uids) == 1:
        return {}, uids
    middle = len(uids) // 2
    first, first_refused = tolerant_fetch(client, uids[:middle], items)
    second, second_refused = tolerant_fetch(client, uids[middle:], items)
    return first | second, first_refused + second_refused


def _by_section(client: IMAPClient, uid: int, section: TextSection, budget: int) -> bytes | None:
    number = section.number
    items = [f"BODY.PEEK[HEADER]<0.{budget}>", f"BODY.PEEK[{number}]<0.{budget}>"]
    if section.boundary:
        items.append(f"BODY.PEEK[{number}.MIME]<0.{budget}>")
    answers, _ = tolerant_fetch(client, [uid], items)
    given = answers.get(uid, {})
    header = _bytes(given, b"BODY[HEADER]")
    body = _bytes(given, f"BODY[{number}]".encode())
    mime = _bytes(given, f"BODY[{number}.MIME]".encode()) or b""
    if not header or not body:
        return None
    return rebuild(header, mime, body, section, budget)


def _by_prefix(client: IMAPClient, uid: int, budget: int) -> bytes | None:
    for item, name in (
        (f"BODY.PEEK[]<0.{budget}>", b"BODY[]"),
        (f"BODY.PEEK[HEADER]<0.{budget}>", b"BODY[HEADER]"),
    ):
        answers, _ = tolerant_fetch(client, [uid], [item])
        raw = _bytes(answers.get(uid, {}), name)
        if raw:
            return raw
    return None


def _bytes(items: Items, name: bytes) -> bytes | None:
    """One body section, whether or not the server repeats the ``<0>`` of a partial fetch."""
    for key, value in items.items():
        if key == name or key.startswith(name + b"<"):
            # A literal of digits in a quoted string would come as an int; NIL as None.
            return value if isinstance(value, bytes) else None
    return None


def _size(items: Items) -> int:
    size = items.get(b"RFC822.SIZE")
    return size if isinstance(size, int) else -1


def _received_at(items: Items) -> datetime | None:
    moment = items.get(b"INTERNALDATE")
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        return None
    return moment.astimezone(UTC)
