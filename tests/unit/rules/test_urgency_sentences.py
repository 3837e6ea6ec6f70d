"""Nobody who says it in so many words waits in the ordinary queue, in any supported language."""

import tomllib
from pathlib import Path

import pytest

from concierge.domain.findings import Urgency
from concierge.rules.urgency import UrgencyTexts, urgency_of
from tests.support.lexicon import shipped

ROOT = Path(__file__).parents[3]
SENTENCES, PARAPHRASES = (
    tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    for name in ("urgency_sentences.toml", "urgency_paraphrases.toml")
)
URGENT = {Urgency.HIGH, Urgency.EMERGENCY}
#: Words that end in, or begin like, a word of alarm.
LOOK_ALIKES = {
    "hi therapy": "क्या आपका थेरेपी फंड भारत के लिए भी है?",
    "hi rapper": "मैं रेपर हूँ और स्टूडियो ढूँढ रहा हूँ।",
    "ko invest": "음반 제작에 투자해 주실 분을 찾습니다.",
    "ko statement of reasons": "신청 이유서를 첨부합니다.",
    "ko all done": "일을 다 끝내고 연락드릴게요.",
    "ar effective": "كانت الجلسة فعالة جداً شكراً لكم.",
    "he ensemble": "האנסמבל שלי מחפש אולפן, אבל אין תקציב.",
    "id at eight": "Konser mulai pukul 8.",
    "pt do, not knife": "Faça o favor de abrir a porta para entrar.",
    "pt in the, not us": "O baterista bate nos pratos agora.",
    "uk than, not knife": "Більше ніж сто людей стояло, двері відчинили.",
    "ko contract, not medicine": "계약이 준비되면 오늘 연락 주세요.",
    "ko quitting a job": "지금 일을 때려치우고 음악만 하고 싶어요.",
    "hi money for medicine": "मेरे पास दवा के पैसे नहीं हैं आज।",
    "sv it strikes me": "Det slår mig nu att vi borde boka om.",
    "da it strikes me": "Det slår mig lige nu, at vi mangler en bassist.",
    "fr what strikes me": "Ce qui me frappe maintenant, c'est le son.",
}
#: Context words that stand inside other words must not lower anything.
NOT_LOWERED = {
    "ja truly, not a book": "本当に死にたいです。",
    "ja drummer, not a drama": "ドラマーが死にたいと言っています。",
    "ko self-blame, not a book": "자책하다가 죽고 싶어졌어요.",
    "zh singer, not a song": "歌手说他想自杀。",
    "pt a wish denied beside a thought": (
        "Não quero morrer de verdade. Tenho pensado em me matar quase todas as noites."
    ),
}


@pytest.fixture(scope="module")
def lexicon():
    return shipped()


def urgency(lexicon, text):
    return urgency_of(lexicon, UrgencyTexts(subject="", body=text)).value


def sentences(*expected):
    return [
        pytest.param(text, id=f"{language} {text}")
        for source in (SENTENCES, PARAPHRASES)
        for language, lists in source.items()
        for key in expected
        for text in lists[key]
    ]


@pytest.mark.parametrize("text", sentences("high", "emergency"))
def test_it_hears_what_is_said_in_so_many_words(lexicon, text):
    assert urgency(lexicon, text) in URGENT


@pytest.mark.parametrize(
    "text", [text for lists in SENTENCES.values() for text in lists["emergency"]]
)
def test_it_knows_what_cannot_wait(lexicon, text):
    assert urgency(lexicon, text) is Urgency.EMERGENCY


@pytest.mark.parametrize("text", sentences("ordinary"))
def test_it_lets_ordinary_mail_be_ordinary(lexicon, text):
    assert urgency(lexicon, text) not in URGENT


@pytest.mark.parametrize("text", LOOK_ALIKES.values(), ids=LOOK_ALIKES.keys())
def test_it_reads_whole_words(lexicon, text):
    assert urgency(lexicon, text) not in URGENT


@pytest.mark.parametrize("text", NOT_LOWERED.values(), ids=NOT_LOWERED.keys())
def test_it_lowers_nothing_for_a_word_inside_another(lexicon, text):
    assert urgency(lexicon, text) in URGENT


def test_it_has_enough_sentences_of_each_sort(lexicon):
    # Languages that came later have theirs beside, by concept.
    assert set(lexicon.languages) >= set(SENTENCES)
    for lists in SENTENCES.values():
        assert len(lists["high"]) >= 10
        assert len(lists["emergency"]) >= 4
        assert len(lists["ordinary"]) >= 6
