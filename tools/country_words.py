"""Names of countries and towns, and rough populations, written by hand for make_countries."""

#: Hand-written names: ``iso: lang: names``. ``sign`` is an institution that gives a country away.
#: ``ZZ`` is no country: the words that look like one and are none.
ALIASES = """
GB:en:UK|U.K.|Britain|Great Britain|England|Scotland|Wales|Northern Ireland|British|English|Scottish|Welsh|Brit|Scot
GB:sign:NHS|Universal Credit
GB:es:Inglaterra|Escocia|Gran Bretaña|inglés|inglesa|británico|británica
GB:fr:Angleterre|Écosse|Grande-Bretagne|anglais|anglaise|britannique
GB:de:England|Schottland|Großbritannien|Engländer|Britin
GB:pt:Inglaterra|Escócia|Grã-Bretanha|inglês|inglesa
GB:it:Inghilterra|Scozia|Gran Bretagna|inglese
GB:nl:Engeland|Schotland|Groot-Brittannië
GB:pl:Anglia|Anglii|Szkocja|Szkocji|Wielka Brytania|Wielkiej Brytanii
GB:sv:England|Skottland|Storbritannien
GB:nb:England|Skottland
GB:da:England|Skotland
GB:ja:イギリス|英国|イングランド
GB:zh:英国|英國
GB:ko:영국
GB:ru:Англия|Англии|Великобритании|Шотландии
GB:tr:İngiltere
US:en:USA|US|U.S.|U.S.A.|America|the States|American|United States of America
US:en:Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Wisconsin|Wyoming
US:es:EE. UU.|EEUU|EE.UU.|USA|estadounidense|los Estados Unidos
US:fr:USA|les États-Unis|américain|américaine|Amérique
US:de:USA|Amerika|Amerikaner|Amerikanerin
US:pt:EUA|USA|americano|americana
US:it:USA|America|americano|americana
US:nl:VS|USA|Amerika
US:pl:USA|Ameryce|Stanach Zjednoczonych
US:sv:USA
US:da:USA
US:fi:USA|Yhdysvalloissa
US:ru:США
US:ja:アメリカ|米国
US:zh:美国|美國
US:ko:미국
US:tr:ABD|Amerika
CA:en:Canadian|Ontario|Quebec|British Columbia|Alberta|Manitoba|Saskatchewan|Nova Scotia|Newfoundland
CA:fr:Québec|canadien|canadienne|québécois|québécoise
AU:en:Australian|Aussie|Queensland|New South Wales|Tasmania|Western Australia|South Australia
AU:sign:Centrelink
NZ:en:Aotearoa|Kiwi|NZ
IE:en:Republic of Ireland|Eire|Irish
IE:es:irlandés|irlandesa
NL:en:Holland|the Netherlands|Dutch
NL:de:Holland|Niederländer|Niederländerin
NL:es:Holanda|Países Bajos|holandés|holandesa
NL:fr:Hollande|Pays-Bas|néerlandais|néerlandaise
NL:it:Olanda
NL:pt:Holanda|Países Baixos
NL:nl:Holland|Nederlander|Nederlandse
NL:sv:Holland
TR:en:Turkey|Türkiye|Turkiye|Turkish
CZ:en:Czech Republic|Czechia|Czech
CZ:cs:České republice|Česká republika|České republiky|ČR|Čechách
CZ:sk:Českej republike|Česku
CZ:de:Tschechien|Tschechische Republik
CZ:pl:Czechy|Czechach
SK:sk:Slovensku
SK:cs:Slovensku
DE:en:German
DE:de:BRD|Deutscher|Deutsche
DE:sign:AOK
DE:es:alemán|alemana
DE:fr:allemand|allemande
DE:it:tedesco|tedesca
DE:pt:alemão|alemã
DE:pl:Niemczech|Niemiec
DE:cs:Německu
DE:ru:Германии
AT:de:Österreicher|Österreicherin
AT:en:Austrian
CH:en:Swiss
CH:de:Schweizer|Schweizerin|der Schweiz
CH:fr:suisse|suissesse
CH:it:svizzero|svizzera
FR:en:French
FR:fr:français|française
FR:es:francés|francesa
FR:de:Franzose|Französin
FR:it:francese
FR:pl:Francji
ES:en:Spanish|Spaniard
ES:es:español|española
ES:fr:espagnol|espagnole
ES:pl:Hiszpanii
MX:en:Mexican
MX:es:Méjico|mexicano|mexicana
AR:es:argentino|argentina
AR:en:Argentinian|Argentine
CL:es:chileno|chilena
CO:es:colombiano|colombiana
PE:es:peruano|peruana
VE:es:venezolano|venezolana
EC:es:ecuatoriano|ecuatoriana
UY:es:uruguayo|uruguaya
CU:es:cubano|cubana
BR:en:Brazilian
BR:pt:brasileiro|brasileira
BR:sign:CVV
PT:pt:português|portuguesa
PT:en:Portuguese
IT:en:Italian
IT:it:italiano|italiana
IT:fr:italien|italienne
BE:en:Belgian
BE:fr:belge
BE:nl:Belg|Belgische|Vlaanderen
LU:en:Luxemburg
PL:en:Polish
PL:pl:Polsce|Polski|Polak|Polka
SE:en:Swedish|Swede
SE:sv:svensk
NO:en:Norwegian
NO:nb:norsk|Noreg
DK:en:Danish|Dane
DK:da:dansk
FI:en:Finnish|Finn
FI:sv:finländsk
FI:fi:Suomessa|Suomesta
IS:en:Icelandic
GR:en:Greek
GR:el:Ελλάδα|Ελλάδας
HU:en:Hungarian
RO:en:Romanian
UA:en:Ukrainian|the Ukraine
UA:uk:Україні|України
RU:en:Russian
RU:ru:РФ|России
RU:uk:Росії
IL:en:Israeli
IN:en:Indian
IN:hi:भारत|हिंदुस्तान|हिन्दुस्तान
PK:en:Pakistani
NG:en:Nigerian
GH:en:Ghanaian
KE:en:Kenyan
ZA:en:South African
EG:en:Egyptian
MA:en:Moroccan
LB:en:Lebanese
AE:en:UAE|Emirates|Dubai
SA:en:KSA
JP:en:Japanese
KR:en:South Korea|Korea|Korean
KR:ko:한국|대한민국
KR:ja:韓国
KR:zh:韩国|韓國
KP:en:DPRK
CN:en:Mainland China
CN:zh:中国|中國|中国大陆
TW:en:Taiwanese
TW:zh:台湾|台灣|臺灣
HK:en:Hong Kong|HK
HK:zh:香港
HK:ja:香港
MO:en:Macau|Macao
MO:zh:澳门|澳門
SG:en:Singaporean
PH:en:Filipino|Filipina|the Philippines
MY:en:Malaysian
ID:en:Indonesian
TH:th:เมืองไทย|ประเทศไทย
TH:en:Thai
VN:en:Viet Nam|Vietnamese
PS:en:Palestine|Gaza|West Bank
PS:es:Palestina
PS:fr:Palestine
PS:ar:فلسطين|غزة
MK:en:Macedonia
MM:en:Burma|Myanmar
CI:en:Ivory Coast
CD:en:DRC|DR Congo|Democratic Republic of the Congo
CV:en:Cape Verde
SZ:en:Swaziland
BA:en:Bosnia|Herzegovina
TT:en:Trinidad|Tobago
JM:en:Jamaican
PR:en:Puerto Rican
US:en:New England
ZZ:en:South America|Latin America|North America|Central America|French horn|English horn|Spanish guitar|Irish bouzouki|Irish whistle|Turkey sandwich|Polish off|Greek chorus|Swiss army|Indian ocean|American football
ZZ:es:América Latina|América del Sur
ZZ:de:Südamerika|Lateinamerika
ZZ:fr:Amérique du Sud|Amérique latine
"""  # noqa: E501 - one line a language reads better than a wrapped one

#: Towns with music scenes, by hand: ``iso: names`` in English and as their people write them.
TOWNS = """
GB:Manchester|Birmingham|Leeds|Liverpool|Glasgow|Edinburgh|Bristol|Sheffield|Cardiff|Belfast|Newcastle|Nottingham|Brighton|Leicester|Oxford|Cambridge|Aberdeen|Dundee|Swansea|Southampton|Londres|Londra|Londen|Londyn|Londynie|Edimburgo|Édimbourg
US:New York City|NYC|Brooklyn|Nashville|Atlanta|Boston|Austin|Seattle|Portland|Philadelphia|Houston|Dallas|Miami|San Francisco|San Diego|Las Vegas|New Orleans|Memphis|Minneapolis|St. Louis|Baltimore|Cleveland|Pittsburgh|Cincinnati|Oakland|Kansas City|Charlotte|Sacramento|Milwaukee|Tampa|Orlando|Washington DC|Nueva York
CA:Montreal|Montréal|Ottawa|Calgary|Quebec City|Hamilton Ontario|Victoria BC
AU:Canberra|Gold Coast|Newcastle NSW
NZ:Wellington|Christchurch|Dunedin
IE:Cork|Galway|Limerick
DE:Hamburg|München|Munich|Múnich|Köln|Cologne|Frankfurt|Stuttgart|Düsseldorf|Leipzig|Dresden|Hannover|Bremen|Nürnberg|Dortmund|Mannheim|Freiburg|Monaco di Baviera|Hamburgo|Colonia
AT:Graz|Linz|Salzburg|Innsbruck|Wien
CH:Zürich|Basel|Bern|Genf|Genève|Geneva|Lausanne|Luzern|Winterthur|Ginebra|Zurigo
FR:Lyon|Marseille|Toulouse|Nice|Nantes|Strasbourg|Montpellier|Bordeaux|Lille|Rennes|Grenoble|Parigi|Parijs|Paryż|Paryżu
ES:Barcelona|Valencia|Sevilla|Seville|Zaragoza|Málaga|Bilbao|Granada|Palma de Mallorca|Barcelone|Barcellona
PT:Lisboa|Porto|Coimbra|Braga|Lisbonne|Lissabon|Lisbona
IT:Milano|Milan|Torino|Turin|Napoli|Naples|Bologna|Firenze|Florence|Genova|Palermo|Venezia|Verona|Mailand|Rom|Florenz|Neapel|Roma
NL:Rotterdam|Utrecht|Den Haag|The Hague|Eindhoven|Groningen
BE:Antwerpen|Antwerp|Gent|Ghent|Liège|Leuven|Bruxelles|Brussel|Brüssel|Bruselas
PL:Kraków|Krakowie|Krakowa|Warszawie|Wrocław|Wrocławiu|Gdańsk|Gdańsku|Poznań|Poznaniu|Łódź|Łodzi|Katowice|Katowicach|Cracow
CZ:Brno|Brně|Praze|Ostrava|Prag
SK:Košice
SE:Göteborg|Gothenburg|Malmö|Uppsala
NO:Bergen|Trondheim|Stavanger
DK:Aarhus|Århus|Odense|Aalborg|København|Köpenhamn
FI:Tampere|Tampereella|Turku|Turussa|Oulu|Helsingissä|Helsingfors
HU:Debrecen|Szeged
RO:Cluj|Cluj-Napoca|Timișoara|Iași|București
GR:Thessaloniki|Θεσσαλονίκη|Αθήνα
TR:Ankara|İzmir|Izmir
UA:Kyiv|Kiev|Kiew|Київ|Києві|Києва|Киев|Киеве|Киева|Lviv|Львів|Львові|Kharkiv|Одеса|Одесі|Києві
RU:Saint Petersburg|St. Petersburg|Санкт-Петербург|Санкт-Петербурге|Москве
IL:Tel Aviv|תל אביב|חיפה
IN:Mumbai|Delhi|New Delhi|Bangalore|Bengaluru|Chennai|Hyderabad|Pune|मुंबई|दिल्ली|কলকাতা
CN:北京|广州|深圳|成都
TW:台中|高雄
JP:Osaka|Kyoto|大阪|京都|名古屋|福岡|札幌
KR:Busan|부산|대구|인천
MA:Marrakech|Rabat|الدار البيضاء
EG:Alexandria|الإسكندرية
NG:Abuja|Ibadan
ZA:Cape Town|Durban|Pretoria
BR:Rio de Janeiro|Brasília|Belo Horizonte|Porto Alegre|Curitiba|Salvador da Bahia
AR:Rosario|La Plata
CL:Valparaíso
CO:Medellín|Cali
MX:Guadalajara|Ciudad de México|CDMX|Puebla
VN:Hanoi|Hà Nội|Đà Nẵng|Sài Gòn
MY:Penang
ID:Bandung|Surabaya|Yogyakarta
"""  # noqa: E501 - one line a country reads better than a wrapped one

#: Inhabitants in millions, rounded; only ratios matter (the prior of a country, given a language).
MILLIONS = """
    IN 1430 CN 1410 US 340 ID 280 PK 245 NG 228 BR 212 BD 173 RU 144 MX 130 ET 128 JP 124 PH 115
    EG 114 CD 105 VN 100 IR 90 TR 86 DE 84 TH 72 GB 68 TZ 67 FR 68 ZA 62 IT 59 KE 55 MM 54 CO 52
    KR 52 UG 48 ES 48 SD 48 AR 46 DZ 46 IQ 45 AF 42 PL 38 CA 40 MA 38 SA 36 UA 37 AO 36 UZ 36
    PE 34 MY 34 GH 34 MZ 33 YE 34 NP 31 VE 28 CM 28 CI 29 AU 27 KP 26 TW 23 LK 22 SN 18 CL 20
    KZ 20 RO 19 EC 18 GT 18 NL 18 KH 17 ZW 16 TN 12 BE 12 JO 11 BO 12 CU 11 CZ 11 SE 10.6 GR 10.4
    PT 10.5 AZ 10 HU 9.6 AE 10 IL 9.8 BY 9.2 AT 9.1 CH 8.9 HK 7.5 RS 6.6 PY 6.8 BG 6.5 LB 5.5
    SG 6 DK 5.9 FI 5.6 NO 5.5 SK 5.4 IE 5.2 NZ 5.2 CR 5.2 HR 3.9 UY 3.4 BA 3.2 JM 2.8 LT 2.8
    SI 2.1 LV 1.9 MK 1.8 EE 1.4 CY 1.3 TT 1.5 LU 0.65 MT 0.54 IS 0.38
"""
