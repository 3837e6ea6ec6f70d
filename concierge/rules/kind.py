"""What sort of mail a message is: weighed signs of a machine, and human when in doubt.

Nothing here sends mail. What marks a machine that would answer an answer of ours, so that two
machines could keep each other busy: any bounce sign, an empty return path, ``Auto-Submitted:
auto-replied`` and the older headers for it, an automatic answer's subject, a receipt, a request to
confirm (``kind.auto.*``), and a system that writes for others (``kind.bulk.system``). Each of them
that reaches the weight of ``machine_looking`` keeps the mail from being answered.
"""

from __future__ import annotations

from concierge.domain.findings import Evidence, Finding, Kind
from concierge.domain.message import ParsedMessage
from concierge.rules.auto_signs import auto_signs
from concierge.rules.bounce_signs import MUTED_AT, bounce_signs
from concierge.rules.bulk_signs import bulk_signs

# Signs of this weight show the mail to staff and send nothing.
_SHOWN_AT = 2.0


def kind_of(
    message: ParsedMessage,
    text: str,
    *,
    own_addresses: frozenset[str],
    own_domains_message_ids: frozenset[str] = frozenset(),
) -> Finding[Kind]:
    """Tell what sort of mail this is, with the signs found.

    ``text`` is the sender's own words. ``own_addresses`` are the desk's addresses in lower case;
    ``own_domains_message_ids`` are the domains that stand in Message-IDs the desk makes.
    """
    own = _own(message, own_addresses, own_domains_message_ids)
    if own is not None:
        return own
    if message.unreadable:
        codes = ", ".join(defect.code for defect in message.defects) or "no text"
        found = Evidence("kind.unreadable", codes, "raw", 1.0, "nothing in it could be read")
        return Finding(Kind.UNREADABLE, (found,))
    signs = {
        Kind.BOUNCE: tuple(bounce_signs(message)),
        Kind.AUTO_REPLY: tuple(auto_signs(message, text)),
        Kind.BULK: tuple(bulk_signs(message, text)),
    }
    return _weighed(signs)


def _weighed(signs: dict[Kind, tuple[Evidence, ...]]) -> Finding[Kind]:
    """The heaviest kind over the threshold; ties go to the kind listed first."""
    weights = {kind: sum(sign.weight for sign in found) for kind, found in signs.items()}
    if weights[Kind.BOUNCE] >= MUTED_AT:
        weights[Kind.BULK] = 0.0  # a report may come from a no-reply address of a program
    best = max(weights, key=lambda kind: weights[kind])
    if weights[best] >= MUTED_AT:
        return Finding(best, signs[best])
    everything = tuple(sign for found in signs.values() for sign in found)
    if weights[best] >= _SHOWN_AT:
        return Finding(
            Kind.MACHINE_LOOKING, everything, undetermined=True, candidates=(best.value, "human")
        )
    none = Evidence("kind.human.no_sign", "", "headers", 1.0, "no sign of a machine")
    weak = Evidence("kind.human.weak_signs", "", "headers", 1.0, "too little speaks for a machine")
    return Finding(Kind.HUMAN, (weak if everything else none, *everything))


def _own(
    message: ParsedMessage, addresses: frozenset[str], domains: frozenset[str]
) -> Finding[Kind] | None:
    """Our own mail come back. A web form writes as us too, but names a person in Reply-To."""
    sender = message.sender.key if message.sender is not None else ""
    others = [a.address for a in message.reply_to if a.key not in addresses]
    if sender in addresses and sender:
        found = Evidence("kind.own.sender", sender, "header:from", 3.0, "the desk's own address")
        if not others:
            return Finding(Kind.OWN, (found,))
        form = Evidence("kind.own.form", others[0], "header:reply-to", -3.0, "answers go elsewhere")
        return Finding(
            Kind.MACHINE_LOOKING, (found, form), undetermined=True, candidates=("own", "human")
        )
    domain = message.message_id.rstrip(">").rpartition("@")[2].casefold()
    if domain and domain in domains:
        note = "the desk made this Message-ID"
        return Finding(
            Kind.OWN,
            (Evidence("kind.own.message_id", message.message_id, "header:message-id", 3.0, note),),
        )
    return None
