"""The fixed texts in French."""

NOTICES = {
    "disclosure": (
        "Vous discutez avec un assistant IA, pas avec une personne. Ses réponses proviennent des"
        " données de cette boutique et sont enregistrées. Vous pouvez demander une personne à tout"
        " moment."
    ),
    "ai.yes": (
        "Je suis un assistant IA, un programme informatique, pas une personne. Vous pouvez parler à"
        " une personne de notre équipe quand vous le souhaitez : dites-le simplement ou appuyez sur"
        " le bouton ci-dessous."
    ),
    "person.button": "Je voudrais parler à une personne.",
    "identity.sign_in": (
        "Pour vous montrer une commande, je dois savoir qu’elle est à vous. Connectez-vous, ou"
        " donnez-moi le numéro de commande avec l’adresse e-mail utilisée pour la passer."
    ),
    "identity.email": (
        "Merci. Pour consulter cette commande, il me faut aussi l’adresse e-mail utilisée pour la"
        " passer ; vous pouvez aussi vous connecter."
    ),
    "identity.number": (
        "Merci. Pour consulter une commande, il me faut aussi son numéro ; vous pouvez aussi vous"
        " connecter."
    ),
    "identity.not_found": (
        "Je ne peux montrer aucune commande avec ces informations. Vérifiez le numéro de commande"
        " et l’adresse e-mail utilisée pour la passer, ou connectez-vous. Une personne de notre"
        " équipe peut aussi vous aider."
    ),
    "identity.code_wrong": (
        "Ce code n’est pas le bon, ou il a expiré. Regardez de nouveau l’e-mail le plus récent,"
        " demandez un autre code ou connectez-vous."
    ),
    "identity.no_orders": (
        "Je ne trouve aucune commande sur le compte avec lequel vous êtes connecté. Si vous avez"
        " commandé sans compte, donnez-moi le numéro de commande et l’adresse e-mail utilisée."
    ),
    "identity.others": (
        "Une commande n’est montrée qu’à la personne qui l’a passée ; cela vaut aussi pour la"
        " famille et les amis. Cette personne peut demander ici elle-même : connectée, ou avec"
        " le numéro de commande et l’adresse e-mail utilisée. Si elle vous a donné les deux,"
        " écrivez-les ici."
    ),
    "identity.others_again": (
        "Je suis désolé, je ne peux pas faire d’exception : je ne vois pas qui écrit, une"
        " commande reste donc à la personne qui l’a passée, même au sein d’une famille. Elle"
        " peut la consulter ici, connectée ou avec le numéro de commande et son adresse e-mail,"
        " ou vous dire ce qu’indique l’e-mail de confirmation."
    ),
    "order.no_guarantee": (
        "Les dates de livraison sont des estimations : je ne peux pas promettre qu’un colis arrive"
        " un jour précis."
    ),
    "order.untouched": (
        "Très bien. Rien n’arrive à %(order.number)s tant que vous n’appuyez pas sur son bouton ;"
        " tout reste donc en l’état."
    ),
    "order.as_it_is": (
        "Très bien. Rien n’a été commencé pour %(order.number)s, tout reste donc en l’état."
    ),
    "manners.wishes": (
        "Merci, à vous aussi ! Si je peux vous aider pour quoi que ce soit dans la boutique,"
        " demandez-moi."
    ),
    "manners.joy": (
        "Félicitations, quelle bonne nouvelle ! Si je peux vous aider pour l’occasion,"
        " demandez-moi."
    ),
    "manners.night": "Bonne nuit, et merci de votre visite.",
    "manners.loss": "Toutes mes condoléances.",
    "manners.loss_told": (
        "Toutes mes condoléances. Si je peux vous décharger de quelque chose ici, dites-le-moi."
    ),
    "safety.danger": (
        "Cela peut être dangereux. Si quelqu’un est blessé, se sent mal ou pourrait être en danger,"
        " appelez tout de suite le numéro d’urgence local. Cessez d’utiliser le produit et"
        " éloignez-vous du gaz, de la fumée ou du feu. Je suis une IA et je ne peux pas en juger"
        " d’ici."
    ),
    "safety.emergency": (
        "Appelez tout de suite le numéro d’urgence local, ou demandez à quelqu’un près de vous de"
        " l’appeler. Je suis une IA et je ne peux pas en juger d’ici."
    ),
    "safety.despair": (
        "Je suis une IA, et cela dépasse ce que le chat d’une boutique peut porter, mais vous"
        " n’avez pas à le porter sans aide. Appelez tout de suite le numéro d’urgence local ou une"
        " ligne d’écoute : 988 aux États-Unis et au Canada, 116 123 au Royaume-Uni et en Irlande,"
        " 112 dans l’UE. Si quelqu’un est près de vous, dites-le-lui."
    ),
    "safety.stop_using": (
        "Cessez de l’utiliser pour le moment et, si quelqu’un est blessé ou en danger, appelez le"
        " numéro d’urgence local. Je ne peux pas juger de la sécurité d’ici ; une personne de notre"
        " équipe peut examiner cela avec vous."
    ),
    "safety.no_medical_advice": (
        "Je ne peux pas donner de conseil médical et je n’ai pas cette information. Demandez à un"
        " médecin ou à un pharmacien ; pour une question sur un produit, une personne de notre"
        " équipe peut vous aider."
    ),
    "health.no_advice_beside": (
        "Je ne peux pas donner de conseil médical ; demandez aussi à un médecin ou à un pharmacien."
        " Je ne peux que citer ce que la boutique écrit elle-même."
    ),
    "safety.no_legal_advice": (
        "Je ne peux pas donner de conseil juridique ni parler au nom de la boutique dans ce"
        " domaine. Je peux vous adresser à une personne de notre équipe."
    ),
    "person.joins": (
        "J’ai demandé à une personne de notre équipe de rejoindre ce chat. Vous pouvez continuer à"
        " écrire ici en attendant."
    ),
    "person.later": (
        "J’ai transmis ce chat à une personne de notre équipe. Personne n’est au chat en ce"
        " moment ; un collègue vous répondra au retour de l’équipe. Vous pouvez continuer à écrire"
        " ici en attendant."
    ),
    "person.asked": (
        "J’ai transmis ce chat à une personne de notre équipe. Vous pouvez continuer à écrire ici"
        " en attendant."
    ),
    "person.place": (
        "Vous êtes numéro %(place)s dans la file d’attente pour parler à une personne de notre"
        " équipe. Vous pouvez continuer à écrire ici en attendant."
    ),
    "person.place_later": (
        "Vous êtes numéro %(place)s dans la file d’attente pour parler à une personne de notre"
        " équipe. Personne n’est au chat en ce moment ; un collègue vous répondra au retour de"
        " l’équipe."
    ),
    "person.back": (
        "J’ai transmis ce chat à une personne de notre équipe. Personne n’est au chat en ce"
        " moment ; retour de l’équipe : %(back)s. Laissez votre adresse e-mail et un collègue vous"
        " répondra par e-mail, ou continuez à écrire ici."
    ),
    "person.place_back": (
        "Vous êtes numéro %(place)s dans la file d’attente pour parler à une personne de notre"
        " équipe. Personne n’est au chat en ce moment ; retour de l’équipe : %(back)s. Laissez"
        " votre adresse e-mail et un collègue vous répondra par e-mail, ou continuez à écrire ici."
    ),
    "person.away": "L’équipe est de retour au chat : %(back)s.",
    "person.away_mail": "L’équipe est de retour au chat : %(back)s ; e-mail : %(email)s.",
    "action.press": (
        "Je ne le fais que si vous appuyez sur le bouton de la carte ci-dessus, pour que rien"
        " n’arrive par erreur. Un message ne suffit pas."
    ),
    "claim.held": (
        "Je n’ai pas pu confirmer ce que j’allais dire d’après les données de la boutique ; je l’ai"
        " donc laissé de côté. Une personne de notre équipe le vérifiera."
    ),
    "hold.waiting": (
        "Une personne de notre équipe vérifie cela avant que je réponde. Vous pouvez continuer à"
        " écrire ici en attendant."
    ),
    "hold.corrected": (
        "Une personne de notre équipe a vérifié ce que j’allais dire et vous répond ci-dessous avec"
        " ses propres mots."
    ),
    "hold.refused": (
        "Une personne de notre équipe a vérifié ce que j’allais dire, et ce n’était pas assez bon"
        " pour être envoyé. Vous êtes maintenant dans la file d’attente pour parler à une personne,"
        " qui vous répondra ; vous pouvez continuer à écrire ici en attendant."
    ),
    "hold.late": (
        "Personne de notre équipe n’a pu vérifier ma réponse à temps ; je ne la donne donc pas."
        " Appuyez sur le bouton ci-dessous pour parler à une personne ; dans tous les cas, un"
        " collègue lira votre message."
    ),
    "people.only": (
        "L’assistant est désactivé pour le moment. Une personne de notre équipe lira votre message"
        " et y répondra ; vous pouvez continuer à écrire ici en attendant."
    ),
    "unavailable": (
        "Désolé, un problème est survenu de notre côté et je ne peux pas répondre pour le moment."
        " Une personne de notre équipe verra votre message."
    ),
}

CARDS = {
    "title.code": "Prouver avec un code que la commande %(number)s est la vôtre",
    "title.cancel": "Annuler la commande %(number)s",
    "title.return": "Retour de la commande %(number)s",
    "title.exchange": "Échange de la commande %(number)s",
    "confirm.code": "M’envoyer le code",
    "confirm.cancel": "Annuler cette commande",
    "confirm.return": "Ouvrir ce retour",
    "confirm.exchange": "Ouvrir cet échange",
    "decline": "Pas maintenant",
    "decline.cancel": "Garder la commande",
    "code": (
        "Un code à 6 chiffres est envoyé à l’adresse e-mail utilisée pour la commande. Saisissez-le"
        " ici dans les 10 minutes."
    ),
    "way": " (%(method)s)",
    "refund.cancel": "Remboursement : %(refund)s, par le moyen de paiement utilisé%(way)s",
    "refund.none": "Elle ne vous a pas été débitée",
    "refund.return": (
        "Remboursement après réception et vérification : %(refund)s (%(parts)s), par le moyen de"
        " paiement utilisé%(way)s"
    ),
    "refund.open": (
        "Remboursement après réception et vérification : ce que vous avez payé, par le moyen de"
        " paiement utilisé%(way)s"
    ),
    "between": ", ",
    "goods": "%(goods)s pour ce que vous renvoyez",
    "tax": "%(tax)s de taxes",
    "fee": "moins %(fee)s pour l’étiquette de retour",
    "label": "L’étiquette de retour coûte %(fee)s, déduits du remboursement",
    "label.own": "Vous organisez et payez le renvoi du colis",
    "send_by": "Envoyez le colis au plus tard le %(by)s",
    "set_aside": "%(replacement)s est mis de côté pour vous jusqu’au %(by)s",
    "instead": "En échange : %(replacement)s",
    "costs": "L’échange coûte %(fee)s",
    "free": "L’échange est gratuit",
    "condition": "Condition : %(condition)s",
    "for_staff": "En raison du montant, une personne de notre équipe doit d’abord l’autoriser",
}

TOLD = {
    "code.done": (
        "Si cette commande existe, un code est en route vers son adresse e-mail. Saisissez-le ici."
    ),
    "code.failed": ("Trop de codes en une heure. Réessayez plus tard ou connectez-vous."),
    "cancel.done": "La commande %(number)s est annulée.",
    "return.done": "Le retour %(change)s est ouvert. Indiquez ce numéro dans le colis.",
    "exchange.done": "L’échange %(change)s est ouvert. Indiquez ce numéro dans le colis.",
    "waiting": (
        "En raison du montant, une personne de notre équipe doit d’abord l’autoriser. Rien n’a"
        " encore changé."
    ),
    "declined": "Rien n’a été changé.",
    "refused": (
        "Une personne de notre équipe l’a examiné et ne l’a pas autorisé. Rien n’a été changé."
    ),
    "failed": (
        "Rien n’a été changé : ce n’est plus possible tel que c’est écrit ici. Demandez-moi de"
        " nouveau ce qui l’est."
    ),
    "expired": "Rien n’a été changé : cette carte a expiré. Demandez-m’en une nouvelle.",
    "replaced": "Une carte plus récente se trouve plus bas.",
    "undone": "Annulé. Tout est comme avant.",
}

# Parts of what stands on a link beside a reply.
LINKS = {
    "sold_out": "épuisé",
    "in_stock": "en stock",
    "left": "en stock, plus que %(left)s",
    "some": "%(there)s versions sur %(all)s en stock",
    "total": "total %(amount)s",
    "took_off": "%(code)s a déduit %(amount)s",
    "refunded": "%(amount)s remboursés",
    "going_back": "retour %(number)s ouvert",
    "cancelled": "Annulée",
    "cancelled_on": "Annulée le %(day)s",
    "delivered": "Livrée",
    "delivered_on": "Livrée le %(day)s",
    "unpaid": "Pas encore expédiée, en attente de paiement",
    "uncharged": "Pas encore expédiée, pas encore débitée",
    "not_shipped": "Pas encore expédiée",
    "shipped": "Expédiée",
    "partly": "Expédiée en partie",
    "expected": "attendue le %(day)s",
    "rest": "pas encore expédié : %(rest)s",
    "with": "par %(carrier)s",
}
