"""Must-fire and must-stay-quiet sentences, context, quotes, raw mail, and bounds."""

from __future__ import annotations

import pytest

from concierge.domain.findings import URGENT, Finding, Urgency
from concierge.rules.urgency import UrgencyTexts, bounded, urgency_of
from tests.support.lexicon import shipped

LEXICON = shipped()

EXPLICIT = {
    "en": "I want to kill myself and I don't know who to tell.",
    "es": "No puedo más, quiero suicidarme.",
    "pt": "Não aguento mais, quero morrer.",
    "fr": "Je n'en peux plus, je veux mourir.",
    "de": "Ich kann nicht mehr, ich will mich umbringen.",
    "it": "Non ce la faccio più, voglio uccidermi.",
    "nl": "Ik trek het niet meer, ik wil dood.",
    "pl": "Mam dość, chcę się zabić.",
    "ru": "Больше не могу, хочу умереть.",
    "uk": "Я більше не можу, хочу померти.",
    "tr": "Artık dayanamıyorum, ölmek istiyorum.",
    "sv": "Jag orkar inte mer, jag vill dö.",
    "el": "Δεν αντέχω άλλο, θέλω να πεθάνω.",
    "zh": "我撑不下去了，我想自杀。",
    "ja": "もう限界です。死にたいです。",
    "ko": "더는 못 버티겠어요. 죽고 싶어요.",
    "ar": "لم أعد أحتمل، أريد أن أموت.",
    "he": "אני לא יכול יותר, אני רוצה למות.",
    "hi": "अब और नहीं सहा जाता, मैं मरना चाहता हूँ।",
    "hi-Latn": "ab aur nahi hota, main marna chahta hoon",
    "da": "Jeg kan ikke mere, jeg vil dø.",
    "nb": "Jeg orker ikke mer, jeg vil dø.",
    "fi": "En jaksa enää, haluan kuolla.",
    "cs": "Už to nezvládám, chci umřít.",
    "ro": "Nu mai rezist, vreau să mor.",
    "hu": "Nem bírom tovább, meg akarok halni.",
    "id": "Aku sudah tidak kuat, aku ingin mati.",
}

NOT_URGENT = (
    "We killed it on stage last night, the crowd went wild.",
    "This deadline is killing me, can we move the delivery of the masters?",
    "I'm dying to hear the mix.",
    "Please find attached the stage plot and the rider for Friday.",
    "Could you tell us how to apply for the touring grant before the deadline?",
    "Our van broke down near Lyon and we need to move the load-in to five.",
    "I overdosed on coffee during the mixing session.",
    "We host a panel on suicide prevention at our festival in May.",
    "Hola, queremos saber cómo pedir la ayuda para instrumentos.",
    "Bonjour, nous cherchons une salle de répétition à Nantes.",
    "Guten Tag, wo finde ich das Formular für den Zuschuss?",
    "新しいアルバムの助成金について教えてください。",
    "请问巡演补助怎么申请？",
)

ATTACK_TWINS = (
    "My brother killed himself and now there is no reason to live.",
    "I work for a crisis line and have suicidal thoughts myself.",
    "I'm not okay, I want to die.",
    "I'm not okay I want to die",
    "I don't know why I want to die so badly.",
    "not gonna lie I want to die",
    "Je ne sais pas pourquoi je vis encore.",
    "Ich weiß nicht, warum ich noch leben soll.",
    "No sé para qué seguir viviendo.",
    "We laughed about this deadline killing me. I want to kill myself.",
    "I wrote a song about it for the album and I want to kill myself.",
)


def found(body: str = "", **texts: object) -> Finding[Urgency]:
    subject = str(texts.pop("subject", ""))
    return urgency_of(LEXICON, UrgencyTexts(subject=subject, body=body, **texts))  # type: ignore[arg-type]


def test_it_knows_every_language_it_is_tested_in() -> None:
    assert set(LEXICON.languages) >= set(EXPLICIT)


@pytest.mark.parametrize("language", sorted(EXPLICIT))
def test_it_fires_on_an_explicit_statement_in(language: str) -> None:
    finding = found(EXPLICIT[language])
    assert finding.value in URGENT, finding.evidence
    assert any(one.rule.startswith(f"urgency.{language}.") for one in finding.evidence)


@pytest.mark.parametrize("sentence", NOT_URGENT)
def test_it_stays_quiet_on(sentence: str) -> None:
    finding = found(sentence)
    assert finding.value not in URGENT, finding.evidence


@pytest.mark.parametrize("sentence", ATTACK_TWINS)
def test_it_is_not_talked_out_of(sentence: str) -> None:
    finding = found(sentence)
    assert finding.value in URGENT, finding.evidence


@pytest.mark.parametrize(
    ("sentence", "level"),
    [
        ("my drummer wants to kill himself", Urgency.HIGH),
        ("mi hijo quiere matarse", Urgency.HIGH),
        ("I want to kill myself tonight", Urgency.EMERGENCY),
        ("I have swallowed all my tablets", Urgency.EMERGENCY),
        ("I have taken all my pills like my dad years ago", Urgency.EMERGENCY),
        ("I took all my pills years ago", Urgency.HIGH),
        ("I'm on the roof hanging myself", Urgency.EMERGENCY),
        ("I'm on the roof hanging lights", Urgency.CONCERN),
        ("I want to die. I have been saving up pills.", Urgency.EMERGENCY),
        ("I tried to kill myself ten years ago", Urgency.CONCERN),
        ("I tried to kill myself ten years ago and I want to die again", Urgency.HIGH),
        ("My brother took his own life last year.", Urgency.CONCERN),
        ("I'm not suicidal, I just feel alone tonight", Urgency.CONCERN),
        ("I am not going to kill myself", Urgency.CONCERN),
        ("I cannot sleep and I am exhausted", Urgency.CONCERN),
        ("Thank you for the contract", Urgency.ROUTINE),
    ],
)
def test_it_sets_the_level(sentence: str, level: Urgency) -> None:
    finding = found(sentence)
    assert finding.value is level, finding.evidence


def test_it_adds_up_weak_cues_to_an_emergency() -> None:
    finding = found(
        "I said goodbye to everyone. The letters are on my desk. Tonight it will all make sense."
    )
    assert finding.value is Urgency.EMERGENCY
    assert any(one.rule == "urgency.en.cues" for one in finding.evidence)


@pytest.mark.parametrize(
    "sentence",
    [
        "i want to k.i.l.l myself",
        "I want to kil myslef",
        "i want to k1ll myself",
        "I want to kiiiilll myself",
        "I WANT TO KILL MYSELF",
        "I want to\u200b kill my\u00adself",
        "ｉ ｗａｎｔ ｔｏ ｋｉｌｌ ｍｙｓｅｌｆ",
        "quiero sucidarme",
    ],
)
def test_it_reads_through_spelling(sentence: str) -> None:
    assert found(sentence).value in URGENT


def test_its_evidence_shows_the_original_words_and_the_reason() -> None:
    evidence = found("Hello,\n\nJ’ai peur. I Want  To\nKILL MySelf, sorry").evidence
    assert "KILL MySelf" in {one.found for one in evidence}
    first = evidence[0]
    assert first.where == "body"
    assert first.weight > 0
    assert first.note


def test_what_was_lowered_stays_visible_with_the_reason() -> None:
    past = found("I tried to kill myself ten years ago").evidence
    assert any("lowered: past" in one.note for one in past)
    figure = found("An overdose of reverb on the vocals").evidence
    assert figure
    assert all("figure of speech" in one.note for one in figure)
    professional = found("We host a panel on suicide prevention")
    assert professional.value is Urgency.ROUTINE
    assert professional.evidence


def test_routine_without_a_sign_has_no_evidence() -> None:
    assert found("See you at the rehearsal.") == Finding(Urgency.ROUTINE)


def test_a_not_before_an_act_under_way_denies_nothing() -> None:
    assert found("I have no time she is not breathing").value is Urgency.EMERGENCY


@pytest.mark.parametrize(
    ("subject", "body", "level"),
    [
        ("Re: hello", "Thank you, we will look into the rehearsal room you asked for.",
         Urgency.CONCERN),
        ("Re: hello", "Thanks, all good!", Urgency.CONCERN),
        ("Re: hello", "", Urgency.HIGH),
        ("Fwd: hello", "Please see below, this is what I could not say.", Urgency.HIGH),
        ("hello", "see below", Urgency.HIGH),
    ],
)  # fmt: skip
def test_quoted_words_count_as_quoted(subject: str, body: str, level: Urgency) -> None:
    finding = found(body, subject=subject, quoted="I want to kill myself")
    assert finding.value is level, finding.evidence
    assert {one.where for one in finding.evidence} == {"quoted"}
    assert any("quoted" in one.note for one in finding.evidence) == (level is Urgency.CONCERN)


def test_own_words_outrank_what_is_quoted() -> None:
    finding = found("I want to die, I cannot do this any longer.", quoted="See you tonight")
    assert finding.value is Urgency.HIGH
    assert finding.evidence[0].where == "body"


def test_it_searches_subject_attachments_and_raw_mail() -> None:
    assert found(subject="I want to die").evidence[0].where == "subject"
    named = found("see attached", attachment_names=("rider.pdf", "suicide note.docx"))
    assert named.value in URGENT
    assert named.evidence[0].where == "attachment"
    raw = "Content-Type: text/plain; name*\r\nSubject: x\r\n\r\nI want to kill myself\r\n"
    assert found(raw=raw).evidence[0].where == "raw"


@pytest.mark.parametrize(
    "raw",
    [
        "Subject: x\n\nI want to kill my=\nself and no one kno=\nws",
        "Subject: x\n\nno quiero m=C3=A1s, quiero suicidarme",
        "Content-Transfer-Encoding: base64\n\n"
        "SGVsbG8sIEkgaGF2ZSBiZWVuIHdyaXRpbmcgc29uZ3MgZm9yIHR3ZW50eSB5ZWFycy4gSSB3YW50\n"
        "IHRvIGtpbGwgbXlzZWxmLg==\n",
    ],
)
def test_it_unwraps_raw_mail(raw: str) -> None:
    assert found(raw=raw).value in URGENT


def test_the_last_line_of_a_very_long_mail_is_read() -> None:
    assert found("We played the set again. " * 4_000 + "I want to kill myself").value in URGENT
    assert len(bounded("x" * 50_000, 8_000, 2_000)) == 10_002


@pytest.mark.parametrize("text", [*EXPLICIT.values(), *NOT_URGENT, *ATTACK_TWINS])
def test_the_index_changes_no_result(text: str) -> None:
    texts = UrgencyTexts(subject="", body=text)
    assert urgency_of(LEXICON, texts) == urgency_of(LEXICON, texts, use_index=False)
