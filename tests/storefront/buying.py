"""A shopper's way through the shop, as forms."""

import re

from storefront import models

BACKEND = "django.contrib.auth.backends.ModelBackend"
KETTLE = "/cart/add/larkspur-kettle/"
TEAPOT = "/cart/add/brindle-teapot/"
WHO = {
    "email": "Emil@example.com", "name": "Emil", "country": "US", "address1": "1 Tea Street",
    "city": "Portland", "province": "me", "zip": "04101", "note": "Ring twice",
}  # fmt: skip
METHODS = [
    {"region": "US-48", "name": "Standard", "cost": 6.95, "free_from": 75, "business_days": [3, 6]},
    {"region": "US-48", "name": "Overnight", "cost": 29.95, "po_boxes": False, "business_days": [1, 1]},
    {"region": "US-AK-HI-PR", "name": "Standard", "cost": 14.95},
    {"region": "GB-EU", "name": "International", "cost": 34},
    {"region": "store", "name": "Pickup", "cost": 0},
]  # fmt: skip


def rule(**blocks):
    """The shop's rules say this too."""
    shop = models.Shop.objects.get()
    shop.rules |= blocks
    shop.save()


def put(client, address=TEAPOT, **more):
    """A thing in the cart: a teapot, or a kettle of a color."""
    sku = models.Variant.objects.filter(product__handle="brindle-teapot").first().sku
    return client.post(address, {"sku": sku, **more}, follow=True)


def look(client, **more):
    """The checkout with the total worked out."""
    return client.post("/checkout/", {**WHO, "look": "1", **more})


def agreed(page):
    """The key of the checkout, the total and the items on its page."""
    text = page.content.decode()
    places = {"key": r'name="key" value="(.+?)"', "total": r'id="agreed" value="(.+?)"',
              "seen": r'name="seen" value="(.+?)"'}  # fmt: skip
    found = {name: re.search(place, text) for name, place in places.items()}
    return {name: match[1] if match else "" for name, match in found.items()}


def order(client, **more):
    """Press the last button, having seen the total."""
    page = look(client, **more)
    shown = agreed(page)
    method = page.context["offer"].method
    chosen = {"method": method.key} if method else {}
    return client.post("/checkout/", {**WHO, **chosen, **more, **shown, "place": "1"})
