"""The fixed texts in Spanish."""

NOTICES = {
    "disclosure": (
        "Está chateando con un asistente de IA, no con una persona. Sus respuestas proceden de los"
        " datos de esta tienda y quedan registradas. Puede pedir hablar con una persona en"
        " cualquier momento."
    ),
    "ai.yes": (
        "Soy un asistente de IA, un programa informático, no una persona. Puede hablar con una"
        " persona de nuestro equipo cuando quiera: solo tiene que decirlo o pulsar el botón de"
        " abajo."
    ),
    "person.button": "Quisiera hablar con una persona.",
    "identity.sign_in": (
        "Para mostrarle un pedido necesito saber que es suyo. Inicie sesión o indíqueme el número"
        " de pedido junto con la dirección de correo electrónico con la que se hizo."
    ),
    "identity.email": (
        "Gracias. Para consultar ese pedido necesito también la dirección de correo electrónico con"
        " la que se hizo; o bien puede iniciar sesión."
    ),
    "identity.number": (
        "Gracias. Para consultar un pedido necesito también su número; o bien puede iniciar sesión."
    ),
    "identity.not_found": (
        "No puedo mostrar ningún pedido con esos datos. Compruebe el número de pedido y la"
        " dirección de correo electrónico con la que se hizo, o inicie sesión. También puede"
        " ayudarle una persona de nuestro equipo."
    ),
    "identity.code_wrong": (
        "Ese código no es correcto o ha caducado. Vuelva a mirar el correo más reciente, pida otro"
        " código o inicie sesión."
    ),
    "identity.no_orders": (
        "No encuentro ningún pedido en la cuenta con la que ha iniciado sesión. Si compró como"
        " invitado, indíqueme el número de pedido y la dirección de correo electrónico que utilizó."
    ),
    "identity.others": (
        "Un pedido solo se muestra a la persona que lo hizo; eso vale también para familiares y"
        " amigos. Esa persona puede preguntar aquí: con la sesión iniciada, o con el número de"
        " pedido y la dirección de correo electrónico con la que se hizo. Si le ha dado ambos,"
        " escríbalos aquí."
    ),
    "identity.others_again": (
        "Lo siento, no puedo hacer una excepción: no veo quién escribe, así que un pedido queda"
        " para la persona que lo hizo, también dentro de una familia. Esa persona puede"
        " consultarlo aquí, con la sesión iniciada o con el número de pedido y su correo"
        " electrónico, o decirle lo que pone en el correo de confirmación."
    ),
    "order.no_guarantee": (
        "Las fechas de entrega son estimaciones: no puedo prometer que un paquete llegue un día"
        " determinado."
    ),
    "order.untouched": (
        "De acuerdo. No ocurrirá nada con %(order.number)s mientras no pulse su botón, así que"
        " queda como está."
    ),
    "order.as_it_is": (
        "De acuerdo. No se ha iniciado nada para %(order.number)s, así que queda como está."
    ),
    "manners.wishes": (
        "¡Gracias, igualmente! Si puedo ayudarle con algo de la tienda, pregúnteme."
    ),
    "manners.joy": (
        "¡Enhorabuena, qué buena noticia! Si puedo ayudarle con algo para la ocasión, pregúnteme."
    ),
    "manners.night": "Buenas noches, y gracias por su visita.",
    "manners.loss": "Le acompaño en el sentimiento.",
    "manners.loss_told": (
        "Le acompaño en el sentimiento. Si hay algo aquí de lo que pueda encargarme, dígamelo."
    ),
    "safety.danger": (
        "Esto puede ser peligroso. Si alguien está herido, se encuentra mal o puede estar en"
        " peligro, llame ahora al número de emergencias de su zona. Deje de usar el producto y"
        " aléjese del gas, del humo o del fuego. Soy una IA y no puedo valorarlo desde aquí."
    ),
    "safety.emergency": (
        "Llame ahora mismo al número de emergencias de su zona, o pida a alguien cercano que llame."
        " Soy una IA y no puedo valorarlo desde aquí."
    ),
    "safety.despair": (
        "Soy una IA, y esto es más de lo que puede atender el chat de una tienda, pero no tiene que"
        " cargar con ello a solas. Llame ahora al número de emergencias de su zona o a una línea de"
        " ayuda: 988 en EE. UU. y Canadá, 116 123 en el Reino Unido e Irlanda, 112 en la UE. Si hay"
        " alguien cerca, cuénteselo."
    ),
    "safety.stop_using": (
        "Deje de usarlo por ahora y, si alguien está herido o en peligro, llame al número de"
        " emergencias de su zona. No puedo valorar la seguridad desde aquí; una persona de nuestro"
        " equipo puede revisarlo con usted."
    ),
    "safety.no_medical_advice": (
        "No puedo dar consejos médicos y no dispongo de esa información. Consulte a un médico o a"
        " un farmacéutico; si tiene preguntas sobre un producto, puede ayudarle una persona de"
        " nuestro equipo."
    ),
    "health.no_advice_beside": (
        "No puedo dar consejos médicos; consulte también a un médico o a un farmacéutico. Solo"
        " puedo citar lo que escribe la propia tienda."
    ),
    "safety.no_legal_advice": (
        "No puedo dar asesoramiento jurídico ni hablar en nombre de la tienda en asuntos legales."
        " Puedo pasarle con una persona de nuestro equipo."
    ),
    "person.joins": (
        "He pedido a una persona de nuestro equipo que se una a este chat. Mientras tanto puede"
        " seguir escribiendo aquí."
    ),
    "person.later": (
        "He pasado este chat a una persona de nuestro equipo. Ahora mismo no hay nadie en el chat,"
        " así que un compañero le responderá cuando el equipo vuelva. Mientras tanto puede seguir"
        " escribiendo aquí."
    ),
    "person.asked": (
        "He pasado este chat a una persona de nuestro equipo. Mientras tanto puede seguir"
        " escribiendo aquí."
    ),
    "person.place": (
        "Es usted el número %(place)s en la cola para hablar con una persona de nuestro equipo."
        " Mientras tanto puede seguir escribiendo aquí."
    ),
    "person.place_later": (
        "Es usted el número %(place)s en la cola para hablar con una persona de nuestro equipo."
        " Ahora mismo no hay nadie en el chat, así que un compañero le responderá cuando el equipo"
        " vuelva."
    ),
    "person.back": (
        "He pasado este chat a una persona de nuestro equipo. Ahora mismo no hay nadie en el chat;"
        " el equipo vuelve: %(back)s. Deje su dirección de correo electrónico y un compañero le"
        " responderá por correo, o siga escribiendo aquí."
    ),
    "person.place_back": (
        "Es usted el número %(place)s en la cola para hablar con una persona de nuestro equipo."
        " Ahora mismo no hay nadie en el chat; el equipo vuelve: %(back)s. Deje su dirección de"
        " correo electrónico y un compañero le responderá por correo, o siga escribiendo aquí."
    ),
    "person.away": "El equipo vuelve al chat: %(back)s.",
    "person.away_mail": "El equipo vuelve al chat: %(back)s; correo electrónico: %(email)s.",
    "action.press": (
        "Solo lo hago cuando usted pulsa el botón de la tarjeta de arriba, para que nada ocurra por"
        " error. Un mensaje no basta."
    ),
    "claim.held": (
        "No he podido confirmar con los datos de la tienda lo que iba a decir, así que lo he"
        " omitido. Una persona de nuestro equipo lo revisará."
    ),
    "hold.waiting": (
        "Una persona de nuestro equipo lo está revisando antes de que yo responda. Mientras tanto"
        " puede seguir escribiendo aquí."
    ),
    "hold.corrected": (
        "Una persona de nuestro equipo ha revisado lo que iba a decir y le responde abajo con sus"
        " propias palabras."
    ),
    "hold.refused": (
        "Una persona de nuestro equipo ha revisado lo que iba a decir y no era lo bastante bueno"
        " para enviarlo. Ahora está en la cola para hablar con una persona, que le responderá;"
        " mientras tanto puede seguir escribiendo aquí."
    ),
    "hold.late": (
        "Nadie de nuestro equipo ha podido revisar mi respuesta a tiempo, así que no la doy. Pulse"
        " el botón de abajo para hablar con una persona; en cualquier caso, alguien leerá su"
        " mensaje."
    ),
    "people.only": (
        "El asistente está desactivado en este momento. Una persona de nuestro equipo leerá su"
        " mensaje y le responderá; mientras tanto puede seguir escribiendo aquí."
    ),
    "unavailable": (
        "Lo siento, algo ha fallado por nuestra parte y ahora mismo no puedo responder a esto. Una"
        " persona de nuestro equipo verá su mensaje."
    ),
}

CARDS = {
    "title.code": "Demostrar con un código que el pedido %(number)s es suyo",
    "title.cancel": "Cancelar el pedido %(number)s",
    "title.return": "Devolución del pedido %(number)s",
    "title.exchange": "Cambio del pedido %(number)s",
    "confirm.code": "Enviarme el código",
    "confirm.cancel": "Cancelar este pedido",
    "confirm.return": "Abrir esta devolución",
    "confirm.exchange": "Abrir este cambio",
    "decline": "Ahora no",
    "decline.cancel": "Conservar el pedido",
    "code": (
        "Se envía un código de 6 cifras a la dirección de correo electrónico con la que se hizo el"
        " pedido. Escríbalo aquí en un plazo de 10 minutos."
    ),
    "way": " (%(method)s)",
    "refund.cancel": "Reembolso: %(refund)s, por el mismo medio con el que pagó%(way)s",
    "refund.none": "No se le ha cobrado",
    "refund.return": (
        "Reembolso una vez recibido y revisado: %(refund)s (%(parts)s), por el mismo medio con el"
        " que pagó%(way)s"
    ),
    "refund.open": (
        "Reembolso una vez recibido y revisado: lo que pagó por ello, por el mismo medio con el que"
        " pagó%(way)s"
    ),
    "between": ", ",
    "goods": "%(goods)s por lo que devuelve",
    "tax": "%(tax)s de impuestos",
    "fee": "menos %(fee)s por la etiqueta de devolución",
    "label": "La etiqueta de devolución cuesta %(fee)s, que se descuentan del reembolso",
    "label.own": "Usted organiza y paga el envío de vuelta",
    "send_by": "Envíe el paquete como muy tarde el %(by)s",
    "set_aside": "%(replacement)s queda reservado para usted hasta el %(by)s",
    "instead": "A cambio: %(replacement)s",
    "costs": "El cambio cuesta %(fee)s",
    "free": "El cambio es gratuito",
    "condition": "Condición: %(condition)s",
    "for_staff": "Debido al importe, primero lo autoriza una persona de nuestro equipo",
}

TOLD = {
    "code.done": (
        "Si existe ese pedido, hay un código en camino a su dirección de correo electrónico."
        " Escríbalo aquí."
    ),
    "code.failed": (
        "Demasiados códigos en una hora. Vuelva a intentarlo más tarde o inicie sesión."
    ),
    "cancel.done": "El pedido %(number)s está cancelado.",
    "return.done": "La devolución %(change)s está abierta. Ponga este número en el paquete.",
    "exchange.done": "El cambio %(change)s está abierto. Ponga este número en el paquete.",
    "waiting": (
        "Debido al importe, primero lo autorizará una persona de nuestro equipo. Todavía no ha"
        " cambiado nada."
    ),
    "declined": "No se ha cambiado nada.",
    "refused": (
        "Una persona de nuestro equipo lo ha revisado y no lo ha autorizado. No se ha cambiado"
        " nada."
    ),
    "failed": (
        "No se ha cambiado nada: tal como figura aquí, ya no es posible. Vuelva a preguntarme para"
        " ver qué lo es."
    ),
    "expired": "No se ha cambiado nada: esta tarjeta ha caducado. Pídame una nueva.",
    "replaced": "Más abajo hay una tarjeta más reciente.",
    "undone": "Deshecho. Todo está como antes.",
}

# Parts of what stands on a link beside a reply.
LINKS = {
    "sold_out": "agotado",
    "in_stock": "en existencias",
    "left": "en existencias, quedan %(left)s",
    "some": "%(there)s de %(all)s versiones en existencias",
    "total": "total %(amount)s",
    "took_off": "%(code)s descontó %(amount)s",
    "refunded": "reembolsado %(amount)s",
    "going_back": "devolución %(number)s abierta",
    "cancelled": "Cancelado",
    "cancelled_on": "Cancelado el %(day)s",
    "delivered": "Entregado",
    "delivered_on": "Entregado el %(day)s",
    "unpaid": "Aún sin enviar, pendiente de pago",
    "uncharged": "Aún sin enviar, aún sin cobrar",
    "not_shipped": "Aún sin enviar",
    "shipped": "Enviado",
    "partly": "Enviado en parte",
    "expected": "previsto para el %(day)s",
    "rest": "aún sin enviar: %(rest)s",
    "with": "con %(carrier)s",
}
