"""The fixed texts in German."""

NOTICES = {
    "disclosure": (
        "Sie chatten mit einem KI-Assistenten, nicht mit einem Menschen. Seine Antworten stützen"
        " sich auf die Daten dieses Shops und werden aufgezeichnet. Sie können jederzeit nach"
        " einem Menschen fragen."
    ),
    "ai.yes": (
        "Ich bin ein KI-Assistent, ein Computerprogramm und kein Mensch. Sie können jederzeit mit"
        " einem Menschen aus unserem Team sprechen: Sagen Sie es einfach oder drücken Sie den"
        " Knopf unten."
    ),
    "person.button": "Ich möchte mit einem Menschen sprechen.",
    "identity.sign_in": (
        "Um Ihnen eine Bestellung zu zeigen, muss ich wissen, dass es Ihre ist. Bitte melden Sie"
        " sich an oder nennen Sie mir die Bestellnummer zusammen mit der E-Mail-Adresse, mit der"
        " bestellt wurde."
    ),
    "identity.email": (
        "Danke. Um diese Bestellung nachzusehen, brauche ich noch die E-Mail-Adresse, mit der"
        " bestellt wurde; oder Sie melden sich an."
    ),
    "identity.number": (
        "Danke. Um eine Bestellung nachzusehen, brauche ich noch die Bestellnummer; oder Sie"
        " melden sich an."
    ),
    "identity.not_found": (
        "Mit diesen Angaben kann ich keine Bestellung zeigen. Bitte prüfen Sie die Bestellnummer"
        " und die E-Mail-Adresse, mit der bestellt wurde, oder melden Sie sich an. Auch ein Mensch"
        " aus unserem Team kann helfen."
    ),
    "identity.code_wrong": (
        "Dieser Code stimmt nicht oder ist abgelaufen. Bitte sehen Sie noch einmal in der neuesten"
        " E-Mail nach, fordern Sie einen neuen Code an oder melden Sie sich an."
    ),
    "identity.no_orders": (
        "Ich finde keine Bestellung zu dem Konto, mit dem Sie angemeldet sind. Wenn Sie als Gast"
        " bestellt haben, nennen Sie mir die Bestellnummer und die dabei verwendete E-Mail-Adresse."
    ),
    "identity.others": (
        "Eine Bestellung zeige ich nur der Person, die sie aufgegeben hat; das gilt auch für"
        " Familie und Freunde. Diese Person kann hier selbst fragen: angemeldet oder mit der"
        " Bestellnummer und der E-Mail-Adresse, mit der bestellt wurde. Wenn sie Ihnen beides"
        " gegeben hat, schreiben Sie es hierher."
    ),
    "identity.others_again": (
        "Es tut mir leid, ich kann keine Ausnahme machen: Ich sehe nicht, wer schreibt, deshalb"
        " bleibt eine Bestellung bei der Person, die sie aufgegeben hat, auch innerhalb einer"
        " Familie. Sie kann hier selbst nachsehen, angemeldet oder mit der Bestellnummer und"
        " deren E-Mail-Adresse, oder Ihnen sagen, was in der Bestätigungs-E-Mail steht."
    ),
    "order.no_guarantee": (
        "Liefertermine sind Schätzungen: Ich kann nicht versprechen, dass ein Paket an einem"
        " bestimmten Tag ankommt."
    ),
    "order.untouched": (
        "In Ordnung. Mit %(order.number)s geschieht nichts, solange Sie nicht den Knopf dazu"
        " drücken; es bleibt also alles, wie es ist."
    ),
    "order.as_it_is": (
        "In Ordnung. Für %(order.number)s ist nichts begonnen worden, es bleibt also alles, wie"
        " es ist."
    ),
    "manners.wishes": (
        "Danke, das wünsche ich Ihnen auch! Wenn ich im Shop mit etwas helfen kann, fragen Sie"
        " einfach."
    ),
    "manners.joy": (
        "Herzlichen Glückwunsch, das ist eine schöne Nachricht! Wenn ich dafür mit etwas helfen"
        " kann, fragen Sie einfach."
    ),
    "manners.night": "Gute Nacht, und danke für Ihren Besuch.",
    "manners.loss": "Mein herzliches Beileid.",
    "manners.loss_told": (
        "Mein herzliches Beileid. Wenn ich Ihnen hier etwas abnehmen kann, sagen Sie es einfach."
    ),
    "safety.danger": (
        "Das kann gefährlich sein. Wenn jemand verletzt ist, sich unwohl fühlt oder in Gefahr sein"
        " könnte, rufen Sie jetzt den örtlichen Notruf an. Benutzen Sie das Produkt nicht weiter"
        " und halten Sie sich von Gas, Rauch und Feuer fern. Ich bin eine KI und kann das von hier"
        " aus nicht beurteilen."
    ),
    "safety.emergency": (
        "Bitte rufen Sie sofort den örtlichen Notruf an oder lassen Sie jemanden in Ihrer Nähe"
        " anrufen. Ich bin eine KI und kann das von hier aus nicht beurteilen."
    ),
    "safety.despair": (
        "Ich bin eine KI, und das ist mehr, als ein Shop-Chat auffangen kann, aber Sie müssen es"
        " nicht allein tragen. Bitte rufen Sie jetzt den örtlichen Notruf oder eine Krisenhotline"
        " an: 988 in den USA und Kanada, 116 123 in Großbritannien und Irland, 112 in der EU. Wenn"
        " jemand in Ihrer Nähe ist, sagen Sie es ihm."
    ),
    "safety.stop_using": (
        "Bitte benutzen Sie es vorerst nicht weiter, und wenn jemand verletzt oder in Gefahr ist,"
        " rufen Sie den örtlichen Notruf an. Ich kann die Sicherheit von hier aus nicht"
        " beurteilen; ein Mensch aus unserem Team kann das mit Ihnen klären."
    ),
    "safety.no_medical_advice": (
        "Ich kann keinen medizinischen Rat geben und habe diese Information nicht. Bitte fragen Sie"
        " eine Ärztin, einen Arzt oder in der Apotheke; bei Fragen zu einem Produkt kann ein Mensch"
        " aus unserem Team helfen."
    ),
    "health.no_advice_beside": (
        "Ich kann keinen medizinischen Rat geben; bitte fragen Sie auch eine Ärztin, einen Arzt"
        " oder in der Apotheke. Ich kann nur wiedergeben, was der Shop selbst schreibt."
    ),
    "safety.no_legal_advice": (
        "Ich kann keinen Rechtsrat geben und in rechtlichen Dingen nicht für den Shop sprechen. Ich"
        " kann Sie an einen Menschen aus unserem Team weitergeben."
    ),
    "person.joins": (
        "Ich habe einen Menschen aus unserem Team in diesen Chat gebeten. Sie können hier"
        " inzwischen weiterschreiben."
    ),
    "person.later": (
        "Ich habe diesen Chat an einen Menschen aus unserem Team weitergegeben. Gerade ist niemand"
        " am Chat; jemand aus dem Team antwortet, sobald es wieder da ist. Sie können hier"
        " inzwischen weiterschreiben."
    ),
    "person.asked": (
        "Ich habe diesen Chat an einen Menschen aus unserem Team weitergegeben. Sie können hier"
        " inzwischen weiterschreiben."
    ),
    "person.place": (
        "Sie sind Nummer %(place)s in der Warteschlange für einen Menschen aus unserem Team. Sie"
        " können hier inzwischen weiterschreiben."
    ),
    "person.place_later": (
        "Sie sind Nummer %(place)s in der Warteschlange für einen Menschen aus unserem Team. Gerade"
        " ist niemand am Chat; jemand aus dem Team antwortet, sobald es wieder da ist."
    ),
    "person.back": (
        "Ich habe diesen Chat an einen Menschen aus unserem Team weitergegeben. Gerade ist niemand"
        " am Chat; das Team ist wieder da: %(back)s. Hinterlassen Sie Ihre E-Mail-Adresse, dann"
        " antwortet jemand per E-Mail, oder schreiben Sie hier weiter."
    ),
    "person.place_back": (
        "Sie sind Nummer %(place)s in der Warteschlange für einen Menschen aus unserem Team. Gerade"
        " ist niemand am Chat; das Team ist wieder da: %(back)s. Hinterlassen Sie Ihre"
        " E-Mail-Adresse, dann antwortet jemand per E-Mail, oder schreiben Sie hier weiter."
    ),
    "person.away": "Das Team ist wieder am Chat: %(back)s.",
    "person.away_mail": "Das Team ist wieder am Chat: %(back)s; E-Mail: %(email)s.",
    "action.press": (
        "Das tue ich nur, wenn Sie den Knopf auf der Karte oben drücken, damit nichts aus Versehen"
        " geschieht. Eine Nachricht reicht nicht."
    ),
    "claim.held": (
        "Was ich gerade sagen wollte, konnte ich anhand der Daten des Shops nicht bestätigen, also"
        " habe ich es weggelassen. Ein Mensch aus unserem Team wird es prüfen."
    ),
    "hold.waiting": (
        "Ein Mensch aus unserem Team prüft das, bevor ich antworte. Sie können hier inzwischen"
        " weiterschreiben."
    ),
    "hold.corrected": (
        "Ein Mensch aus unserem Team hat geprüft, was ich sagen wollte, und antwortet Ihnen unten"
        " mit eigenen Worten."
    ),
    "hold.refused": (
        "Ein Mensch aus unserem Team hat geprüft, was ich sagen wollte, und es war nicht gut genug,"
        " um es zu senden. Sie stehen jetzt in der Warteschlange für einen Menschen, der Ihnen"
        " antwortet; Sie können hier inzwischen weiterschreiben."
    ),
    "hold.late": (
        "Niemand aus unserem Team konnte meine Antwort rechtzeitig prüfen, deshalb gebe ich sie"
        " nicht. Drücken Sie den Knopf unten, um mit einem Menschen zu sprechen; Ihre Nachricht"
        " wird in jedem Fall jemand lesen."
    ),
    "people.only": (
        "Der Assistent ist zurzeit ausgeschaltet. Ein Mensch aus unserem Team wird Ihre Nachricht"
        " lesen und beantworten; Sie können hier inzwischen weiterschreiben."
    ),
    "unavailable": (
        "Es tut mir leid, bei uns ist etwas schiefgegangen, und ich kann das gerade nicht"
        " beantworten. Ein Mensch aus unserem Team wird Ihre Nachricht sehen."
    ),
}

CARDS = {
    "title.code": "Mit einem Code nachweisen, dass Bestellung %(number)s Ihre ist",
    "title.cancel": "Bestellung %(number)s stornieren",
    "title.return": "Rückgabe aus Bestellung %(number)s",
    "title.exchange": "Umtausch aus Bestellung %(number)s",
    "confirm.code": "Code senden",
    "confirm.cancel": "Diese Bestellung stornieren",
    "confirm.return": "Rückgabe anmelden",
    "confirm.exchange": "Umtausch anmelden",
    "decline": "Jetzt nicht",
    "decline.cancel": "Bestellung behalten",
    "code": (
        "Ein Code aus 6 Ziffern geht an die E-Mail-Adresse, mit der bestellt wurde. Geben Sie ihn"
        " innerhalb von 10 Minuten hier ein."
    ),
    "way": " (%(method)s)",
    "refund.cancel": "Erstattung: %(refund)s, auf dem Weg, auf dem Sie bezahlt haben%(way)s",
    "refund.none": "Dafür wurde Ihnen nichts berechnet",
    "refund.return": (
        "Erstattung nach Eingang und Prüfung: %(refund)s (%(parts)s), auf dem Weg, auf dem Sie"
        " bezahlt haben%(way)s"
    ),
    "refund.open": (
        "Erstattung nach Eingang und Prüfung: was Sie dafür bezahlt haben, auf dem Weg, auf dem Sie"
        " bezahlt haben%(way)s"
    ),
    "between": ", ",
    "goods": "%(goods)s für das, was Sie zurücksenden",
    "tax": "%(tax)s Steuer",
    "fee": "abzüglich %(fee)s für das Rücksendeetikett",
    "label": "Das Rücksendeetikett kostet %(fee)s; das wird von der Erstattung abgezogen",
    "label.own": "Sie organisieren und bezahlen die Rücksendung selbst",
    "send_by": "Senden Sie das Paket bis zum %(by)s ab",
    "set_aside": "%(replacement)s ist bis zum %(by)s für Sie zurückgelegt",
    "instead": "Im Tausch: %(replacement)s",
    "costs": "Der Umtausch kostet %(fee)s",
    "free": "Der Umtausch ist kostenlos",
    "condition": "Bedingung: %(condition)s",
    "for_staff": "Wegen des Betrags gibt es zuerst ein Mensch aus unserem Team frei",
}

TOLD = {
    "code.done": (
        "Wenn es eine solche Bestellung gibt, ist ein Code an ihre E-Mail-Adresse unterwegs. Geben"
        " Sie ihn hier ein."
    ),
    "code.failed": (
        "Zu viele Codes innerhalb einer Stunde. Bitte versuchen Sie es später noch einmal oder"
        " melden Sie sich an."
    ),
    "cancel.done": "Bestellung %(number)s ist storniert.",
    "return.done": (
        "Rückgabe %(change)s ist angemeldet. Bitte legen Sie diese Nummer dem Paket bei."
    ),
    "exchange.done": (
        "Umtausch %(change)s ist angemeldet. Bitte legen Sie diese Nummer dem Paket bei."
    ),
    "waiting": (
        "Wegen des Betrags gibt es zuerst ein Mensch aus unserem Team frei. Noch hat sich nichts"
        " geändert."
    ),
    "declined": "Es wurde nichts geändert.",
    "refused": (
        "Ein Mensch aus unserem Team hat es geprüft und nicht freigegeben. Es wurde nichts"
        " geändert."
    ),
    "failed": (
        "Es wurde nichts geändert: So, wie es hier steht, geht es nicht mehr. Fragen Sie mich noch"
        " einmal, was jetzt möglich ist."
    ),
    "expired": (
        "Es wurde nichts geändert: Diese Karte ist abgelaufen. Fragen Sie mich nach einer neuen."
    ),
    "replaced": "Weiter unten steht eine neuere Karte.",
    "undone": "Rückgängig gemacht. Alles ist wie zuvor.",
}

# Parts of what stands on a link beside a reply.
LINKS = {
    "sold_out": "ausverkauft",
    "in_stock": "auf Lager",
    "left": "auf Lager, noch %(left)s da",
    "some": "%(there)s von %(all)s Ausführungen auf Lager",
    "total": "Summe %(amount)s",
    "took_off": "%(code)s hat %(amount)s abgezogen",
    "refunded": "%(amount)s erstattet",
    "going_back": "Rückgabe %(number)s angemeldet",
    "cancelled": "Storniert",
    "cancelled_on": "Storniert am %(day)s",
    "delivered": "Zugestellt",
    "delivered_on": "Zugestellt am %(day)s",
    "unpaid": "Noch nicht versandt, wartet auf Zahlung",
    "uncharged": "Noch nicht versandt, noch nicht berechnet",
    "not_shipped": "Noch nicht versandt",
    "shipped": "Versandt",
    "partly": "Teilweise versandt",
    "expected": "erwartet am %(day)s",
    "rest": "noch nicht versandt: %(rest)s",
    "with": "mit %(carrier)s",
}
