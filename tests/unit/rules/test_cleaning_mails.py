"""Whole answers as the programs of many makers lay them out: the own words, and nothing else."""

from __future__ import annotations

import pytest

from concierge.rules.cleaning import own_words

MAILS = {
    "msn": (
        "Hi here is my reply",
        "Hi here is my reply\n\nDate: Tue, 3 Nov 2026 10:15:00 +0000\nSubject: a\n"
        "From: bo@example.net\nTo: x@example.org\n\nold",
    ),
    "unq": (
        "Reply text here",
        "Reply text here\n\n-- Original Message --\nFrom: Bo <bo@example.net>\n"
        "To: x\nSent: 3/11/2026 10:15\nSubject: a\n\nold",
    ),
    "outl split": (
        "Reply text here",
        "Reply text here\n\nFrom: Bo Berg via Long Charity Name\n"
        " <bo@example.net>\nSent: 3 November 2026 10:15\nTo: x\nSubject: a\n\nold",
    ),
    "outl split2": (
        "Reply text here",
        "Reply text here\n\nFrom: Bo Berg <\nbo@example.net>\n"
        "Sent: 3 November 2026 10:15\nTo: x <\nx@example.org>\nSubject: a\n\nold",
    ),
    "table hdr": (
        "Reply text here",
        "Reply text here\n\n| From: | Bo <bo@example.net> |\n"
        "| Sent: | 3 November 2026 10:15 |\n| To: | x |\n| Subject: | a |\n\nold",
    ),
    "custom": (
        "Thank you!",
        "Thank you!\n\nOn Thursday, November 21, 2013, Bo wrote:\n\nold text here",
    ),
    "no comma gmail": (
        "Thank you!",
        'Thank you!\nOn Nov 21, 2013 10:15 AM, "Bo" <bo@example.net> wrote:\n\n> old text here',
    ),
    "gmail+sig after": (
        "Thank you!",
        'Thank you!\n\nOn Nov 21, 2013 10:15 AM, "Bo" <bo@example.net> wrote:\n\n'
        "> old text here\n\n\n\n-- \nAmina Star\nSinger | +44 20 7946 0999",
    ),
    "sig before quote": (
        "Thank you!",
        "Thank you!\n\n-- \nAmina Star\nSinger | +44 20 7946 0999\n\n"
        'On Nov 21, 2013 10:15 AM, "Bo" <bo@example.net> wrote:\n\n'
        "> old text here\n",
    ),
    "sig before outlook": (
        "Thank you!",
        "Thank you!\n\n-- \nAmina Star\nSinger | +44 20 7946 0999\n\n"
        "From: Bo <bo@example.net>\nSent: 3 November 2026 10:15\nTo: a\n"
        "Subject: b\n\nold text here\n",
    ),
    "iphone before quote de": (
        "Danke!",
        "Danke!\n\nVon meinem iPhone gesendet\n\n"
        "> Am 03.11.2026 um 10:15 schrieb Bo <bo@example.net>:\n> \n> \ufeffalt",
    ),
    "iphone envoye": (
        "Merci !",
        "Merci !\n\nEnvoyé de mon iPhone\n\n"
        "> Le 3 nov. 2026 à 10:15, Bo <bo@example.net> a écrit :\n> \n> vieux",
    ),
    "samsung mid": (
        "Thanks!",
        "Thanks!\n\n\n\nSent from my Galaxy\n\n\n-------- Original message --------\n"
        "From: Bo <bo@example.net>\nDate: 03/11/2026 10:15 (GMT+00:00)\n"
        "To: amina@example.org\nSubject: Re: x\n\nold",
    ),
    "outlook ios": (
        "Thanks!",
        "Thanks!\n\nGet Outlook for iOS<https://example.com/o>\n"
        "________________________________\nFrom: Bo <bo@example.net>\n"
        "Sent: Tuesday, November 3, 2026 10:15:12 AM\nTo: a\nSubject: x\n\nold",
    ),
    "yahoo mobile": (
        "Thanks!",
        "Thanks!\n\nSent from Yahoo Mail for iPhone\n\n\n"
        "On Tuesday, November 3, 2026, 10:15 AM, Bo <bo@example.net> wrote:\n\n"
        "old",
    ),
    "mail win10": (
        "Thanks!",
        "Thanks!\n\nSent from Mail for Windows 10\n\nFrom: Bo\n"
        "Sent: 03 November 2026 10:15\nTo: a\nSubject: x\n\nold",
    ),
    "proton": (
        "Thanks!",
        "Thanks!\n\nSent with Proton Mail secure email.\n\n"
        "------- Original Message -------\n"
        "On Tuesday, November 3rd, 2026 at 10:15, Bo <bo@example.net> wrote:\n\n\n"
        "> old\n",
    ),
    "proton2": (
        "Thanks!",
        "Thanks!\n\nSent from Proton Mail mobile\n\n"
        "-------- Original Message --------\n"
        "On 3 Nov 2026, 10:15, Bo < bo@example.net> wrote:\n> old",
    ),
    "gmx app": (
        "Danke!",
        "Danke!\n--\n"
        "Diese Nachricht wurde von meinem Android Mobiltelefon mit GMX Mail gesendet.\n"
        "Am 03.11.26, 10:15, Bo <bo@example.net> schrieb:\n> alt",
    ),
    "k9": (
        "Thanks!",
        "Thanks!\n-- \nSent from my Android device with K-9 Mail. Please excuse my brevity.",
    ),
    "webde": (
        "Danke!",
        "Danke!\n\nGesendet: Dienstag, 03. November 2026 um 10:15 Uhr\n"
        'Von: "Bo" <bo@example.net>\nAn: amina@example.org\nBetreff: x\nalt',
    ),
    "tutanota": (
        "Thanks!",
        "Thanks!\n\n--\nSent with Tuta; enjoy secure & ad-free emails: \n"
        "https://example.com\n\n\n3 Nov 2026, 10:15 by bo@example.net:\n\n> old\n",
    ),
    "fastmail": ("Thanks!", "Thanks!\n\nOn Tue, 3 Nov 2026, at 10:15 AM, Bo wrote:\n> old"),
    "hey": ("Thanks!", "Thanks!\n\nOn November 3, 2026, Bo <bo@example.net> wrote:\n> old"),
    "spark": (
        "Thanks!",
        "Thanks!\nOn 3 Nov 2026 at 10:15 +0100, Bo <bo@example.net>, wrote:\n> old",
    ),
    "emclient": (
        "Thanks!",
        'Thanks!\n\n------ Original Message ------\nFrom: "Bo" <bo@example.net>\n'
        'To: "a" <amina@example.org>\nSent: 03/11/2026 10:15:12\nSubject: x\n\n>old',
    ),
    "emclient10": (
        "Thanks!",
        'Thanks!\n\n------ Original Message ------\nFrom "Bo" <bo@example.net>\n'
        'To "a" <amina@example.org>\nDate 03/11/2026 10:15:12\nSubject x\n\n>old',
    ),
    "roundcube fr": ("Merci", "Merci\n\nLe 2026-11-03 10:15, Bo a écrit :\n> vieux"),
    "mailspring": (
        "Thanks!",
        "Thanks!\n\nOn Nov 3 2026, at 10:15 am, Bo <bo@example.net> wrote:\n> old",
    ),
    "zimbra": (
        "Merci",
        'Merci\n\n----- Mail original -----\nDe: "Bo" <bo@example.net>\n'
        'À: "a" <amina@example.org>\nEnvoyé: Mardi 3 Novembre 2026 10:15:12\n'
        "Objet: x\n\nvieux",
    ),
    "zimbra nb": (
        "Merci",
        'Merci\n\n> De: "Bo" <bo@example.net>\n> À: "a" <amina@example.org>\n'
        "> Envoyé: Mardi 3 Novembre 2026 10:15:12\n> Objet: x\n\n> vieux",
    ),
    "orange": (
        "Merci",
        'Merci\n\n\n\n\n> Message du 03/11/26 10:15\n> De : "Bo" <bo@example.net>\n'
        "> A : amina@example.org\n> Copie à :\n> Objet : x\n>\n> vieux",
    ),
    "libero": (
        "Grazie",
        "Grazie\n\n\n----Messaggio originale----\nDa: bo@example.net\n"
        "Data: 03/11/2026 10.15\nA: <amina@example.org>\nOgg: x\n\nvecchio",
    ),
    "uol": (
        "Obrigado",
        "Obrigado\n\n---- Original Message ----\nDe : Bo <bo@example.net>\n"
        "Para : amina@example.org\nAssunto : x\nEnviado : 03/11/2026 10:15\n\nvelho",
    ),
    "seznam": (
        "Díky",
        "Díky\n\n\n---------- Původní e-mail ----------\nOd: Bo <bo@example.net>\n"
        'Komu: amina@example.org\nDatum: 3. 11. 2026 10:15:12\nPředmět: x\n"staré"',
    ),
    "wp.pl": (
        "Dzięki",
        "Dzięki\n\n\nDnia 3 listopada 2026 10:15 Bo <bo@example.net> napisał(a):\n\nstare",
    ),
    "onet": (
        "Dzięki",
        "Dzięki\n\n\nW dniu 2026-11-03 10:15:12 użytkownik Bo <bo@example.net> napisał:\n> stare",
    ),
    "rambler": ("Спасибо", "Спасибо\n\n03.11.2026 10:15, Bo пишет:\n> старое"),
    "bat": (
        "Спасибо\n\nЗдравствуйте, Amina.",
        "Спасибо\n\nЗдравствуйте, Amina.\n\nВы писали 3 ноября 2026 г., 10:15:12:\n\n> старое",
    ),
    "bat en": (
        "Hello Amina,\n\nMy answer.",
        "Hello Amina,\n\nTuesday, November 3, 2026, 10:15:12 AM, you wrote:\n\n> old\n\nMy answer.",
    ),
    "freemail hu": ("Köszönöm", "Köszönöm\n\nBo <bo@example.net> írta:\n>régi"),
    "citromail": ("Köszönöm", "Köszönöm\n\n2026. 11. 03. 10:15 keltezéssel, Bo írta:\n> régi"),
    "yahoo jp": (
        "ありがとう",
        "ありがとう\n\n----- Original Message -----\nFrom: Bo <bo@example.net>\n"
        "To: amina@example.org\nDate: 2026/11/3, Tue 10:15\nSubject: x\n\n古い",
    ),
    "jp thunderbird": ("ありがとう", "ありがとう\n\nOn 2026/11/03 10:15, Bo wrote:\n> 古い"),
    "jp becky": (
        "ありがとう",
        "ありがとう\n\nOn Tue, 3 Nov 2026 10:15:12 +0900\nBo <bo@example.net> wrote:\n\n> 古い",
    ),
    "kr daum": (
        "감사합니다",
        "감사합니다\n\n--------- 원본 메일 ---------\n보낸사람 : Bo <bo@example.net>\n"
        "받는사람 : amina@example.org\n날짜 : 2026년 11월 03일 화요일 오전 10시 15분\n제목 : x\n"
        "\n옛",
    ),
    "sina": (
        "谢谢",
        "谢谢\n\n----- 原始邮件 -----\n发件人：Bo <bo@example.net>\n收件人：amina@example.org\n"
        "主题：x\n日期：2026年11月03日 10点15分\n\n旧",
    ),
    "foxmail": (
        "谢谢\n\nBo",
        "谢谢\n\n\n\nBo\n\n发件人： Bo\n发送时间： 2026-11-03 10:15\n收件人： a\n主题： x\n旧",
    ),
    "aliyun": (
        "谢谢",
        "谢谢\n------------------------------------------------------------------\n"
        "发件人：Bo <bo@example.net>\n发送时间：2026年11月3日(星期二) 10:15\n"
        "收件人：a <amina@example.org>\n主 题：x\n旧",
    ),
    "arabic outlook": (
        "شكرا",
        "شكرا\n\n________________________________\nمن: Bo <bo@example.net>\n"
        "تم الإرسال: 03 نوفمبر, 2026 10:15 ص\nإلى: a\nالموضوع: x\n\nقديم",
    ),
    "gsuite group": (
        "Thanks!",
        "Thanks!\n\n-- \n"
        'You received this message because you are subscribed to the "x" group.\n'
        "To unsubscribe from this group and stop receiving emails from it, send an email to "
        "x+unsubscribe@example.net.\n"
        "To view this discussion visit https://example.net/d/x",
    ),
    "avast": (
        "Thanks!",
        "Thanks!\n\n\n---\n"
        "This email has been checked for viruses by an antivirus program.\n"
        "https://scanner.example",
    ),
    "avg": (
        "Thanks a lot for this, it helped me very much indeed today.",
        "Thanks a lot for this, it helped me very much indeed today.\n\n-----\n"
        "No virus found in this message.\nChecked by www.scanner.example\n"
        "Version: 2015.0.6081 / Virus Database: 4392/10192 - Release Date: 07/08/15",
    ),
}


@pytest.mark.parametrize("name", MAILS)
def test_it_finds_the_own_words_of_an_answer(name):
    own, body = MAILS[name]
    assert own_words(body).text == own
