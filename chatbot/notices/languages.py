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
