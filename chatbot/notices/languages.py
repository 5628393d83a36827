"""That the assistant speaks English only, in the languages shoppers most often write."""

ENGLISH = (
    "I can only answer in English so far. I've passed this chat on to a person from our team;"
    " a colleague will answer you here."
)
CANNOT_SERVE = {"en": ENGLISH} | {
    code: f"{own} {ENGLISH}"
    for code, own in {
        "de": "Ich kann nur auf Englisch antworten und gebe Ihre Nachricht an unser Team weiter.",
        "fr": "Je ne peux répondre qu'en anglais; je transmets votre message à notre équipe.",
        "es": "Solo puedo responder en inglés; paso su mensaje a una persona de nuestro equipo.",
        "it": "Posso rispondere solo in inglese; passo il messaggio a una persona del nostro team.",
        "pt": "Só consigo responder em inglês; passo a sua mensagem a uma pessoa da nossa equipa.",
        "nl": "Ik kan alleen in het Engels antwoorden en geef uw bericht door aan ons team.",
        "pl": "Odpowiadam tylko po angielsku; przekazuję wiadomość osobie z naszego zespołu.",
        "sv": "Jag kan bara svara på engelska och skickar ditt meddelande vidare till vårt team.",
        "da": "Jeg kan kun svare på engelsk og sender din besked videre til vores team.",
        "ru": "Я отвечаю только на английском; передаю ваше сообщение сотруднику.",
        "uk": "Я відповідаю лише англійською; передаю ваше повідомлення працівнику.",
        "tr": "Yalnızca İngilizce yanıt verebiliyorum; mesajınızı ekibimize iletiyorum.",
        "ar": "أستطيع الرد بالإنجليزية فقط؛ سأحيل رسالتك إلى أحد أعضاء فريقنا.",
        "hi": "मैं केवल अंग्रेज़ी में उत्तर दे सकता हूँ; आपका संदेश हमारी टीम को भेज रहा हूँ।",
        "zh": "我目前只能用英语回答，已将您的消息转给我们的同事。",
        "ja": "英語でのみお答えできます。メッセージを担当者に引き継ぎます。",
        "ko": "영어로만 답변할 수 있어 메시지를 담당자에게 전달합니다.",
    }.items()
}
# That a message was read word by word: the answer in English stands right behind it.
BY_LIST = {
    "en": "I read your message word by word and answer in English. If I've got it wrong, a person"
    " from our team can help.",
    "de": "Ich habe Ihre Nachricht Wort für Wort gelesen und antworte auf Englisch. Falls ich etwas"
    " falsch verstanden habe, hilft Ihnen jemand aus unserem Team.",
    "fr": "J'ai lu votre message mot à mot et je réponds en anglais. Si j'ai mal compris, une"
    " personne de notre équipe peut vous aider.",
    "es": "He leído su mensaje palabra por palabra y respondo en inglés. Si lo he entendido mal,"
    " puede ayudarle una persona de nuestro equipo.",
    "it": "Ho letto il messaggio parola per parola e rispondo in inglese. Se ho capito male, può"
    " aiutarla una persona del nostro team.",
    "pt": "Li a sua mensagem palavra por palavra e respondo em inglês. Se percebi mal, uma pessoa"
    " da nossa equipa pode ajudar.",
    "nl": "Ik heb uw bericht woord voor woord gelezen en antwoord in het Engels. Heb ik het"
    " verkeerd begrepen, dan helpt iemand van ons team u.",
    "pl": "Czytam wiadomość słowo po słowie i odpowiadam po angielsku. Jeśli coś źle zrozumiałem,"
    " pomoże osoba z naszego zespołu.",
    "ru": "Я прочитал ваше сообщение слово за словом и отвечаю по-английски. Если я понял неверно,"
    " вам поможет наш сотрудник.",
    "tr": "Mesajınızı kelime kelime okudum, İngilizce yanıt veriyorum. Yanlış anladıysam"
    " ekibimizden biri yardımcı olabilir.",
    "zh": "我是逐词读懂您的消息的，用英语回答。如果理解有误，我们的同事可以帮您。",
    "ja": "メッセージを単語ごとに読み取り、英語でお答えします。"
    "誤解があれば担当者がお手伝いします。",
    "ar": "قرأت رسالتك كلمةً كلمة وأجيب بالإنجليزية. إن أسأت الفهم فيمكن لأحد أعضاء فريقنا مساعدتك.",
    "hi": "मैंने आपका संदेश शब्द-दर-शब्द पढ़ा है और अंग्रेज़ी में उत्तर देता हूँ। यदि मैंने ग़लत समझा हो,"
    " तो हमारी टीम का कोई व्यक्ति मदद कर सकता है।",
    "ko": "메시지를 단어별로 읽고 영어로 답합니다. 잘못 이해했다면 담당자가 도와드립니다.",
}
BY_LANGUAGE = {"language.cannot_serve": CANNOT_SERVE, "language.by_list": BY_LIST}
