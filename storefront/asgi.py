"""The switchboard for requests and sockets; one of the two places that know both packages."""

import os

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "storefront.settings")
pages = get_asgi_application()  # loads the apps, so it comes before the imports below

from chatbot.routing import Health, OriginGate, routes  # noqa: E402
from chatbot.working import lifespan  # noqa: E402
from storefront.chores import beside  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": beside(Health(pages)),
        "websocket": OriginGate(AuthMiddlewareStack(URLRouter(routes))),
        "lifespan": beside(lifespan),
    }
)
