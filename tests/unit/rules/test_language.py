"""The language a person wrote in, and "undetermined" as an answer."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concierge.rules.language import language_of
from concierge.rules.language_hints import LanguageHints

WRITTEN = {
    "en": "I play the drums and since the tour ended I cannot sleep. Could somebody call me back?",
    "es": "Soy cantante y desde que terminó la gira no consigo dormir. ¿Me pueden ayudar?",
    "pt": "Sou técnico de som e não consigo dormir desde o fim da turnê. Vocês podem me ajudar?",
    "fr": "Je suis régisseuse et depuis la fin de la tournée je ne dors plus. Pouvez-vous m'aider?",
    "de": "Ich spiele Schlagzeug und kann seit der Tournee nicht mehr schlafen. Wer kann helfen?",
    "it": "Suono la chitarra e dalla fine del tour non riesco più a dormire. Potete aiutarmi?",
    "nl": "Ik speel drums en sinds de tournee kan ik niet meer slapen. Kan iemand mij helpen?",
    "pl": "Gram na perkusji i od końca trasy nie mogę spać. Czy ktoś może mi pomóc?",
    "sv": "Jag spelar trummor och sedan turnén kan jag inte sova längre. Kan någon hjälpa mig?",
    "nb": "Jeg spiller trommer og etter turneen får jeg ikke sove. Kan noen hjelpe meg nå?",
    "fi": "Soitan rumpuja enkä ole kiertueen jälkeen saanut nukuttua. Voiko joku auttaa minua?",
    "cs": "Hraji na bicí a od konce turné nemůžu spát. Může mi prosím někdo pomoct?",
    "hu": "Dobos vagyok, és a turné óta nem tudok aludni. Tudna valaki segíteni nekem?",
    "tr": "Davul çalıyorum ve turne bittiğinden beri uyuyamıyorum. Bana yardım eder misiniz?",
    "ja": "ドラムを叩いています。ツアーが終わってから眠れません。相談できますか。",
    "ko": "저는 드럼을 칩니다. 투어가 끝난 뒤로 잠을 못 자요. 도와주실 수 있나요?",
    "zh": "我是鼓手,巡演结束以后一直睡不着,请问有人能帮我吗?",
    "ar": "أنا عازف طبول ومنذ انتهاء الجولة لا أستطيع النوم. هل يمكنكم مساعدتي؟",
    "fa": "من نوازنده درامز هستم و از پایان تور نمی‌توانم بخوابم. آیا می‌توانید کمک کنید؟",
    "he": "אני מתופף ומאז סוף הסיבוב אני לא מצליח לישון. מישהו יכול לעזור לי?",
    "ru": "Я играю на барабанах и после тура не могу уснуть. Кто-нибудь может мне помочь?",
    "uk": "Я граю на барабанах і після туру не можу заснути. Чи може хтось мені допомогти?",
    "el": "Παίζω ντραμς και από το τέλος της περιοδείας δεν κοιμάμαι. Μπορείτε να βοηθήσετε;",
    "hi": "मैं ड्रम बजाता हूँ और दौरे के बाद से सो नहीं पा रहा हूँ। क्या कोई मदद कर सकता है?",
}


@pytest.mark.parametrize("language", sorted(WRITTEN))
def test_it_knows_the_language_of_a_short_mail(language):
    finding = language_of(WRITTEN[language])
    expected = "zh-Hans" if language == "zh" else language
    assert (finding.value, finding.undetermined) == (expected, False)
    assert finding.evidence


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("help", "en"),
        ("I need help", "en"),
        ("HELP ME PLEASE!!!", "en"),
        ("call me", "en"),
        ("I want to die", "en"),
        ("ajuda", "pt"),
        ("Ola, preciso de ajuda", "pt"),
        ("ayuda", "es"),
        ("Hilfe!", "de"),
        ("Jag behöver hjälp", "sv"),
        ("помогите", "ru"),
        ("допоможіть", "uk"),
    ],
)
def test_it_knows_the_cries_for_help_that_statistics_get_wrong(text, language):
    assert language_of(text).value == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "12345 67",
        "😭😭😭",
        "?!…",
        "OK",
        "hahaha",
        "+44 20 7946 0000",
        "https://example.org/hilfe",
    ],
)
def test_it_would_rather_not_say_when_there_is_no_text(text):
    finding = language_of(text)
    assert finding.value == ""
    assert finding.undetermined


def test_it_names_the_languages_that_came_close():
    finding = language_of("Tom bor her")
    assert finding.undetermined
    assert len(finding.candidates) == 2


def test_links_addresses_and_numbers_do_not_count():
    noisy = f"{WRITTEN['de']} https://example.org/the/and/with/you someone@example.com 0123456"
    assert language_of(noisy).value == "de"


def test_one_english_sentence_does_not_win_over_another_script():
    text = f"Hello, sorry for my bad English. {WRITTEN['el']} {WRITTEN['el']}"
    assert language_of(text).value == "el"


def test_an_english_closing_and_what_follows_do_not_count():
    text = "Hej, kan någon ringa mig?\n\nKind regards,\n\nAmina\nProduction Manager\nNorth Stage"
    assert language_of(text).value == "sv"
    assert language_of("Thanks,\nBo will call you about the songs").value == "en"


def test_a_thin_body_borrows_the_subject():
    subject = "Depressione dopo la tournée: ho bisogno di parlare con qualcuno"
    finding = language_of("grz", subject=f"Re: {subject}")
    assert finding.value == "it"
    assert finding.evidence[0].where == "body and subject"
    assert language_of("", subject=subject).evidence[0].where == "subject"


def test_a_full_body_does_not_ask_the_subject():
    finding = language_of(WRITTEN["fr"], subject="I need help with my music please")
    assert (finding.value, finding.evidence[0].where) == ("fr", "body")


def test_a_hint_settles_thin_text_but_never_beats_clear_text():
    assert language_of("Tom bor her").undetermined
    assert (
        language_of("Hun ringte meg", hints=LanguageHints(header="nb-NO", thread="nb")).value
        == "nb"
    )
    assert language_of(WRITTEN["es"], hints=LanguageHints(header="pt")).value == "es"
    assert language_of("自殺防止窓口", hints=LanguageHints(header="ja")).value == "ja"


def test_it_names_the_way_chinese_is_written():
    assert language_of(WRITTEN["zh"]).value == "zh-Hans"
    assert language_of("請問有人能幫我嗎?我們樂團的壓力很大").value == "zh-Hant"


def test_the_same_text_always_gets_the_same_answer():
    assert len({language_of(WRITTEN["nb"]) for _ in range(5)}) == 1


def test_a_megabyte_is_no_trouble():
    assert language_of("ayuda por favor, no puedo dormir " * 33_000).value == "es"
    assert language_of("9" * 1_000_000).undetermined


@settings(deadline=None)  # the first call loads tables, and the machine may be busy
@given(st.text(max_size=300), st.text(max_size=50), st.text(max_size=8))
def test_it_answers_whatever_the_text(text, subject, hint):
    finding = language_of(text, subject=subject, hints=LanguageHints(hint, hint[::-1], {hint: 1.0}))
    assert finding.undetermined == (finding.value == "")
    assert finding.evidence
