"""Mark what stands under a letter: device lines, footers, disclaimers, signatures."""

from __future__ import annotations

from concierge.rules import cleaning_endings as ends
from concierge.rules import cleaning_lines as line_of
from concierge.rules.cleaning_contact import contact_start
from concierge.rules.cleaning_page import Faith, Page

# Weak cuts (a closing that only looks like a signature) may take this share of the words that
# stand outside clear quotes; beyond it the sender's own words are at stake and all is kept.
_WEAK_SHARE = 0.2
# A signature longer than this is a letter written under a dash.
_SIGNATURE_LINES = 12
# Enough for what a few programs in a row add; a bound keeps the work small.
_DEVICE_LINES = 60


def mark_endings(page: Page) -> None:
    """Mark from the end upwards; lists and firms write above a signature and under it."""
    _mark_under_device(page)
    for rule in (
        *(_device, _footer, _disclaimer, _signature, _contact),
        *(_footer, _disclaimer, _device, _contact),
    ):
        rule(page)


def _mark_under_device(page: Page) -> None:
    """Under a phone's line in the middle stands what it answers, left without a mark; or a cry."""
    seen = False
    for at, line in enumerate(page.plain):
        if page.labels[at]:
            if seen:
                return
            continue
        alone = (
            at > 0
            and not page.plain[at - 1].strip()
            and not "".join(page.plain[at + 1 : at + 2]).strip()
        )
        if seen and alone and ends.device_line(line):
            stop = next((i for i in range(at, len(page.lines)) if page.labels[i]), len(page.lines))
            if any(map(line_of.has_words, page.plain[at + 1 : stop])) and not _all_devices(
                page, at, stop
            ):
                page.mark(at, at, "device", Faith.SHAPE)
                page.mark(at + 1, stop - 1, "reply", Faith.DOUBT, "words under a phone's line")
            return
        seen = seen or line_of.has_words(line)


def _all_devices(page: Page, first: int, stop: int) -> bool:
    said = [line for line in page.plain[first:stop] if line.strip()]
    return len(said) <= _SIGNATURE_LINES and all(map(ends.device_line, said))


def _device(page: Page) -> None:
    """The lines of phones and programs at the end, but never all a mail has to say."""
    own = page.own()
    above = next((i for i, at in enumerate(own) if line_of.has_words(page.plain[at])), len(own))
    for place in range(len(own) - 1, max(above, len(own) - _DEVICE_LINES), -1):
        line = page.plain[own[place]]
        found = ends.device_line(line) if line.strip() else 2
        if not found:
            return
        faith = Faith.SHAPE if found == 2 else Faith.DOUBT
        why = "more than a phone's line may stand in it"
        if line.strip():
            page.mark(own[place], own[place], "device", faith, why)


def _disclaimer(page: Page) -> None:
    """The last paragraph when it speaks a lawyer's language; never the only paragraph."""
    own = page.own()
    start = len(own)
    while start > 0 and page.plain[own[start - 1]].strip():
        start -= 1
    found = ends.disclaimer(" ".join(page.plain[at] for at in own[start:])) if start > 0 else 0
    if found:
        faith = Faith.SHAPE if found == 2 else Faith.DOUBT
        _mark_own(page, own[start:], "disclaimer", faith, "a notice that says I or me")


def _footer(page: Page) -> None:
    own = page.own()
    start = ends.footer_start([page.plain[at] for at in own])
    if start > 0:
        _mark_own(page, own[start:], "footer", Faith.SHAPE)


def _signature(page: Page) -> None:
    own = page.own()
    for start in range(len(own) - 1, max(-1, len(own) - _SIGNATURE_LINES - 2), -1):
        if ends.SIGNATURE.match(page.plain[own[start]]):
            _cut_signature(page, own, start)
            return


def _contact(page: Page) -> None:
    """Name, title and numbers that stand under a letter without any mark."""
    own = page.own()
    start = contact_start([page.plain[at] for at in own])
    if start > 0:
        _mark_own(page, own[start:], "signature", Faith.SHAPE)
        page.contact = min(page.contact, own[start])


def _cut_signature(page: Page, own: list[int], start: int) -> None:
    """Cut it when it holds names and contacts; with sentences in it, only a small one."""
    below = [page.plain[at] for at in own[start + 1 :]]
    if not any(line_of.has_words(page.plain[at]) for at in own[:start]):
        return
    if any(map(ends.is_sentence, below)) and _share(page, own, start) > _WEAK_SHARE:
        return
    faith = Faith.DOUBT if any(map(ends.is_prose, below)) else Faith.SHAPE
    _mark_own(page, own[start:], "signature", faith, "words under a signature's mark")


def _share(page: Page, own: list[int], start: int) -> float:
    words = [len(page.plain[at].split()) for at in own]
    return sum(words[start:]) / max(1, sum(words))


def _mark_own(page: Page, numbers: list[int], label: str, faith: Faith, why: str = "") -> None:
    for at in numbers:
        page.mark(at, at, label, faith, why)
