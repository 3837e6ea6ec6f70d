"""A reply in the requester's language, made from templates a person may correct."""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, Template, TemplateNotFound, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from concierge.domain.findings import Kind, Route
from concierge.domain.resource import Match
from concierge.domain.triage import DraftText
from concierge.errors import FaultyInput, UsageError
from concierge.rules.draft_languages import (
    chosen,
    language_names,
    under_each_other,
)
from concierge.rules.draft_shown import (
    Shown,
    kind_cautions,
    language_cautions,
    place_cautions,
    resource_cautions,
    show,
    whereabouts_cautions,
)
from concierge.rules.draft_values import (
    Printed,
    clean_line,
    clean_name,
    printed,
    reply_subject,
)
from concierge.rules.template_faults import (
    KINDS,
    WORRIED,
    read_sources,
    render_faults,
    template_name,
)

__all__ = ["DraftFacts", "Templates", "draft", "parse_templates", "reply_kind"]

#: Written as ``fallback_from`` when the language of the mail is not known.
UNDETERMINED = "undetermined"
_GAPS = re.compile(r"\n[ \t]*(?:\n[ \t]*)+\n")
_TRAILING = re.compile(r"[ \t]+\n")


@dataclass(frozen=True, slots=True)
class Templates:
    """Every template compiled once, by language and kind of reply."""

    by_language: Mapping[str, Mapping[str, Template]]


@dataclass(frozen=True, slots=True)
class _Reply:
    """One language's part of a draft."""

    subject: str
    text: str
    template: str


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """What a template is told of the case, beside the resources.

    ``promise`` are the hours of the staff as the charity writes them, ``reference`` a whole line
    such as "Ref: C-12-ABCD"; both may be empty. ``requester_name`` and ``their_subject`` are a
    stranger's words: they are cleaned here and never used as a template.
    """

    charity: str
    staff_signature: str
    #: The day the draft is written; decides what counts as verified.
    today: date
    requester_name: str = ""
    their_subject: str = ""
    reference: str = ""
    promise: str = ""
    country_known: bool = False
    urgent: bool = False
    #: The one in danger or distress is not who writes; ``distress`` tells of less than urgent.
    about_other: bool = False
    distress: bool = False
    #: Whether it is told where that person is.
    their_country_known: bool = False
    #: Somebody else may read the mailbox: answer under a neutral subject.
    discreet: bool = False
    #: The route's name where the charity gave one.
    programme: str = ""
    #: Ids of what the programme asks and nobody knows yet; see :mod:`concierge.domain.routes`.
    questions: tuple[str, ...] = ()


def reply_kind(route: Route, kind: Kind) -> str:
    """The kind of reply: what cannot be read is asked for as plain text, else by route."""
    return Kind.UNREADABLE.value if kind is Kind.UNREADABLE else route.value


def parse_templates(sources: Mapping[str, str]) -> Templates:
    """Compile templates given as ``"en/care_navigation.txt.j2"`` and their text.

    1. Every file is read for faults of its source: syntax, unknown names, missing blocks.
    2. Every kind of reply is rendered once with every value and once with as few as possible.

    Raises :class:`FaultyInput` with ``file:line: what is wrong; what would be right`` for every
    fault found.
    """
    loader = _Parsed()
    environment = _environment(loader)
    loader.trees, faults = read_sources(sources, environment)
    if not faults:
        templates = {
            name: environment.get_template(name)
            for name in sorted(sources)
            if not template_name(name).partial
        }
        faults = render_faults(templates)
    if faults:
        noun = "fault" if len(faults) == 1 else "faults"
        raise FaultyInput(f"The templates have {len(faults)} {noun}.", faults)
    grouped: dict[str, dict[str, Template]] = {}
    for name, template in templates.items():
        parts = template_name(name)
        grouped.setdefault(parts.language, {})[parts.kind] = template
    return Templates(grouped)


def draft(
    templates: Templates,
    *,
    kind_of_reply: str,
    language: str,
    facts: DraftFacts,
    matches: Sequence[Match],
    guesses: Sequence[str] = (),
) -> DraftText:
    """Propose a subject and a text.

    The language falls back from ``pt-BR`` to ``pt`` to English. An empty one means that it is not
    known: the reply then stands there in two languages, the likeliest of ``guesses`` first, since
    who cannot read the first may read the second. When urgent, the emergency number and the crisis
    lines stand first, and the subject is our own: a subject may be the disclosure itself. An
    urgent mail we can read is answered by the crisis reply whatever it asked: who is in danger is
    not sent a form to fill in. Who writes about somebody else in danger or distress gets the reply
    written for them, where their language has it.
    Raises :class:`UsageError` for a kind of reply that does not exist.
    """
    if kind_of_reply not in KINDS:
        raise UsageError(f"No reply is of the kind {kind_of_reply!r}; use {', '.join(KINDS)}.")
    wanted = kind_of_reply
    urgent = wanted != Kind.UNREADABLE.value and (facts.urgent or wanted == Route.CRISIS.value)
    kind_of_reply, languages = chosen(
        templates.by_language,
        wanted,
        language,
        guesses,
        urgent=urgent,
        worried=facts.about_other and (urgent or _navigated(wanted, facts)),
    )
    urgent = urgent or facts.urgent
    shown = show(matches, kind_of_reply, country_known=facts.country_known, urgent=urgent)
    replies = [_reply(templates, code, kind_of_reply, facts, shown, urgent) for code in languages]
    ours = urgent or facts.discreet or kind_of_reply == WORRIED
    theirs = "" if ours else reply_subject(facts.their_subject)
    cautions = (
        *kind_cautions(wanted, kind_of_reply),
        *resource_cautions(shown, facts.today),
        *place_cautions(shown, country_known=facts.country_known, urgent=urgent),
        *whereabouts_cautions(
            shown,
            about_other=facts.about_other,
            country_known=facts.country_known,
            their_country_known=facts.their_country_known,
        ),
        *language_cautions(language, languages),
    )
    return DraftText(
        language=languages[0],
        subject=theirs or " / ".join(reply.subject for reply in replies),
        text=under_each_other(languages, [reply.text for reply in replies]),
        template=replies[0].template,
        fallback_from="" if languages[0] == language else language or UNDETERMINED,
        resource_ids=tuple(item.resource.id for item in shown.all),
        cautions=cautions,
    )


def _navigated(wanted: str, facts: DraftFacts) -> bool:
    """Whether it asks the way to care for somebody in distress: then how to be there helps too."""
    return facts.distress and wanted == Route.CARE_NAVIGATION.value


class _Sandbox(ImmutableSandboxedEnvironment):
    """Lets a template read the fields of a printed resource, and elsewhere what jinja2 allows.

    The shortcut is narrower than the general check, and that check took two thirds of a draft.
    """

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        if type(obj) is Printed:
            return attr in Printed.__slots__
        return super().is_safe_attribute(obj, attr, value)


class _Parsed(BaseLoader):
    """Hands out what the check has parsed: with dozens of languages, parsing twice is felt."""

    def __init__(self) -> None:
        self.trees: Mapping[str, nodes.Template] = {}

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """Compile a tree. The name serves as file name, so that an error tells where it is."""
        if name not in self.trees:
            raise TemplateNotFound(name)
        code = environment.compile(self.trees[name], name, name)
        return environment.template_class.from_code(environment, code, globals or {})


def _environment(loader: BaseLoader) -> ImmutableSandboxedEnvironment:
    return _Sandbox(
        loader=loader,
        undefined=StrictUndefined,
        autoescape=False,  # mails are plain text; nothing here is HTML
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        # Keep every template: a cache that forgets would compile again, 80 times the cost.
        cache_size=-1,
    )


def _reply(
    templates: Templates,
    language: str,
    kind_of_reply: str,
    facts: DraftFacts,
    shown: Shown,
    urgent: bool,
) -> _Reply:
    template = templates.by_language[language][kind_of_reply]
    values = _values(facts, shown, language_names(language), urgent=urgent)
    return _Reply(_subject(template, values), _tidy(template.render(values)), template.name or "")


def _values(
    facts: DraftFacts, shown: Shown, names: Mapping[str, str], *, urgent: bool
) -> dict[str, object]:
    def rows(matches: tuple[Match, ...]) -> tuple[Printed, ...]:
        return tuple(printed(item.resource, names) for item in matches)

    return {
        "requester_name": clean_name(facts.requester_name),
        "charity": facts.charity,
        "staff_signature": facts.staff_signature,
        "lines": rows(shown.lines),
        "resources": rows(shown.others),
        "finder": next(iter(rows(shown.finder)), None),
        "country_known": facts.country_known,
        "their_country_known": facts.their_country_known,
        "urgent": urgent,
        "reference": clean_line(facts.reference),
        "promise": facts.promise,
        "programme": clean_line(facts.programme),
        "questions": facts.questions,
    }


def _subject(template: Template, values: Mapping[str, object]) -> str:
    block = template.blocks["subject"]
    return clean_line("".join(block(template.new_context(dict(values)))))


def _tidy(text: str) -> str:
    return _GAPS.sub("\n\n", _TRAILING.sub("\n", text)).strip() + "\n"
