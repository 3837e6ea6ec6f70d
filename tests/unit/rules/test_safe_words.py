"""What a reply must never say, told by rule and language; and what stays unsaid by no rule."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concierge.errors import FaultyInput
from concierge.rules.safe_replies import reply_faults
from concierge.rules.safe_words import (
    REMEDIES,
    lacking_words,
    parse_safe_words,
    safe_words_faults,
    safe_words_warnings,
)
from concierge.store.templates import lint_templates, read_safe_words, read_templates

ROOT = Path(__file__).parents[3]
WORDS = read_safe_words(ROOT / "data")
#: The languages with a list for every rule.
WHOLE = [
    *("en", "es", "pt", "fr", "de", "it", "nl", "sv", "da", "nb", "fi", "pl", "cs"),
    *("tr", "ru", "uk", "ar", "he", "hi", "ja", "ko", "zh", "id", "ro", "el", "hu"),
]
MUST_FIRE = [
    ("en", "method", "Please put the pills away."),
    ("en", "method", "It takes 500 mg to do harm."),
    ("en", "commit", "Many who commit\nsuicide felt alone."),
    ("en", "commit", "After a failed attempt people need rest."),
    ("en", "secrecy", "This stays between us."),
    ("en", "outcome", "Everything will be fine."),
    ("en", "diagnosis", "You are depressed."),
    ("en", "diagnosis", "Your risk level was noted."),
    ("en", "attention", "Some of it is attention-seeking."),
    ("en", "minimise", "Please don't do anything stupid."),
    ("en", "quote", "You wrote that you see no way out."),
    ("es", "minimise", "No hagas ninguna tontería."),
    ("pt", "outcome", "Vai ficar tudo bem."),
    ("fr", "commit", "Une tentative ratée."),
    ("de", "commit", "Nach einem Selbstmordversuch"),
    ("it", "minimise", "C'è chi sta peggio."),
    ("nl", "commit", "Wie zelfmoord pleegt"),
    ("sv", "outcome", "Allt blir bra."),
    ("da", "minimise", "Gør ikke noget dumt."),
    ("nb", "commit", "Hun begikk selvmord."),
    ("fi", "minimise", "Älä tee mitään tyhmää."),
    ("pl", "commit", "Po nieudanej próbie"),
    ("cs", "commit", "Kdo spáchá sebevraždu"),
    ("tr", "attention", "Bunu dikkat çekmek için yapıyor."),
    ("ru", "outcome", "Всё будет хорошо."),
    ("uk", "minimise", "Не робіть дурниць."),
    ("ar", "method", "ضع الحبوب بعيدا: حبوب"),
    ("he", "attention", "זה רק בשביל תשומת לב."),
    ("hi", "method", "गोलियां दूर रखें।"),
    ("ja", "minimise", "馬鹿なことはしないで。"),
    ("ko", "commit", "극단적 선택을 하지 마세요."),
    ("zh-Hant", "outcome", "一切都會好起來的。"),
    ("id", "secrecy", "Pesan Anda sepenuhnya rahasia."),
    ("ro", "minimise", "Nu face vreo prostie."),
    ("el", "outcome", "Όλα θα πάνε καλά."),
    ("hu", "outcome", "Minden rendben lesz."),
]
MUST_STAY_QUIET = [
    ("en", "If you think that they may be thinking of suicide, ask that in plain words."),
    ("en", "We cannot promise money. The bridge of your song is lovely."),
    ("en", "This is a confidential line, free, day and night."),
    ("en", "He died by suicide. We are sorry."),
    ("es", "Si crees que puede estar pensando en el suicidio, pregúntale."),
    ("de", "Wir können kein Geld versprechen."),
    ("fr", "Nous ne pouvons pas promettre d'argent."),
    ("tr", "Kartvizit ve konser günü için teşekkürler."),
    ("ja", "いつでもまた書いてください。"),
    ("zh-Hans", "你随时可以再写信来。"),
]


@pytest.mark.parametrize(("language", "rule", "text"), MUST_FIRE)
def test_it_tells_what_no_reply_may_say(language: str, rule: str, text: str) -> None:
    assert rule in {fault.rule for fault in safe_words_faults(WORDS, text, language)}


@pytest.mark.parametrize(("language", "text"), MUST_STAY_QUIET)
def test_it_leaves_plain_words_alone(language: str, text: str) -> None:
    assert safe_words_faults(WORDS, text, language) == ()


@pytest.mark.parametrize("language", WHOLE)
def test_each_of_these_languages_knows_every_rule(language: str) -> None:
    assert {*WORDS.by_language[language]} == {*REMEDIES, "reads"}


def test_it_names_the_line_the_words_and_what_to_write() -> None:
    (fault,) = safe_words_faults(WORDS, "Dear Amina,\n\ncalm down please.", "en")
    assert (fault.line, fault.found, fault.rule) == (3, "calm down", "minimise")
    (said,) = safe_words_warnings(WORDS, "Dear Amina,\n\ncalm down please.", "en")
    assert said.startswith('line 3: "calm down": blames')


def test_a_language_without_lists_is_read_by_english() -> None:
    assert safe_words_faults(WORDS, "He committed suicide.", "xx")
    assert not safe_words_faults(WORDS, "Bugün gün güzel.", "tr")


def test_no_shipped_reply_says_what_it_must_not_or_lacks_what_it_must_say() -> None:
    assert lint_templates(ROOT / "templates", ROOT / "data").errors == ()


def test_every_language_with_a_reply_says_in_its_own_words_that_a_person_reads() -> None:
    for key in read_templates(ROOT / "templates"):
        language = key.partition("/")[0]
        lists = WORDS.by_language.get(language) or WORDS.by_language[language.partition("-")[0]]
        assert "reads" in lists
    assert lacking_words(WORDS, "We are here.", "en")


def broken(old: str, new: str, key: str) -> list[str]:
    sources = read_templates(ROOT / "templates")
    mine = {k: v for k, v in sources.items() if k.startswith("en/")}
    assert old in mine[key]
    return list(reply_faults(WORDS, {**mine, key: mine[key].replace(old, new)}))


@pytest.mark.parametrize(
    ("key", "old", "new", "told"),
    [
        ("en/_urgent.txt.j2", "rows = lines", "rows = finder", "never prints the crisis lines"),
        ("en/_closing.txt.j2", "{{ promise }}", "", "never prints when people are there"),
        ("en/_urgent.txt.j2", 'selectattr("emergency")', "list", "never prints the emergency"),
        ("en/worried.txt.j2", "A person on our team reads", "We read", "a person reads"),
        ("en/guide.txt.j2", "Thank you", "Calm down. Thank you", "'Calm down'"),
    ],
)
def test_it_refuses_a_template_that_leaves_the_advice(
    key: str, old: str, new: str, told: str
) -> None:
    faults = broken(old, new, key)
    assert faults
    assert all(told in fault for fault in faults)


@pytest.mark.parametrize("text", ["[en]\nunknown = ['x']", "[en]\nquote = ['']", "en = 1", "["])
def test_it_names_what_is_wrong_with_the_lists(text: str) -> None:
    with pytest.raises(FaultyInput):
        parse_safe_words(text)


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=300), st.sampled_from([*WHOLE, "", "xx", "zh-Hant"]))
def test_it_reads_any_text(text: str, language: str) -> None:
    for fault in safe_words_faults(WORDS, text, language):
        assert 1 <= fault.line <= text.count("\n") + 1


@pytest.mark.timeout(5)
@pytest.mark.parametrize("text", ["commit " * 300_000, "a" * 2_000_000, "自" * 2_000_000])
def test_it_takes_bounded_time(text: str) -> None:
    safe_words_faults(WORDS, text, "en")
    safe_words_faults(WORDS, text, "zh")
