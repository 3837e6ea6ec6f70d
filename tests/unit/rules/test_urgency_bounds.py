"""The index changes no result, nothing raises, and no text holds up the desk."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concierge.domain.findings import Evidence, Urgency
from concierge.rules.urgency import UrgencyTexts, urgency_of
from tests.support.lexicon import shipped

LEXICON = shipped()

HARD = (
    " " * 20_000, "." * 20_000, "not want to " * 1_700, "a" * 20_000, "my " * 7_000,
    "I want to die tonight " * 900, "死" * 20_000, "죽고 싶 " * 4_000, "@a!" * 7_000,
    "k.i.l.l " * 2_500, "'" * 20_000, "not really just " * 1_300, "आत्महत्या " * 2_000,
    "=20" * 7_000,
)  # fmt: skip


@pytest.mark.parametrize("text", HARD, ids=lambda text: repr(text[:8]))
def test_crafted_text_does_not_hold_up_the_desk(text: str) -> None:
    urgency_of(LEXICON, UrgencyTexts("", text))  # the first call compiles
    start = time.process_time()
    urgency_of(LEXICON, UrgencyTexts(text, text, quoted=text, raw=text))
    assert time.process_time() - start < 1.0


WORDS = sorted(LEXICON.vocabulary)
SMALL_WORDS = (
    "i im not want to die kill myself tonight the my of on , . no never because but now "
    "pills again years ago song suicide me he she brother wants himself 2 end it all"
)
SENTENCES = (
    "I'm dying of laughter.", "An overdose of reverb!", "quiero morir de risa", "我不想活了，",
    "もう死にたい。", "죽고 싶어요.", "मैं मरना चाहता हूँ।", "אני רוצה למות", "أريد أن أموت",
    "я не хочу жить,", "said goodbye to everyone", "I'm not suicidal", "suicide prevention panel",
)  # fmt: skip
PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(SMALL_WORDS.split()),
    st.sampled_from(SENTENCES),
    st.text(max_size=6),
)


def same_without_index(text: str) -> None:
    texts = UrgencyTexts(subject="", body=text)
    assert urgency_of(LEXICON, texts) == urgency_of(LEXICON, texts, use_index=False)


@settings(max_examples=120, deadline=None)
@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_the_index_changes_no_result_on_mixtures(text: str) -> None:
    same_without_index(text)


@settings(max_examples=100, deadline=None)
@given(st.text(), st.text(), st.text(), st.lists(st.text(), max_size=3), st.text())
def test_it_never_raises(subject: str, body: str, quoted: str, names: list[str], raw: str) -> None:
    texts = UrgencyTexts(subject, body, quoted, tuple(names), raw)
    finding = urgency_of(LEXICON, texts)
    assert all(isinstance(one, Evidence) for one in finding.evidence)
    assert not (finding.value is not Urgency.ROUTINE and not finding.evidence)


def test_every_unit_has_something_it_cannot_do_without() -> None:
    assert LEXICON.index.always_run == 0


def test_an_ordinary_mail_is_cheap() -> None:
    mail = "We would like to ask about the grant for our tour in spring, thank you.\n" * 20
    urgency_of(LEXICON, UrgencyTexts("Grant", mail))
    start = time.process_time()
    for _ in range(20):
        urgency_of(LEXICON, UrgencyTexts("Grant", mail))
    # Measured well under 1 ms each; ten times that would be a lost index.
    assert (time.process_time() - start) / 20 < 0.01
