"""How mail programs of many makers and languages open what they quote, and what is cut there."""

from __future__ import annotations

import pytest

from concierge.rules.cleaning import own_words

OWN = "I cannot pay my rent this month, and the landlord rings every day.\nMy tour was cancelled."
LETTER = "Dear Amina, thank you for your letter.\nWe will look into it.\nBo"

# What follows these stands bare under them, as Outlook, web mailers and phones leave it.
BARE = {
    # Outlook and Exchange, by language
    "outlook en": "From: Bo Berg <bo@example.net>\nSent: Tuesday, 3 November 2026 10:15\n"
    "To: Amina\nSubject: RE: rent",
    "outlook en, no address": "From: Bo Berg\nSent: 03 November 2026 10:15\nTo: Amina\n"
    "Subject: RE: rent",
    "outlook en, bold": "*From:* Bo Berg <bo@example.net>\n*Sent:* Tuesday, November 3, 2026 "
    "10:15 AM"
    "\n*To:* Amina\n*Subject:* RE: rent",
    "outlook markdown bold": "**From:** Bo Berg <bo@example.net>\n**Sent:** 3 November 2026 10:15\n"
    "**To:** Amina\n**Subject:** RE: rent",
    "outlook, spaced out": "From: Bo Berg <bo@example.net>\n\nSent: 3 November 2026 10:15\n\n"
    "To: Amina\n\nSubject: RE: rent",
    "outlook, nonbreaking": "From:\u00a0Bo Berg <bo@example.net>\nSent:\u00a03 November 2026 "
    "10:15\n"
    "To:\u00a0Amina\nSubject:\u00a0RE: rent",
    "outlook web rule": "________________________________\nFrom: Bo Berg <bo@example.net>\n"
    "Sent: Tuesday, November 3, 2026 10:15:12 AM\nTo: Amina\nSubject: Re: rent",
    "outlook fr": "De : Bo Berg <bo@example.net>\nEnvoyé : mardi 3 novembre 2026 10:15\n"
    "À : Amina\nObjet : RE: loyer",
    "outlook es": "De: Bo Berg <bo@example.net>\nEnviado el: martes, 3 de noviembre de 2026 10:15\n"
    "Para: Amina\nAsunto: RE: alquiler",
    "outlook pt": "De: Bo Berg [mailto:bo@example.net]\nEnviada em: terça-feira, 3 de novembro de "
    "2026 10:15\nPara: Amina\nAssunto: RES: aluguel",
    "outlook it": "Da: Bo Berg\nInviato: martedì 3 novembre 2026 10:15\nA: Amina\nOggetto: R: "
    "affitto",
    "outlook nl": "Van: Bo Berg\nVerzonden: dinsdag 3 november 2026 10:15\nAan: Amina\n"
    "Onderwerp: RE: huur",
    "outlook sv": "Från: Bo Berg\nSkickat: den 3 november 2026 10:15\nTill: Amina\nÄmne: SV: hyra",
    "outlook da": "Fra: Bo Berg\nSendt: 3. november 2026 10:15\nTil: Amina\nEmne: SV: husleje",
    "outlook no": "Fra: Bo Berg <bo@example.net>\nSendt: tirsdag 3. november 2026 10.15\n"
    "Til: Amina\nEmne: SV: husleie",
    "outlook fi": "Lähettäjä: Bo Berg\nLähetetty: tiistai 3. marraskuuta 2026 10.15\n"
    "Vastaanottaja: Amina\nAihe: VS: vuokra",
    "outlook pl": "From: Bo Berg\nSent: wtorek, 3 listopada 2026 10:15\nTo: Amina\nSubject: "
    "ODP: czynsz",
    "outlook pl own": "Od: Bo Berg\nWysłano: wtorek, 3 listopada 2026 10:15\nDo: Amina\n"
    "Temat: ODP: czynsz",
    "outlook cs": "Od: Bo Berg\nOdesláno: úterý 3. listopadu 2026 10:15\nKomu: Amina\n"
    "Předmět: RE: nájem",
    "outlook sk": "Od: Bo Berg\nOdoslané: utorok 3. novembra 2026 10:15\nKomu: Amina\nPredmet: "
    "RE: nájom",
    "outlook hu": "Feladó: Bo Berg\nElküldve: 2026. november 3., kedd 10:15\nCímzett: Amina\n"
    "Tárgy: RE: lakbér",
    "outlook ro": "De la: Bo Berg\nTrimis: marți, 3 noiembrie 2026 10:15\nCătre: Amina\n"
    "Subiect: RE: chirie",
    "outlook el": "Από: Bo Berg\nΣτάλθηκε: Τρίτη, 3 Νοεμβρίου 2026 10:15 πμ\nΠρος: Amina\n"
    "Θέμα: Απ: ενοίκιο",
    "outlook tr": "Kimden: Bo Berg\nGönderildi: 3 Kasım 2026 Salı 10:15\nKime: Amina\nKonu: "
    "YNT: kira",
    "outlook ru": "От: Bo Berg\nОтправлено: 3 ноября 2026 г. 10:15\nКому: Amina\nТема: RE: аренда",
    "outlook uk": "Від: Bo Berg\nНадіслано: 3 листопада 2026 р. 10:15\nКому: Amina\nТема: RE: "
    "оренда",
    "outlook bg": "От: Bo Berg\nИзпратено: вторник, 3 ноември 2026 г. 10:15\nДо: Amina\n"
    "Относно: RE: наем",
    "outlook sr": "Od: Bo Berg\nPoslato: utorak, 3. novembar 2026. 10:15\nZa: Amina\n"
    "Tema: RE: kirija",
    "outlook ja": "差出人: Bo Berg <bo@example.net>\n送信日時: 2026年11月3日 10:15\n宛先: Amina\n"
    "件名: RE: 家賃",
    "outlook zh": "发件人: Bo Berg\n发送时间: 2026年11月3日 10:15\n收件人: Amina\n主题: 答复: 房租",
    "outlook zh-tw": "寄件者： Bo Berg\n寄件日期： 2026年11月3日 上午 10:15\n收件者： Amina\n"
    "主旨： RE: 房租",
    "outlook ko": "보낸 사람: Bo Berg\n보낸 날짜: 2026년 11월 3일 화요일 오전 10:15\n받는 사람: "
    "Amina\n"
    "제목: RE: 월세",
    "outlook ar": "من: Bo Berg\nتاريخ الإرسال: 03 نوفمبر, 2026 10:15 ص\nإلى: Amina\nالموضوع: "
    "RE: إيجار",
    "outlook he": "מאת: Bo Berg\nנשלח: יום שלישי 3 נובמבר 2026 10:15\nאל: Amina\nנושא: RE: שכירות",
    "outlook th": "จาก: Bo Berg\nส่ง: 3 พฤศจิกายน 2026 10:15\nถึง: Amina\nเรื่อง: RE: ค่าเช่า",
    "outlook vi": "Từ: Bo Berg\nĐã gửi: 03 Tháng Mười Một 2026 10:15\nTới: Amina\nChủ đề: RE: thuê",
    "outlook id": "Dari: Bo Berg\nDikirim: Selasa, 03 November 2026 10:15\nKepada: Amina\n"
    "Subjek: RE: sewa",
    "outlook hi": "प्रेषक: Bo Berg <bo@example.net>\nभेजा गया: 3 नवंबर 2026 10:15\nप्रति: Amina\n"
    "विषय: RE: किराया",
    "outlook in a tongue we do not list": "Uit: Bo Berg <bo@example.net>\nGestier: 3 Nov 2026 "
    "10:15\n"
    "Vir: Amina\nRakende: RE: huur",
    "one line": "From: Bo Berg <bo@example.net> Sent: 3 November 2026 10:15 To: Amina Subject: "
    "RE: rent",
    # "original message" of Outlook Express, Outlook 2003, AOL, BlackBerry, K-9, Samsung
    "original en": "-----Original Message-----\nFrom: Bo Berg [mailto:bo@example.net]\n"
    "Sent: Tuesday, November 03, 2026 10:15 AM\nTo: Amina\nSubject: RE: rent",
    "original aol": "-----Original Message-----\nFrom: Bo Berg <bo@example.net>\n"
    "To: amina <amina@example.org>\nSent: Tue, Nov 3, 2026 10:15 am\nSubject: Re: rent",
    "original de": "-----Ursprüngliche Nachricht-----\nVon: Bo Berg\nGesendet: Di 03.11.2026 "
    "10:15\n"
    "An: Amina\nBetreff: AW: Miete",
    "original fr": "-----Message d'origine-----\nDe : Bo Berg [mailto:bo@example.net]\n"
    "Envoyé : mardi 3 novembre 2026 10:15\nÀ : Amina\nObjet : RE: loyer",
    "original es": "-----Mensaje original-----\nDe: Bo Berg\nEnviado el: 03/11/2026 10:15\n"
    "Para: Amina\n"
    "Asunto: RE: alquiler",
    "original it": "-----Messaggio originale-----\nDa: bo@example.net\nData: 3-nov-2026 10.15\n"
    "A: <amina@example.org>\nOgg: R: affitto",
    "original pl": "-----Oryginalna wiadomość-----\nOd: bo@example.net\nDo: amina@example.org\n"
    "Data: 3 listopada 2026 10:15\nTemat: czynsz",
    "original sv": "-----Ursprungligt meddelande-----\nFrån: Bo Berg\nSkickat: 3 november 2026 "
    "10:15\n"
    "Till: Amina\nÄmne: SV: hyra",
    "original samsung": "-------- Original message --------\nFrom: Bo Berg <bo@example.net> \n"
    "Date: 03/11/2026 10:15 (GMT+01:00) \nTo: Amina <amina@example.org> \nSubject: Re: rent ",
    "original samsung de": "-------- Ursprüngliche Nachricht --------\nVon: Bo Berg "
    "<bo@example.net>\n"
    "Datum: 03.11.26 10:15 (GMT+01:00)\nAn: Amina\nBetreff: Miete",
    "original proton": "------- Original Message -------\nOn Tuesday, November 3rd, 2026 at "
    "10:15 AM, "
    "Bo Berg <bo@example.net> wrote:",
    "original qq": "------------------ 原始邮件 ------------------\n发件人: \"Bo\" "
    "<bo@example.net>;\n"
    "发送时间: 2026年11月3日(星期二) 上午10:15\n收件人: \"Amina\"<amina@example.org>;\n主题: "
    "Re: 房租",
    "original naver": "-----Original Message-----\nFrom: \"Bo\"<bo@example.net>\nTo: "
    "<amina@example.org>;\n"
    "Cc:\nSent: 2026-11-03 (화) 10:15:30 (GMT+09:00)\nSubject: Re: 월세",
    "original gmx": "Gesendet: Dienstag, 03. November 2026 um 10:15 Uhr\nVon: \"Bo\" "
    "<bo@example.net>\n"
    "An: amina@example.org\nBetreff: Re: Miete",
    "date first hotmail": "Date: Tue, 3 Nov 2026 10:15:00 +0000\nFrom: bo@example.net\n"
    "To: amina@example.org\nSubject: Re: rent",
    "blackberry": "-----Original Message-----\nFrom: Bo Berg <bo@example.net>\n"
    "Date: Tue, 3 Nov 2026 10:15:00 \nTo: <amina@example.org>\nSubject: Re: rent",
    "blackberry 10": "  Original Message  \nFrom: Bo Berg\nSent: Tuesday, 3 November 2026 10:15\n"
    "To: Amina\nSubject: Re: rent",
    "lotus": "From:        Bo Berg <bo@example.net>\nTo:        Amina\nDate:        11/03/2026 "
    "10:15 AM\n"
    "Subject:        Re: rent",
    "lotus rule": "-----Bo Berg <bo@example.net> wrote: -----\nTo: Amina\nFrom: Bo Berg "
    "<bo@example.net>\nDate: 11/03/2026 10:15AM\nSubject: rent",
    "laposte": "======================================\nMessage du : 03/11/2026 10:15\nDe : \"Bo\" "
    "<bo@example.net>\nA : amina@example.org\nSujet : loyer",
    "yahoo rule": "________________________________\n From: Bo Berg <bo@example.net>\n"
    "To: Amina <amina@example.org> \nSent: Tuesday, November 3, 2026 10:15 AM\nSubject: Re: rent",
    # date-first and name-first reply lines over bare text
    "gmail en": "On Tue, Nov 3, 2026 at 10:15 AM Bo Berg <bo@example.net> wrote:",
    "gmail wrapped": "On Tue, Nov 3, 2026 at 10:15 AM Bo Berg from the Long Name Charity <\n"
    "bo@example.net> wrote:",
    "gmail wrapped over three": "On Tue, Nov 3, 2026 at 10:15 AM Bo Berg from the\nLong Name "
    "Charity <\n"
    "bo@example.net> wrote:",
    "gmail de": "Am Di., 3. Nov. 2026 um 10:15 Uhr schrieb Bo Berg <bo@example.net>:",
    "gmail fr": "Le mar. 3 nov. 2026 à 10:15, Bo Berg <bo@example.net> a écrit :",
    "gmail es": "El mar, 3 nov 2026 a las 10:15, Bo Berg (<bo@example.net>) escribió:",
    "gmail pt": "Em ter., 3 de nov. de 2026 às 10:15, Bo Berg <bo@example.net> escreveu:",
    "gmail it": "Il giorno mar 3 nov 2026 alle ore 10:15 Bo Berg <bo@example.net> ha scritto:",
    "gmail nl": "Op di 3 nov 2026 om 10:15 schreef Bo Berg <bo@example.net>:",
    "gmail sv": "Den tis 3 nov. 2026 kl 10:15 skrev Bo Berg <bo@example.net>:",
    "gmail pl": "wt., 3 lis 2026 o 10:15 Bo Berg <bo@example.net> napisał(a):",
    "gmail cs": "út 3. 11. 2026 v 10:15 odesílatel Bo Berg <bo@example.net> napsal:",
    "gmail hu": "Bo Berg <bo@example.net> ezt írta (időpont: 2026. nov. 3., K, 10:15):",
    "gmail ro": "În mar., 3 nov. 2026 la 10:15, Bo Berg <bo@example.net> a scris:",
    "gmail el": "Στις Τρί 3 Νοε 2026 στις 10:15 π.μ., ο χρήστης Bo Berg <bo@example.net> έγραψε:",
    "gmail tr": "Bo Berg <bo@example.net>, 3 Kas 2026 Sal, 10:15 tarihinde şunu yazdı:",
    "gmail ru": "вт, 3 нояб. 2026 г. в 10:15, Bo Berg <bo@example.net>:",
    "gmail uk": "вт, 3 лист. 2026 р. о 10:15 Bo Berg <bo@example.net> пише:",
    "gmail ja": "2026年11月3日(火) 10:15 Bo Berg <bo@example.net>:",
    "gmail zh": "Bo Berg <bo@example.net> 于2026年11月3日周二 10:15写道：",
    "gmail zh-tw": "Bo Berg <bo@example.net> 於 2026年11月3日 週二 上午10:15寫道：",
    "gmail ko": "2026년 11월 3일 (화) 오전 10:15, Bo Berg <bo@example.net>님이 작성:",
    "gmail ar": "في الثلاثاء، 3 نوفمبر 2026 في 10:15 ص تمت كتابة ما يلي بواسطة Bo Berg "
    "<bo@example.net>:",
    "gmail he": "\u202bבתאריך יום ג׳, 3 בנוב׳ 2026 ב-10:15 "
    "מאת \u202aBo Berg\u202c\u200f <\u202abo@example.net\u202c\u200f>:\u202c",
    "gmail fa": "در تاریخ سه‌شنبه ۳ نوامبر ۲۰۲۶،\u200f ۱۰:۱۵ Bo Berg <bo@example.net> نوشت:",
    "gmail hi": "मंगल, 3 नव॰ 2026 को 10:15 am बजे को Bo Berg <bo@example.net> ने लिखा:",
    "gmail th": "ในวันที่ อ. 3 พ.ย. 2026 เวลา 10:15 Bo Berg <bo@example.net> เขียนว่า:",
    "gmail vi": "Vào Th 3, 3 thg 11, 2026 vào lúc 10:15 Bo Berg <bo@example.net> đã viết:",
    "gmail id": "Pada tanggal Sel, 3 Nov 2026 pukul 10.15 Bo Berg <bo@example.net> menulis:",
    "gmail fi": "ti 3. marrask. 2026 klo 10.15 Bo Berg (bo@example.net) kirjoitti:",
    "apple de": "Am 03.11.2026 um 10:15 schrieb Bo Berg <bo@example.net>:",
    "apple da": "Den 3. nov. 2026 kl. 10.15 skrev Bo Berg <bo@example.net>:",
    "apple zh": "在 2026年11月3日，10:15，Bo Berg <bo@example.net> 写道：",
    "apple sl": "3. 11. 2026, ob 10:15, je Bo Berg <bo@example.net> napisal:",
    "apple hr": "Dana 3. 11. 2026. u 10:15, Bo Berg <bo@example.net> napisao je:",
    "thunderbird ru": "03.11.2026 10:15, Bo Berg <bo@example.net> пишет:",
    "mail.ru": "Вторник, 3 ноября 2026, 10:15 +03:00 от Bo Berg <bo@example.net>:",
    "yandex": "03.11.2026, 10:15, \"Bo Berg\" <bo@example.net>:",
    "yahoo": "    On Tuesday, November 3, 2026 at 10:15:00 AM GMT+1, Bo Berg <bo@example.net> "
    "wrote:  ",
    "netease": "At 2026-11-03 10:15:00, \"Bo Berg\" <bo@example.net> wrote:",
    "netease zh": "在 2026-11-03 10:15:00，\"Bo Berg\" <bo@example.net> 写道：",
    "zoho": "---- On Tue, 03 Nov 2026 10:15:00 +0100 Bo Berg <bo@example.net> wrote ---",
    "outlook ios": "On Tue, Nov 3, 2026 at 10:15 AM +0100, \"Bo Berg\" <bo@example.net> wrote:",
    "name first": "Bo Berg <bo@example.net> schrieb am Di., 3. Nov. 2026, 10:15:",
    "name first en": "Bo Berg <bo@example.net> wrote on 3/11/2026 10:15:",
    "lotus wrote": "Bo Berg/London/Example wrote on 11/03/2026 10:15:32 AM:",
    "mutt": "* Bo Berg <bo@example.net> [2026-11-03 10:15]:",
    "mailto twice": "On Nov 3, 2026, at 10:15, Bo Berg <bo@example.net<mailto:bo@example.net>> "
    "wrote:",
    # forwarded blocks, ticket systems
    "ticket en": "##- Please type your reply above this line -##",
    "ticket dashes": "-- reply above this line --",
    "ticket de": "--- Bitte antworten Sie oberhalb dieser Linie ---",
    "ticket fr": "##- Répondez au-dessus de cette ligne -##",
    "ticket es": "--- Responda por encima de esta línea ---",
}  # fmt: skip

FORWARDS = {
    "gmail": "---------- Forwarded message ---------\nFrom: Dee <dee@example.org>\n"
    "Date: Tue, 3 Nov 2026 at 10:15\nSubject: help\nTo: <amina@example.org>",
    "gmail es": "---------- Mensaje reenviado ---------\nDe: Dee <dee@example.org>\n"
    "Fecha: mar, 3 nov 2026 a las 10:15\nAsunto: ayuda\nPara: Amina",
    "apple en": "Begin forwarded message:\n\nFrom: Dee <dee@example.org>\nSubject: help\n"
    "Date: 3 November 2026 at 10:15:00 CET\nTo: Amina <amina@example.org>",
    "apple fr": "Début du message réexpédié :\n\nDe: Dee <dee@example.org>\nObjet: aide\n"
    "Date: 3 novembre 2026 à 10:15:00\nÀ: Amina",
    "apple de": "Anfang der weitergeleiteten Nachricht:\n\nVon: Dee <dee@example.org>\n"
    "Betreff: Hilfe\nDatum: 3. November 2026 um 10:15\nAn: Amina",
    "thunderbird": "-------- Forwarded Message --------\nSubject: help\n"
    "Date: Tue, 3 Nov 2026 10:15:00 +0100\nFrom: Dee <dee@example.org>\nTo: Amina",
    "mail.ru": "-------- Пересылаемое сообщение --------\nОт кого: Dee <dee@example.org>\n"
    "Кому: amina@example.org\nДата: Вторник, 3 ноября 2026, 10:15 +03:00\nТема: помощь",
    "163": "-------- 转发邮件信息 --------\n发件人：\"Dee\" <dee@example.org>\n"
    "发送日期：2026-11-03 10:15:00\n收件人：amina@example.org\n主题：帮助",
}  # fmt: skip

# Over lines marked with ">".
MARKED = {
    "name only": "Bo Berg wrote:",
    "name only de": "Bo Berg schrieb:",
    "via a list": "Bo via Musicians <list@example.net> schrieb:",
    "old gmail": "2026/11/3 Bo Berg <bo@example.net>",
    "old gmail gmt": "2026-11-03 10:15 GMT+01:00 Bo Berg <bo@example.net>:",
    "quoting": "Quoting Bo Berg <bo@example.net>:",
    "usenet": "In article <abc@example.net>, Bo Berg wrote:",
    "polish user": "wtorek, 3 listopada 2026 użytkownik Bo Berg napisał:",
    "russian user": "вторник, 3 ноября 2026 г. пользователь Bo Berg написал:",
    "thunderbird en": "On 11/3/26 10:15 AM, Bo Berg wrote:",
    "thunderbird de": "Am 03.11.26 um 10:15 schrieb Bo Berg:",
    "thunderbird it": "Il 03/11/26 10:15, Bo Berg ha scritto:",
    "thunderbird es": "El 3/11/26 a las 10:15, Bo Berg escribió:",
    "thunderbird nl": "Op 03-11-2026 om 10:15 schreef Bo Berg:",
    "thunderbird cs": "Dne 03. 11. 26 v 10:15 Bo Berg napsal(a):",
    "thunderbird fi": "Bo Berg kirjoitti 3.11.2026 klo 10.15:",
    "thunderbird et": "Bo Berg kirjutas 03.11.2026 10:15:",
    "roundcube": "W dniu 2026-11-03 10:15, Bo Berg napisał(a):",
    "dutch geschreven": "Op 3 nov. 2026 om 10:15 heeft Bo Berg <bo@example.net> het volgende\n"
    "geschreven:",
    "original hotmail": "________________________________\n> Date: Tue, 3 Nov 2026 10:15:00 +0000\n"
    "> From: bo@example.net\n> To: amina@example.org\n> Subject: rent\n>",
    "wanadoo": "> Message du 03/11/26 10:15\n> De : \"Bo\" <bo@example.net>\n> A : "
    "amina@example.org\n"
    "> Copie à : \n> Objet : loyer",
    "broken address": "Am 03.11.2026 10:15 schrieb \"Bo Berg\" <bo@example.net\n>:",
}  # fmt: skip


@pytest.mark.parametrize("name", BARE)
def test_it_cuts_what_stands_bare_under_the_opening_of_a_program(name):
    words = own_words(f"{OWN}\n\n{BARE[name]}\n\n{LETTER}\n")
    assert words.text == OWN
    assert words.quoted.endswith("Bo")


@pytest.mark.parametrize("name", FORWARDS)
def test_it_cuts_what_is_forwarded_under_a_comment(name):
    words = own_words(f"{OWN}\n\n{FORWARDS[name]}\n\nI cannot go on.\n")
    assert words.text == OWN
    assert "I cannot go on." in words.quoted


@pytest.mark.parametrize("name", FORWARDS)
def test_it_takes_every_bare_forward_whole(name):
    body = f"{FORWARDS[name]}\n\nI cannot go on."
    words = own_words(body)
    assert words.text == body


@pytest.mark.parametrize("name", MARKED)
def test_it_cuts_the_line_over_a_marked_quote(name):
    quote = "\n".join(f"> {line}" for line in LETTER.splitlines())
    words = own_words(f"{OWN}\n\n{MARKED[name]}\n\n{quote}\n\nPlease call me.")
    assert words.text == f"{OWN}\n\nPlease call me."
    assert "Dear Amina" not in words.weighed
    assert "Dear Amina" in words.aside


@pytest.mark.parametrize("name", MARKED)
def test_it_keeps_the_own_line_right_above(name):
    words = own_words(f"{OWN}\n{MARKED[name]}\n> Dear Amina")
    assert words.text == OWN
