"""Nationality words of many languages, with their forms, written by hand for make_countries."""

from __future__ import annotations

from collections.abc import Iterator

#: ``language`` to "country word word"; the forms are made by the grammar below.
DEMONYMS = {
    "en": """
        US American|GB British Brit Briton Scottish Scot Welsh Englishman Englishwoman English+|
        CA Canadian|AU Australian Aussie|NZ Kiwi New_Zealander|IE Irish Irishman Irishwoman|
        DE German+|AT Austrian|CH Swiss|FR French+ Frenchman Frenchwoman|ES Spanish+ Spaniard|
        PT Portuguese+|IT Italian+|NL Dutch+ Dutchman|BE Belgian|LU Luxembourger|DK Danish+ Dane|
        SE Swedish+ Swede|NO Norwegian+|FI Finnish+ Finn|IS Icelandic+ Icelander|PL Polish+|
        CZ Czech+|SK Slovak+|HU Hungarian+|RO Romanian+|BG Bulgarian+|GR Greek+|TR Turkish+ Turk|
        UA Ukrainian+|RU Russian+|BY Belarusian|RS Serbian+ Serb|HR Croatian+ Croat|BA Bosnian|
        SI Slovenian|MK Macedonian|AL Albanian|LT Lithuanian+|LV Latvian+|EE Estonian+|
        GE Georgian|AM Armenian|AZ Azerbaijani|KZ Kazakh|UZ Uzbek|IL Israeli|PS Palestinian|
        LB Lebanese|SY Syrian|JO Jordanian|IQ Iraqi|IR Iranian|SA Saudi|AE Emirati|YE Yemeni|
        AF Afghan|PK Pakistani|IN Indian|BD Bangladeshi|LK Sri_Lankan|NP Nepali Nepalese|
        CN Chinese+|TW Taiwanese|JP Japanese+|KR Korean+|TH Thai+|VN Vietnamese+|MY Malaysian|
        ID Indonesian+|PH Filipino Filipina|SG Singaporean|MM Burmese|KH Cambodian|MN Mongolian|
        NG Nigerian|GH Ghanaian|KE Kenyan|ZA South_African|UG Ugandan|TZ Tanzanian|ET Ethiopian|
        EG Egyptian|MA Moroccan|DZ Algerian|TN Tunisian|LY Libyan|SD Sudanese|SN Senegalese|
        CM Cameroonian|ZW Zimbabwean|ZM Zambian|RW Rwandan|CI Ivorian|CD Congolese|
        MX Mexican|BR Brazilian|AR Argentinian Argentine Argentinean|CL Chilean|CO Colombian|
        PE Peruvian|VE Venezuelan|EC Ecuadorian|BO Bolivian|UY Uruguayan|PY Paraguayan|CU Cuban|
        DO Dominican|GT Guatemalan|HN Honduran|NI Nicaraguan|CR Costa_Rican|PA Panamanian|
        JM Jamaican|HT Haitian|PR Puerto_Rican|TT Trinidadian|MT Maltese|CY Cypriot|XK Kosovar
    """,
    "es": """
        US estadounidense|GB británico inglés+ escocés galés|CA canadiense|AU australiano|
        NZ neozelandés|IE irlandés|DE alemán+|AT austriaco austríaco|CH suizo|FR francés+|
        ES español+|PT portugués+|IT italiano+|NL holandés+ neerlandés|BE belga|DK danés|SE sueco|
        NO noruego|FI finlandés|IS islandés|PL polaco|CZ checo|SK eslovaco|HU húngaro|RO rumano|
        BG búlgaro|GR griego|TR turco|UA ucraniano|RU ruso+|BY bielorruso|RS serbio|HR croata|
        BA bosnio|SI esloveno|AL albanés|LT lituano|LV letón|EE estonio|IL israelí|PS palestino|
        LB libanés|SY sirio|IQ iraquí|IR iraní|SA saudí|AF afgano|PK pakistaní|IN indio|
        BD bangladesí|CN chino+|TW taiwanés|JP japonés+|KR coreano+|TH tailandés|VN vietnamita|
        MY malasio|ID indonesio|PH filipino|NG nigeriano|GH ghanés|KE keniano keniata|
        ZA sudafricano|EG egipcio|MA marroquí|DZ argelino|TN tunecino|SN senegalés|CM camerunés|
        ET etíope|MX mexicano mejicano|BR brasileño|AR argentino|CL chileno|CO colombiano|PE
        peruano|
        VE venezolano|EC ecuatoriano|BO boliviano|UY uruguayo|PY paraguayo|CU cubano|
        DO dominicano|GT guatemalteco|HN hondureño|NI nicaragüense|CR costarricense|PA panameño|
        SV salvadoreño|PR puertorriqueño boricua|HT haitiano|JM jamaicano
    """,
    "pt": """
        US estadunidense norte-americano|GB britânico inglês+ escocês|CA canadense canadiano|
        AU australiano|NZ neozelandês|IE irlandês|DE alemão+|AT austríaco|CH suíço|FR francês+|
        ES espanhol+|PT português+|IT italiano+|NL holandês|BE belga|DK dinamarquês|SE sueco|
        NO norueguês|FI finlandês|PL polonês polaco|CZ tcheco checo|SK eslovaco|HU húngaro|
        RO romeno|BG búlgaro|GR grego|TR turco|UA ucraniano|RU russo+|RS sérvio|HR croata|
        IL israelense israelita|PS palestino|LB libanês|SY sírio|IQ iraquiano|IR iraniano|
        AF afegão|PK paquistanês|IN indiano|CN chinês+|TW taiwanês|JP japonês+|KR coreano+|
        TH tailandês|VN vietnamita|ID indonésio|PH filipino|NG nigeriano|GH ganês|KE queniano|
        ZA sul-africano|EG egípcio|MA marroquino|DZ argelino|TN tunisiano tunisino|SN senegalês|
        AO angolano|MZ moçambicano|CV cabo-verdiano|GW guineense|MX mexicano|BR brasileiro|
        AR argentino|CL chileno|CO colombiano|PE peruano|VE venezuelano|EC equatoriano|
        BO boliviano|UY uruguaio|PY paraguaio|CU cubano|DO dominicano|GT guatemalteco|
        HT haitiano|JM jamaicano|CR costarriquenho|PA panamenho|IS islandês|LU luxemburguês
    """,
    "it": """
        US statunitense|GB britannico inglese+ scozzese gallese|CA canadese|AU australiano|
        NZ neozelandese|IE irlandese|DE tedesco+|AT austriaco|CH svizzero|FR francese+|
        ES spagnolo+|PT portoghese+|IT italiano+|NL olandese|BE belga|DK danese|SE svedese|
        NO norvegese|FI finlandese|IS islandese|PL polacco|CZ ceco|SK slovacco|HU ungherese|
        RO rumeno romeno|BG bulgaro|GR greco|TR turco|UA ucraino|RU russo+|RS serbo|HR croato|
        BA bosniaco|SI sloveno|AL albanese|LT lituano|LV lettone|EE estone|IL israeliano|
        PS palestinese|LB libanese|SY siriano|IQ iracheno|IR iraniano|AF afghano|PK pakistano|
        IN indiano|BD bengalese|LK singalese|CN cinese+|TW taiwanese|JP giapponese+|KR coreano|
        TH thailandese|VN vietnamita|ID indonesiano|PH filippino|NG nigeriano|GH ghanese|
        KE keniota keniano|ZA sudafricano|EG egiziano|MA marocchino|DZ algerino|TN tunisino|
        SN senegalese|CM camerunese|ET etiope|MX messicano|BR brasiliano|AR argentino|CL cileno|
        CO colombiano|PE peruviano|VE venezuelano|EC ecuadoriano|BO boliviano|UY uruguaiano|
        CU cubano|DO dominicano|JM giamaicano|MT maltese
    """,
    "fr": """
        US américain|GB britannique anglais+ écossais gallois|CA canadien québécois|
        AU australien|NZ néo-zélandais|IE irlandais|DE allemand+|AT autrichien|CH suisse|
        FR français+|ES espagnol+|PT portugais+|IT italien+|NL néerlandais hollandais|BE belge|
        LU luxembourgeois|DK danois|SE suédois|NO norvégien|FI finlandais|IS islandais|
        PL polonais|CZ tchèque|SK slovaque|HU hongrois|RO roumain|BG bulgare|GR grec|TR turc|
        UA ukrainien|RU russe+|BY biélorusse|RS serbe|HR croate|BA bosniaque|SI slovène|
        AL albanais|LT lituanien|LV letton|EE estonien|GE géorgien|AM arménien|IL israélien|
        PS palestinien|LB libanais|SY syrien|IQ irakien|IR iranien|AF afghan|PK pakistanais|
        IN indien|BD bangladais|CN chinois+|TW taïwanais|JP japonais+|KR coréen|TH thaïlandais|
        VN vietnamien|ID indonésien|PH philippin|NG nigérian|GH ghanéen|KE kényan|
        ZA sud-africain|EG égyptien|MA marocain|DZ algérien|TN tunisien|LY libyen|SN sénégalais|
        CM camerounais|CI ivoirien|CD congolais|ML malien|BF burkinabè|BJ béninois|TG togolais|
        NE nigérien|GN guinéen|MG malgache|RW rwandais|ET éthiopien|MX mexicain|BR brésilien|
        AR argentin|CL chilien|CO colombien|PE péruvien|VE vénézuélien|CU cubain|HT haïtien|
        MU mauricien
    """,
    "de": """
        US Amerikaner:amerikanisch|GB Brite:britisch Engländer:englisch+ Schotte:schottisch
        Waliser:walisisch|CA Kanadier:kanadisch|AU Australier:australisch|NZ Neuseeländer|
        IE Ire:irisch|DE Deutsche:|AT Österreicher:österreichisch|CH Schweizer:schweizerisch|
        FR Franzose:französisch+|ES Spanier:spanisch+|PT Portugiese:portugiesisch+|
        IT Italiener:italienisch+|NL Niederländer:niederländisch Holländer:holländisch|
        BE Belgier:belgisch|LU Luxemburger:luxemburgisch|DK Däne:dänisch|SE Schwede:schwedisch|
        NO Norweger:norwegisch|FI Finne:finnisch|IS Isländer:isländisch|PL Pole:polnisch+|
        CZ Tscheche:tschechisch|SK Slowake:slowakisch|HU Ungar:ungarisch|RO Rumäne:rumänisch|
        BG Bulgare:bulgarisch|GR Grieche:griechisch|TR Türke:türkisch+|UA Ukrainer:ukrainisch|
        RU Russe:russisch+|BY Belarusse:belarussisch|RS Serbe:serbisch|HR Kroate:kroatisch|
        BA Bosnier:bosnisch|SI Slowene:slowenisch|AL Albaner:albanisch|LT Litauer:litauisch|
        LV Lette:lettisch|EE Este:estnisch|GE Georgier:georgisch|AM Armenier:armenisch|
        IL Israeli:israelisch|PS Palästinenser:palästinensisch|LB Libanese:libanesisch|
        SY Syrer:syrisch|IQ Iraker:irakisch|IR Iraner:iranisch|AF Afghane:afghanisch|
        PK Pakistaner:pakistanisch|IN Inder:indisch|CN Chinese:chinesisch+|JP Japaner:japanisch+|
        KR Koreaner:koreanisch|TH Thailänder:thailändisch|VN Vietnamese:vietnamesisch|
        ID Indonesier:indonesisch|PH Filipino:philippinisch|NG Nigerianer:nigerianisch|
        GH Ghanaer:ghanaisch|KE Kenianer:kenianisch|ZA Südafrikaner:südafrikanisch|
        EG Ägypter:ägyptisch|MA Marokkaner:marokkanisch|DZ Algerier:algerisch|
        TN Tunesier:tunesisch|SN Senegalese:senegalesisch|ER Eritreer:eritreisch|
        ET Äthiopier:äthiopisch|SO Somalier:somalisch|MX Mexikaner:mexikanisch|
        BR Brasilianer:brasilianisch|AR Argentinier:argentinisch|CL Chilene:chilenisch|
        CO Kolumbianer:kolumbianisch|PE Peruaner:peruanisch|VE Venezolaner:venezolanisch|
        CU Kubaner:kubanisch|XK Kosovare:kosovarisch
    """,
    "nl": """
        NL Nederlander Nederlandse|BE Belg Belgische Vlaming|DE Duitser Duitse|GB Brit Britse
        Engelsman Engelse|US Amerikaan Amerikaanse|FR Fransman Française Franse+|ES Spanjaard
        Spaanse|
        IT Italiaan Italiaanse|PT Portugees+ Portugese+|PL Pool Poolse|TR Turk Turkse|
        MA Marokkaan Marokkaanse|SR Surinamer Surinaamse|ID Indonesiër Indonesische|
        AT Oostenrijker Oostenrijkse|CH Zwitser Zwitserse|DK Deen Deense|SE Zweed Zweedse|
        NO Noor Noorse|FI Fin Finse|GR Griek Griekse|RU Rus Russische+|UA Oekraïner Oekraïense|
        CZ Tsjech Tsjechische|HU Hongaar Hongaarse|RO Roemeen Roemeense|IE Ier Ierse|
        BR Braziliaan Braziliaanse|CN Chinees+ Chinese+|JP Japanner Japanse|SY Syriër Syrische|
        ZA Zuid-Afrikaan Zuid-Afrikaanse|CA Canadees Canadese|AU Australiër Australische
    """,
    "sv": """
        SE svensk svenska+|NO norrman norsk|DK dansk danska+|FI finländare finländsk finne finska+|
        DE tysk tyska+|GB britt brittisk engelsman|US amerikan amerikansk|FR fransman fransk|
        ES spanjor spansk|IT italienare italiensk|PT portugis|PL polack polsk|RU ryss rysk|
        UA ukrainare ukrainsk|TR turk turkisk|IR iranier iransk|IQ irakier irakisk|
        SY syrier syrisk|SO somalier|GR grek grekisk|NL holländare|AT österrikare|
        CH schweizare|IE irländare irländsk|IS isländare|EE estländare|LV lettisk|
        BR brasilianare|CN kines|JP japan japansk|IN indier|CA kanadensare|AU australier
    """,
    "da": """
        DK dansker danske+ dansk+|NO nordmand norsk|SE svensker svensk|DE tysker tysk+|GB brite
        britisk englænder|US amerikaner amerikansk|FR franskmand fransk|ES spanier spansk|
        IT italiener italiensk|PT portugiser|PL polak polsk|RU russer russisk|UA ukrainer
        ukrainsk|TR tyrker tyrkisk|IR iraner iransk|IQ iraker irakisk|SY syrer syrisk|
        GR græker|NL hollænder|AT østriger|CH schweizer|IE irer irsk|IS islænding islandsk|
        FI finne finsk|BR brasilianer|CN kineser|JP japaner|IN inder|CA canadier|AU australier
    """,
    "nb": """
        NO nordmann norsk+|DK danske dansk|SE svenske svensk|DE tysker tysk|GB brite britisk|
        US amerikaner amerikansk|FR franskmann fransk|ES spanjol spansk|IT italiener italiensk|
        PT portugiser|PL polakk polsk|RU russer russisk|UA ukrainer ukrainsk|TR tyrker tyrkisk|
        IR iraner iransk|IQ iraker irakisk|SY syrer syrisk|GR greker gresk|NL nederlender|
        AT østerriker|CH sveitser|IE ire irsk|IS islending islandsk|FI finne finsk|
        BR brasilianer|CN kineser|JP japaner|IN inder|CA kanadier|AU australier
    """,
    "fi": """
        FI suomalainen|SE ruotsalainen|NO norjalainen|DK tanskalainen|EE virolainen|
        RU venäläinen|UA ukrainalainen|DE saksalainen|GB brittiläinen englantilainen|
        US amerikkalainen yhdysvaltalainen|FR ranskalainen|ES espanjalainen|IT italialainen|
        PT portugalilainen|PL puolalainen|TR turkkilainen|GR kreikkalainen|NL hollantilainen|
        AT itävaltalainen|CH sveitsiläinen|IE irlantilainen|HU unkarilainen|RO romanialainen|
        CZ tšekkiläinen|BR brasilialainen|CN kiinalainen|JP japanilainen|IN intialainen|
        CA kanadalainen|AU australialainen|NG nigerialainen
    """,
    "pl": """
        PL Polak Polka Polakiem Polką Polacy Polaków|UA Ukrainiec Ukrainka Ukraińcem Ukrainką|
        DE Niemiec Niemka Niemcem Niemką|RU Rosjanin Rosjanka Rosjaninem Rosjanką|
        BY Białorusin Białorusinka|CZ Czech Czeszka Czechem Czeszką|SK Słowak Słowaczka|
        GB Brytyjczyk Brytyjka Anglik Angielka Anglikiem Szkot|FR Francuz Francuzka Francuzem|
        ES Hiszpan Hiszpanka Hiszpanem|IT Włoch Włoszka Włochem|US Amerykanin Amerykanka|
        IE Irlandczyk Irlandka|SE Szwed Szwedka|NO Norweg Norweżka|DK Duńczyk Dunka|FI Fin Finka|
        NL Holender Holenderka|BE Belg Belgijka|AT Austriak Austriaczka|CH Szwajcar Szwajcarka|
        HU Węgier Węgierka|RO Rumun Rumunka|LT Litwin Litwinka|LV Łotysz Łotyszka|
        GR Grek Greczynka|TR Turek Turczynka|PT Portugalczyk Portugalka|JP Japończyk Japonka|
        CN Chińczyk Chinka|BR Brazylijczyk Brazylijka|CA Kanadyjczyk Kanadyjka|IN Hindus Hinduska
    """,
    "cs": """
        CZ Čech Češka Čechem Češkou|SK Slovák Slovenka Slovákem|DE Němec Němka Němcem|
        AT Rakušan Rakušanka|PL Polák Polka Polákem|HU Maďar Maďarka|UA Ukrajinec Ukrajinka
        Ukrajincem Ukrajinkou|RU Rus Ruska|GB Brit Britka Angličan Angličanka|
        US Američan Američanka|FR Francouz Francouzka|ES Španěl Španělka|IT Ital Italka|
        PT Portugalec|NL Holanďan Nizozemec|BE Belgičan|CH Švýcar Švýcarka|SE Švéd Švédka|
        NO Nor Norka|DK Dán Dánka|FI Fin Finka|IE Ir Irka|GR Řek Řekyně|TR Turek Turkyně|
        RO Rumun Rumunka|BG Bulhar|HR Chorvat Chorvatka|RS Srb Srbka|VN Vietnamec Vietnamka
    """,
    "hu": """
        HU magyar+|RO román|SK szlovák|RS szerb|HR horvát|AT osztrák|DE német+|UA ukrán|RU orosz+|
        PL lengyel|CZ cseh|GB brit|US amerikai|FR francia+|ES spanyol+|IT olasz+|PT portugál+|
        GR görög|TR török|NL holland|BE belga|CH svájci|SE svéd|NO norvég|DK dán|FI finn|IE ír|
        CN kínai|JP japán|BR brazil
    """,
    "ro": """
        RO român româncă|MD moldovean moldoveancă|HU maghiar ungur|BG bulgar|RS sârb|UA ucrainean
        ucraineancă|RU rus rusoaică|DE german nemțoaică neamț|AT austriac|GB britanic englez|
        US american americancă|FR francez franțuzoaică|ES spaniol spanioloaică|IT italian
        italiancă|PT portughez|GR grec|TR turc turcoaică|PL polonez|CZ ceh|NL olandez|BE belgian|
        CH elvețian|SE suedez|NO norvegian|DK danez|FI finlandez|IE irlandez|IL israelian|
        CN chinez|JP japonez
    """,
    "tr": """
        TR Türk+ Türküm Türkler|DE Alman|GB İngiliz|US Amerikalı Amerikalıyım|FR Fransız|
        ES İspanyol|IT İtalyan|PT Portekizli|NL Hollandalı|BE Belçikalı|AT Avusturyalı|
        CH İsviçreli|GR Yunan|BG Bulgar|RO Rumen|RU Rus|UA Ukraynalı|PL Polonyalı|SE İsveçli|
        NO Norveçli|DK Danimarkalı|SY Suriyeli|IQ Iraklı|IR İranlı|AZ Azerbaycanlı Azeri|
        EG Mısırlı|JP Japon|CN Çinli|KR Koreli|IN Hintli|BR Brezilyalı
    """,
    "ru": """
        RU россиянин россиянка русский+ русская+|UA украинец украинка украинцем|BY белорус
        белоруска|KZ казах казашка казахстанец|UZ узбек узбечка|GE грузин грузинка|AM армянин
        армянка|AZ азербайджанец|MD молдаванин|KG киргиз|TJ таджик|LV латыш|LT литовец|
        EE эстонец|DE немец немка|GB англичанин англичанка британец британка|US американец
        американка|FR француз француженка|ES испанец испанка|IT итальянец итальянка|
        PL поляк полька|CZ чех|TR турок турчанка|IL израильтянин израильтянка|CN китаец китаянка|
        JP японец японка|CA канадец канадка|FI финн|SE швед|RS серб сербка|BG болгарин
    """,
    "uk": """
        UA українець українка українцем українкою|RU росіянин росіянка|BY білорус|PL поляк
        полька|DE німець німкеня|GB англієць британець британка|US американець американка|
        FR француз француженка|ES іспанець іспанка|IT італієць італійка|PT португалець|
        CZ чех чешка|SK словак|HU угорець|RO румун|MD молдованин|GE грузин грузинка|AM вірменин|
        TR турок|IL ізраїльтянин|KZ казах|LT литовець|LV латвієць|EE естонець|SE швед|FI фін|
        NO норвежець|CA канадієць канадка|JP японець|CN китаєць
    """,
    "el": """
        GR Έλληνας Ελληνίδα Έλληνες|CY Κύπριος Κύπρια|DE Γερμανός Γερμανίδα|GB Βρετανός
        Βρετανίδα Άγγλος Αγγλίδα|US Αμερικανός Αμερικανίδα Αμερικάνος|FR Γάλλος Γαλλίδα|
        ES Ισπανός Ισπανίδα|IT Ιταλός Ιταλίδα|PT Πορτογάλος|AL Αλβανός Αλβανίδα|BG Βούλγαρος|
        RO Ρουμάνος Ρουμάνα|TR Τούρκος Τουρκάλα|RU Ρώσος Ρωσίδα|UA Ουκρανός Ουκρανή|RS Σέρβος|
        PL Πολωνός Πολωνή|NL Ολλανδός Ολλανδέζα|BE Βέλγος|AT Αυστριακός|CH Ελβετός|SE Σουηδός|
        NO Νορβηγός|DK Δανός|IE Ιρλανδός|SY Σύρος|EG Αιγύπτιος|CN Κινέζος|JP Ιάπωνας|AU Αυστραλός
    """,
    "ar": """
        SY سوري سورية|EG مصري مصرية|LB لبناني لبنانية|JO أردني أردنية|PS فلسطيني فلسطينية|
        IQ عراقي عراقية|SA سعودي سعودية|AE إماراتي إماراتية|KW كويتي كويتية|QA قطري قطرية|
        BH بحريني بحرينية|OM عماني عمانية|YE يمني يمنية|SD سوداني سودانية|LY ليبي ليبية|
        TN تونسي تونسية|DZ جزائري جزائرية|MA مغربي مغربية|MR موريتاني|SO صومالي صومالية|
        TR تركي تركية|IR إيراني إيرانية|DE ألماني ألمانية|FR فرنسي فرنسية|GB بريطاني بريطانية|
        US أمريكي أمريكية أميركي|ES إسباني إسبانية|IT إيطالي إيطالية|RU روسي روسية|IN هندي هندية|
        PK باكستاني|CA كندي كندية
    """,
    "fa": """
        IR ایرانی|AF افغان افغانستانی|TJ تاجیک|IQ عراقی|TR ترک|SY سوری|LB لبنانی|EG مصری|
        DE آلمانی+|FR فرانسوی+|GB انگلیسی+ بریتانیایی|US آمریکایی|CA کانادایی|SE سوئدی|NO نروژی|
        NL هلندی|BE بلژیکی|AT اتریشی|CH سوئیسی|IT ایتالیایی|ES اسپانیایی|RU روسی|UA اوکراینی|
        PK پاکستانی|IN هندی|CN چینی|JP ژاپنی|KR کره‌ای|AU استرالیایی|IL اسرائیلی
    """,
    "he": """
        IL ישראלי ישראלית ישראלים|PS פלסטיני פלסטינית|EG מצרי מצרית|JO ירדני ירדנית|LB לבנוני|
        SY סורי סורית|US אמריקאי אמריקאית|GB בריטי בריטית|FR צרפתי צרפתייה|DE גרמני גרמנייה|
        IT איטלקי איטלקייה|ES ספרדי ספרדייה|PT פורטוגלי|RU רוסי רוסייה|UA אוקראיני אוקראינית|
        PL פולני פולנייה|RO רומני|HU הונגרי|GR יווני יוונית|TR טורקי טורקית|NL הולנדי|BE בלגי|
        AT אוסטרי|CH שווייצרי|ET אתיופי|MA מרוקאי מרוקאית|AR ארגנטינאי ארגנטינאית|BR ברזילאי|
        CA קנדי קנדית|AU אוסטרלי
    """,
    "hi": """
        IN भारतीय हिंदुस्तानी|PK पाकिस्तानी|NP नेपाली|BD बांग्लादेशी|LK श्रीलंकाई|AF अफ़ग़ान|
        CN चीनी|JP जापानी|KR कोरियाई|US अमेरिकी अमरीकी|GB ब्रिटिश|CA कनाडाई|AU ऑस्ट्रेलियाई|
        DE जर्मन|FR फ्रांसीसी|IT इतालवी|RU रूसी|UA यूक्रेनी|IR ईरानी|IQ इराकी|ID इंडोनेशियाई|
        TH थाई|VN वियतनामी|ZA दक्षिण_अफ्रीकी|NG नाइजीरियाई|BR ब्राज़ीलियाई
    """,
    "id": """
        ID orang_Indonesia WNI|MY orang_Malaysia|SG orang_Singapura|PH orang_Filipina|
        TH orang_Thailand|VN orang_Vietnam|AU orang_Australia|US orang_Amerika|GB orang_Inggris|
        NL orang_Belanda|DE orang_Jerman|FR orang_Prancis|IT orang_Italia|ES orang_Spanyol|
        JP orang_Jepang|KR orang_Korea|CN orang_Tiongkok|IN orang_India|TL orang_Timor|
        BN orang_Brunei|NZ orang_Selandia|CA orang_Kanada|BR orang_Brasil|RU orang_Rusia|
        TR orang_Turki|EG orang_Mesir|SA orang_Arab_Saudi
    """,
}
#: "日本人", "한국인", "中国人": the country's name in that language and this word behind it.
PERSON = {"ja": "人", "zh": "人", "ko": "인", "ko2": " 사람"}
#: A word that is a language as well says half as much.
LANGUAGE_TOO = 0.5
_ADJECTIVE = ("", "e", "er", "en", "es", "em")


def forms_of(language: str, word: str) -> list[str]:
    """A nationality word with its genders and numbers."""
    makers = {"es": _spanish, "pt": _portuguese, "it": _italian, "fr": _french, "de": _german}
    maker = makers.get(language)
    if maker:
        return maker(word)
    if language == "fi":
        return [word, word.removesuffix("nen") + "set", word.removesuffix("nen") + "sena"]
    return [word, word + "s"] if language == "en" and word.endswith(("n", "i", "k")) else [word]


def _spanish(word: str) -> list[str]:
    stem = word[:-1]
    if word.endswith("o"):
        return [word, stem + "a", word + "s", stem + "as"]
    plain = word[:-2] + {"és": "es", "án": "an", "ón": "on"}.get(word[-2:], word[-2:])
    if word.endswith(("és", "án", "ón", "ol")):
        return [word, plain + "a", plain + "es", plain + "as"]
    return [word, word + "s", *([word + "es"] if word.endswith("í") else [])]


def _portuguese(word: str) -> list[str]:
    stem = word[:-1]
    if word.endswith("ão"):
        return [word, word[:-2] + "ã", word[:-2] + "ães"]
    if word.endswith("o"):
        return [word, stem + "a", word + "s", stem + "as"]
    if word.endswith("ês"):
        return [word, *(word[:-2] + end for end in ("esa", "eses", "esas"))]
    return [word, word[:-1] + "óis", word + "a"] if word.endswith("ol") else [word, word + "s"]


def _italian(word: str) -> list[str]:
    stem = word[:-1]
    if word.endswith("o"):
        return [
            word,
            stem + "a",
            stem + "i",
            stem + "e",
            *([stem + "hi"] if stem[-1] == "c" else []),
        ]
    return [word, stem + "i"]


def _french(word: str) -> list[str]:
    if word.endswith("e"):
        return [word, word + "s"]
    she = word + ("ne" if word.endswith("en") else "que"[1:] if word == "turc" else "e")
    she = {"turc": "turque", "grec": "grecque", "letton": "lettone"}.get(word, she)
    return [word, she, she + "s", *([] if word.endswith("s") else [word + "s"])]


def _german(word: str) -> list[str]:
    noun, _, adjective = word.partition(":")
    stem = noun.removesuffix("e")
    she = {"Franzos": "Französ"}.get(stem, stem) + "in"
    people = [noun, noun + "n", she, she + "nen"]
    if noun == "Deutsche":
        people = ["Deutscher", "Deutsche", "Deutschen"]
    return [*people, *(adjective + end for end in _ADJECTIVE if adjective)]


def demonyms() -> Iterator[tuple[str, str, str, str]]:
    """Rows of the table: country, ``demonym-xx``, the word, its share where it is less than 1."""
    for language, listed in DEMONYMS.items():
        for group in listed.split("|"):
            iso, *words = group.split()
            for word in words:
                share = str(LANGUAGE_TOO) if word.endswith("+") else ""
                for form in forms_of(language, word.rstrip("+").replace("_", " ")):
                    yield iso, f"demonym-{language}", form, share
