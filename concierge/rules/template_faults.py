"""What may be wrong with reply templates, found before any mail depends on them."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from jinja2 import Environment, Template, TemplateError, TemplateSyntaxError, meta, nodes

from concierge.domain.findings import Kind, Route
from concierge.domain.routes import QUESTIONS
from concierge.rules.draft_values import Printed

#: The language every kind of reply must exist in, because all others fall back to it.
LAST_RESORT = "en"
#: The reply to somebody who writes about another person in danger or in distress.
WORRIED = "worried"
#: Every kind of reply: one a route, the one that asks for a mail we can read, and the one to
#: whoever worries about somebody else.
KINDS = (*(route.value for route in Route), Kind.UNREADABLE.value, WORRIED)
#: The kinds that print resources although nothing is urgent.
PRINTING_KINDS = frozenset({"crisis", "care_navigation", "therapy_fund", WORRIED})
#: What a template may name. ``lines`` are the numbers to call first, ``finder`` the way to a
#: helpline in any country, ``resources`` the rest; ``programme`` is the route's name where the
#: charity gave one, ``questions`` are ids of what is asked. ``country_known`` is about the writer,
#: ``their_country_known`` about the person they worry about.
VARIABLES = frozenset(
    {"requester_name", "charity", "staff_signature", "lines", "resources", "finder"}
    | {
        "country_known",
        "their_country_known",
        "urgent",
        "reference",
        "promise",
        "programme",
        "questions",
    }
)
# What no reply may leave out: who writes, when people are there, and the way to urgent help.
REQUIRED = frozenset({"charity", "staff_signature", "promise", "urgent", "lines", "finder"})
# Partials print lists handed to them under this name.
_PARTIAL_VARIABLES = VARIABLES | {"rows"}
_NAME = re.compile(r"([a-z]{2,3}(?:-[A-Za-z]{2,4})?)/(_?)([a-z_]+)\.txt\.j2")
_FRONT = re.compile(r"---\n((?:[a-z_]+:[^\n]*\n)*)---\n")
_FRONT_KEYS = ("kind", "language", "translated_by", "reviewed_by")
_BLOCKS = ("subject", "body")
_USING = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)


@dataclass(frozen=True, slots=True)
class TemplateName:
    """A template's key taken apart: ``en/crisis.txt.j2``; partials start with ``_``."""

    language: str
    kind: str
    partial: bool


def template_name(key: str) -> TemplateName:
    """Take a key apart. Raises :class:`ValueError` when it is none."""
    found = _NAME.fullmatch(key)
    if found is None:
        raise ValueError(key)
    return TemplateName(found[1], found[3], bool(found[2]))


def body_of(source: str) -> str:
    """The template with its front matter as a comment, so that every line stays where it was."""
    found = _FRONT.match(source)
    if found is None:
        return source
    return "{#" + "\n" * (found[0].count("\n") - 1) + "#}\n" + source[found.end() :]


def front_of(source: str) -> dict[str, str]:
    """The front matter's values by name; empty when there is none."""
    found = _FRONT.match(source)
    lines = [] if found is None else [line.partition(":") for line in found[1].splitlines()]
    return {name: value.strip() for name, _, value in lines}


def read_sources(
    sources: Mapping[str, str], environment: Environment
) -> tuple[dict[str, nodes.Template], tuple[str, ...]]:
    """Every source parsed, and all that is wrong, as ``file:line: what is wrong; what is right``.

    ``environment`` is the one the trees will be compiled for; nothing is rendered here.
    """
    trees: dict[str, nodes.Template] = {}
    reads: dict[str, _Reads] = {}
    faults: list[str] = []
    for key in sorted(sources):
        faults += _file_faults(key, sources, environment, trees, reads)
    if not faults:
        for key in reads:
            faults += _reply_faults(key, reads)
        faults += _missing(sources)
    return trees, tuple(faults)


def render_faults(templates: Mapping[str, Template]) -> tuple[str, ...]:
    """Everything that goes wrong when each template prints much, and when it prints little."""
    faults = dict.fromkeys(
        fault
        for key, template in templates.items()
        for values in (_full(), _bare())
        for fault in _render_fault(key, template, values)
    )
    return tuple(faults)


def _file_faults(
    key: str,
    sources: Mapping[str, str],
    environment: Environment,
    trees: dict[str, nodes.Template],
    reads: dict[str, _Reads],
) -> Iterator[str]:
    if _NAME.fullmatch(key) is None:
        yield f"{key}:1: not a template's name; use language/kind.txt.j2, such as en/crisis.txt.j2"
        return
    yield from _front_faults(key, sources[key])
    try:
        tree = environment.parse(body_of(sources[key]))
    except TemplateSyntaxError as error:
        yield f"{key}:{error.lineno}: {error.message}; correct the tag on this line"
        return
    trees[key] = tree
    # Worked out once a file: dozens of replies share the same partials, and it takes as long as
    # compiling.
    found = reads[key] = _Reads(
        meta.find_undeclared_variables(tree),
        _references(tree),
        {block.name for block in tree.find_all(nodes.Block)},
    )
    yield from _name_faults(key, tree, found.names)
    for line, other in found.others:
        if other not in sources:
            yield f"{key}:{line}: no template {other!r}; use a whole name: en/_layout.txt.j2"


def _front_faults(key: str, source: str) -> Iterator[str]:
    given = front_of(source)
    if not given:
        yield f"{key}:1: no front matter; begin with ---, {', '.join(_FRONT_KEYS)}, ---"
        return
    name = template_name(key)
    kind = ("_" if name.partial else "") + name.kind
    for wanted in _FRONT_KEYS:
        if wanted not in given:
            yield f"{key}:1: the front matter lacks {wanted}; add it, empty when nobody did it"
    if (given.get("kind", kind), given.get("language", name.language)) != (kind, name.language):
        yield f"{key}:2: kind or language is another than the file's name says; correct one"
    if not name.partial and name.kind not in KINDS:
        yield f"{key}:1: no reply is of the kind {name.kind!r}; use one of {', '.join(KINDS)}"


def _name_faults(key: str, tree: nodes.Template, names: set[str]) -> Iterator[str]:
    allowed = _PARTIAL_VARIABLES if template_name(key).partial else VARIABLES
    for name in sorted(names - allowed):
        lines = [node.lineno for node in tree.find_all(nodes.Name) if node.name == name]
        known = ", ".join(sorted(VARIABLES))
        yield f"{key}:{min(lines, default=1)}: {name} is not known; use {known}"


def _references(tree: nodes.Template) -> list[tuple[int, str]]:
    """Line and name of every template this one uses; an empty name for a computed one."""
    return sorted((node.lineno, _used_by(node)) for node in tree.find_all(_USING))


def _used_by(node: nodes.Node) -> str:
    named = getattr(node, "template", None)
    return str(named.value) if isinstance(named, nodes.Const) else ""


@dataclass(frozen=True, slots=True)
class _Reads:
    """The variables one file reads itself, the templates it uses with their lines, its blocks."""

    names: set[str]
    others: list[tuple[int, str]]
    blocks: set[str]


def _reply_faults(key: str, reads: Mapping[str, _Reads]) -> Iterator[str]:
    name = template_name(key)
    if name.partial:
        return
    for wanted in _BLOCKS:
        if wanted not in reads[key].blocks:
            yield f"{key}:1: no {wanted} block; add {{% block {wanted} %}}...{{% endblock %}}"
    needed = REQUIRED | ({"resources"} if name.kind in PRINTING_KINDS else frozenset())
    for wanted in sorted(needed - _used(key, reads, set())):
        yield f"{key}:1: never prints {wanted}, nor does a template it uses; add it"


def _used(key: str, reads: Mapping[str, _Reads], seen: set[str]) -> set[str]:
    if key in seen:
        return set()
    seen.add(key)
    names = reads[key].names
    return names.union(*(_used(other, reads, seen) for _, other in reads[key].others))


def _missing(sources: Mapping[str, str]) -> Iterator[str]:
    for kind in KINDS:
        if f"{LAST_RESORT}/{kind}.txt.j2" not in sources:
            yield (
                f"{LAST_RESORT}/{kind}.txt.j2:1: missing; every kind of reply must exist in"
                f" {LAST_RESORT!r}, which other languages fall back to"
            )


def _render_fault(key: str, template: Template, values: dict[str, object]) -> Iterator[str]:
    try:
        template.render(values)
        "".join(template.blocks["subject"](template.new_context(dict(values))))
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        places = [
            f"{frame.filename}:{frame.lineno}"
            for frame in traceback.extract_tb(error.__traceback__)
            if _NAME.fullmatch(frame.filename)
        ]
        place = places[-1] if places else f"{key}:1"
        yield f"{place}: cannot be printed ({error}); correct this line"


def _full() -> dict[str, object]:
    row = _row("x", flag=True)
    plain = _row("x", flag=False)
    return {
        **dict.fromkeys(VARIABLES, "x"),
        **dict.fromkeys(("lines", "resources"), (row, plain)),
        "questions": QUESTIONS,
        "finder": plain,
        "country_known": True,
        "their_country_known": True,
        "urgent": True,
    }


def _bare() -> dict[str, object]:
    return {
        **dict.fromkeys(VARIABLES, ""),
        "charity": "x",
        "lines": (),
        "resources": (_row("", flag=False),),
        "finder": None,
        "country_known": False,
        "their_country_known": False,
        "urgent": True,
    }


def _row(text: str, *, flag: bool) -> Printed:
    values = {f.name: flag if f.type in {"bool", bool} else text for f in fields(Printed)}
    return Printed(**values)  # type: ignore[arg-type]
