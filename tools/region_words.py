"""States, provinces and regions by name, written by hand for make_countries.

``country:a town of the region, by which GeoNames tells its code:language: names``.
"""

REGIONS = """
CA:Toronto:en:Ontario
CA:Montréal:en:Quebec|Québec
CA:Montréal:fr:Québec
CA:Vancouver:en:British Columbia
CA:Calgary:en:Alberta
CA:Winnipeg:en:Manitoba
CA:Saskatoon:en:Saskatchewan
CA:Halifax:en:Nova Scotia
CA:Moncton:en:New Brunswick
CA:St. John's:en:Newfoundland
CA:Charlottetown:en:Prince Edward Island
AU:Sydney:en:New South Wales|NSW
AU:Melbourne:en:Victoria
AU:Brisbane:en:Queensland|QLD
AU:Perth:en:Western Australia
AU:Adelaide:en:South Australia
AU:Hobart:en:Tasmania
AU:Darwin:en:Northern Territory
DE:Munich:de:Bayern
DE:Munich:en:Bavaria
DE:Munich:es:Baviera
DE:Munich:fr:Bavière
DE:Stuttgart:de:Baden-Württemberg|Schwaben
DE:Köln:de:Nordrhein-Westfalen|NRW|Ruhrgebiet|Rheinland
DE:Frankfurt am Main:de:Hessen
DE:Dresden:de:Sachsen
DE:Dresden:en:Saxony
DE:Hannover:de:Niedersachsen
DE:Hannover:en:Lower Saxony
DE:Potsdam:de:Brandenburg
DE:Kiel:de:Schleswig-Holstein
DE:Rostock:de:Mecklenburg-Vorpommern
DE:Erfurt:de:Thüringen
DE:Magdeburg:de:Sachsen-Anhalt
DE:Mainz:de:Rheinland-Pfalz
DE:Saarbrücken:de:Saarland
AT:Innsbruck:de:Tirol
AT:Innsbruck:en:Tyrol
AT:Graz:de:Steiermark
AT:Graz:en:Styria
AT:Klagenfurt am Wörthersee:de:Kärnten
AT:Dornbirn:de:Vorarlberg
AT:Linz:de:Oberösterreich
AT:Sankt Pölten:de:Niederösterreich
AT:Eisenstadt:de:Burgenland
CH:Lugano:it:Ticino
CH:Lugano:de:Tessin
CH:Sion,VS:fr:Valais
CH:Sion,VS:de:Wallis
CH:Lausanne:fr:Vaud
CH:Aarau:de:Aargau
CH:Chur:de:Graubünden
CH:Frauenfeld:de:Thurgau
ES:Barcelona:es:Cataluña
ES:Barcelona:ca:Catalunya
ES:Barcelona:en:Catalonia
ES:Barcelona:fr:Catalogne
ES:Sevilla:es:Andalucía
ES:Sevilla:en:Andalusia
ES:A Coruña:es:Galicia
ES:Bilbao:es:País Vasco|Euskadi
ES:Bilbao:en:Basque Country
ES:Zaragoza:es:Aragón
ES:Oviedo:es:Asturias
ES:Toledo:es:Castilla-La Mancha
ES:Valladolid:es:Castilla y León
ES:Badajoz:es:Extremadura
ES:Palma:es:Mallorca|Islas Baleares|Ibiza
ES:Palma:en:Majorca|Balearic Islands|Mallorca|Ibiza
ES:Las Palmas de Gran Canaria:es:Islas Canarias|Canarias|Tenerife
ES:Las Palmas de Gran Canaria:en:Canary Islands|Tenerife
IT:Florence:it:Toscana
IT:Florence:en:Tuscany
IT:Milan:it:Lombardia
IT:Milan:en:Lombardy
IT:Palermo:it:Sicilia
IT:Palermo:en:Sicily
IT:Cagliari:it:Sardegna
IT:Cagliari:en:Sardinia
IT:Naples:it:Campania
IT:Bari:it:Puglia
IT:Bari:en:Apulia
IT:Turin:it:Piemonte
IT:Turin:en:Piedmont
IT:Venice:it:Veneto
IT:Bologna:it:Emilia-Romagna
IT:Perugia:it:Umbria
IT:Genoa:it:Liguria
IT:Catanzaro:it:Calabria
IT:Pescara:it:Abruzzo
IT:Trieste:it:Friuli
FR:Rennes:fr:Bretagne
FR:Rennes:en:Brittany
FR:Rouen:fr:Normandie
FR:Rouen:en:Normandy
FR:Strasbourg:fr:Alsace|Lorraine
FR:Strasbourg:de:Elsass
FR:Marseille:fr:Provence
FR:Marseille:en:Provence
FR:Toulouse:fr:Occitanie|Languedoc
FR:Bordeaux:fr:Nouvelle-Aquitaine|Aquitaine
FR:Lyon:fr:Auvergne|Savoie|Rhône-Alpes
FR:Lille:fr:Hauts-de-France|Picardie
FR:Dijon:fr:Bourgogne
FR:Dijon:en:Burgundy
FR:Ajaccio:fr:Corse
FR:Ajaccio:en:Corsica
FR:Paris:fr:Île-de-France
GB:London:en:England|Cornwall|Yorkshire|Devon|Merseyside|Lancashire|Sussex|Norfolk|Suffolk|Essex|Cumbria|Dorset|Northumberland
GB:London:es:Inglaterra
GB:London:fr:Angleterre
GB:London:de:England
GB:London:pt:Inglaterra
GB:London:it:Inghilterra
GB:London:nl:Engeland
GB:London:sv:England
GB:London:nb:England
GB:London:da:England
GB:London:fi:Englanti
GB:London:pl:Anglia|Anglii
GB:London:cs:Anglie|Anglii
GB:London:ru:Англия|Англии
GB:London:uk:Англія
GB:London:ja:イングランド
GB:London:tr:İngiltere
GB:Glasgow:en:Scotland
GB:Glasgow:es:Escocia
GB:Glasgow:fr:Écosse
GB:Glasgow:de:Schottland
GB:Glasgow:pt:Escócia
GB:Glasgow:it:Scozia
GB:Glasgow:nl:Schotland
GB:Glasgow:sv:Skottland
GB:Glasgow:nb:Skottland
GB:Glasgow:da:Skotland
GB:Glasgow:pl:Szkocja|Szkocji
GB:Glasgow:ru:Шотландия|Шотландии
GB:Cardiff:en:Wales
GB:Cardiff:es:Gales
GB:Cardiff:fr:Pays de Galles
GB:Belfast:en:Northern Ireland
GB:Belfast:es:Irlanda del Norte
GB:Belfast:fr:Irlande du Nord
GB:Belfast:de:Nordirland
GB:Belfast:it:Irlanda del Nord
BR:Salvador:pt:Bahia
BR:Belo Horizonte:pt:Minas Gerais
BR:Porto Alegre:pt:Rio Grande do Sul
BR:Curitiba:pt:Paraná
BR:Recife:pt:Pernambuco
BR:Fortaleza:pt:Ceará
BR:Florianópolis:pt:Santa Catarina
BR:Goiânia:pt:Goiás
BR:Belém:pt:Pará
BR:Cuiabá:pt:Mato Grosso
MX:Guadalajara:es:Jalisco
MX:Monterrey:es:Nuevo León
MX:Mérida:es:Yucatán
MX:Cancún:es:Quintana Roo
MX:Tijuana:es:Baja California
MX:Hermosillo:es:Sonora
MX:Culiacán:es:Sinaloa
MX:Morelia:es:Michoacán
MX:Tuxtla:es:Chiapas
AR:Mar del Plata:es:Provincia de Buenos Aires
AR:Rosario:es:Santa Fe
AR:San Carlos de Bariloche:es:Río Negro|Patagonia
AR:Neuquén:es:Neuquén
IN:Kochi:en:Kerala
IN:Chennai:en:Tamil Nadu
IN:Mumbai:en:Maharashtra
IN:Mumbai:hi:महाराष्ट्र
IN:Bengaluru:en:Karnataka
IN:Ahmedabad:en:Gujarat
IN:Kolkata:en:West Bengal
IN:Lucknow:en:Uttar Pradesh
IN:Lucknow:hi:उत्तर प्रदेश
IN:Patna:en:Bihar
IN:Patna:hi:बिहार
IN:Jaipur:en:Rajasthan
IN:Jaipur:hi:राजस्थान
IN:Guwahati:en:Assam
IN:Hyderabad:en:Telangana
IN:Panaji,33:en:Goa
IN:Shillong:en:Meghalaya
IN:Ludhiana:en:Punjab
PK:Lahore:en:Punjab
PK:Karachi:en:Sindh
NL:Groningen:nl:Groningen
NL:Leeuwarden:nl:Friesland
NL:Eindhoven:nl:Noord-Brabant|Brabant
NL:Maastricht:nl:Limburg
NL:Haarlem:nl:Noord-Holland
NL:Rotterdam:nl:Zuid-Holland
NL:Middelburg:nl:Zeeland
NL:Arnhem:nl:Gelderland
BE:Antwerp,VLG:nl:Vlaanderen
BE:Antwerp,VLG:fr:Flandre
BE:Antwerp,VLG:en:Flanders
BE:Liège,WAL:fr:Wallonie
BE:Liège,WAL:en:Wallonia
BE:Liège,WAL:nl:Wallonië
RU:Krasnodar:ru:Кубань
RU:Yekaterinburg:ru:Урал|Урале
RU:Novosibirsk:ru:Сибирь|Сибири
RU:Novosibirsk:en:Siberia
RU:Kazan:ru:Татарстан
RU:Grozny:ru:Чечня
RU:Makhachkala:ru:Дагестан
UA:Donetsk:uk:Донбас|Донеччина
UA:Uzhhorod:uk:Закарпаття
UA:Lviv:uk:Галичина|Львівщина
UA:Kharkiv:uk:Харківщина
UA:Simferopol:uk:Крим
UA:Simferopol:ru:Крым
PL:Katowice:pl:Śląsk|Śląsku
PL:Katowice:en:Silesia
PL:Warsaw:pl:Mazowsze|Mazowszu
PL:Kraków:pl:Małopolska|Małopolsce
PL:Poznań:pl:Wielkopolska|Wielkopolsce
PL:Gdańsk:pl:Pomorze|Pomorzu
JP:Sapporo:ja:北海道
JP:Sapporo:en:Hokkaido
JP:Naha:ja:沖縄
JP:Naha:en:Okinawa
JP:Kobe:ja:兵庫県
JP:Yokohama:ja:神奈川
JP:Saitama:ja:埼玉
JP:Chiba:ja:千葉県
JP:Nagano:ja:長野県
JP:Nagoya:ja:愛知県
JP:Sendai:ja:宮城県
JP:Fukuoka:en:Kyushu
CN:Guangzhou:zh:广东|廣東
CN:Guangzhou:en:Guangdong
CN:Chengdu:zh:四川
CN:Chengdu:en:Sichuan
CN:Hangzhou:zh:浙江
CN:Nanjing:zh:江苏|江蘇
CN:Nanjing:en:Jiangsu
CN:Jinan:zh:山东|山東
CN:Zhengzhou:zh:河南
CN:Changsha:zh:湖南
CN:Wuhan:zh:湖北
CN:Kunming:zh:云南|雲南
CN:Kunming:en:Yunnan
CN:Fuzhou:zh:福建
CN:Ürümqi:zh:新疆
CN:Ürümqi:en:Xinjiang
CN:Shenyang:zh:辽宁|遼寧
ID:Bandung:id:Jawa Barat
ID:Bandung:en:West Java|Java
ID:Surabaya:id:Jawa Timur
ID:Semarang:id:Jawa Tengah
ID:Denpasar:id:Bali
ID:Denpasar:en:Bali
ID:Medan:id:Sumatera Utara|Sumatera
ID:Medan:en:Sumatra
ID:Makassar:id:Sulawesi Selatan|Sulawesi
ID:Pontianak:id:Kalimantan
MY:Kuching:ms:Sarawak
MY:Kuching:en:Sarawak
MY:Kota Kinabalu:ms:Sabah
MY:Kota Kinabalu:en:Sabah
MY:Shah Alam:ms:Selangor
MY:Shah Alam:en:Selangor
MY:Johor Bahru:ms:Johor
MY:George Town:ms:Pulau Pinang
MY:Ipoh:ms:Perak
MY:Kota Bharu:ms:Kelantan
NG:Port Harcourt:en:Rivers State
IE:Limerick:en:Munster|Connemara|Donegal|Kerry|Mayo|Kildare|Wicklow
ZA:Cape Town:en:Western Cape
ZA:Johannesburg:en:Gauteng
ZA:Durban:en:KwaZulu-Natal
"""

#: Abbreviations that stand right after a town: "Austin TX", "Perth WA".
CODES = {
    "US": """
        AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ
        NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC
    """,
    "CA": "AB:01 BC:02 MB:03 NB:04 NL:05 NS:07 ON:08 PE:09 QC:10 SK:11",
    "AU": "ACT:01 NSW:02 NT:03 QLD:04 SA:05 TAS:06 VIC:07 WA:08",
}
#: Regions that are countries or towns elsewhere, or two countries', and how much each has.
SHARED = {"Georgia": 0.5, "Punjab": 0.5, "Victoria": 0.5, "Limburg": 0.5}
#: Words first, places second: no place without a word beside them that says so.
ORDINARY = """
    Turkey Chad Jordan Georgia Réunion Reunião indien Того того mali oman sam man daca cita us
    ao polka niger nice Essex Mayo Kerry Devon Norfolk Victoria Lorraine Savoie Java jersey
    Gales guinea bi norka finka dunka ruska hindi pole finne sonora rus nor dan ir ceh fin
    danske norsk dansk svensk Pará Maine yuki sami salvador even ona
    Tsekkaa Tsekkaan tsekata Varsa Shalom بكسل Számla Számlám Számlák
    Számlát Számlával
"""
