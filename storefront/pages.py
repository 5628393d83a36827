"""The shop's addresses."""

from django.contrib.auth import views as auth_views
from django.urls import path, register_converter
from django.urls.converters import StringConverter
from django.views.i18n import set_language

from . import cart_views, finding, order_views, views


class AnyName(StringConverter):
    """Whatever a shop calls its things, with slashes too: an address that cannot be written breaks
    every page that links to it."""

    regex = r"(?s:.+)"

    def to_python(self, value: str) -> str:
        """The name; none holds a NUL, which PostgreSQL refuses even to look for."""
        if "\x00" in value:
            raise ValueError
        return value


register_converter(AnyName, "any")

app_name = "storefront"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", finding.search, name="search"),
    path("search/suggest/", finding.suggest, name="suggest"),
    path("departments/<any:name>/", finding.department, name="department"),
    path("cart/", cart_views.cart, name="cart"),
    path("cart/<int:pk>/", cart_views.change, name="cart_change"),
    path("cart/add/<any:handle>/", cart_views.add, name="cart_add"),
    path("checkout/", cart_views.checkout, name="checkout"),
    path("checkout/placed/<any:name>/", cart_views.placed, name="placed"),
    path("products/<any:handle>/", views.product, name="product"),
    path("help/", views.help_centre, name="help"),
    path("help/<any:slug>/", views.article, name="article"),
    path("language/", set_language, name="language"),
    path("account/sign-in/", views.SignIn.as_view(), name="sign_in"),
    path("account/sign-out/", auth_views.LogoutView.as_view(), name="sign_out"),
    path("account/orders/", order_views.orders, name="orders"),
    path("account/orders/<any:name>/", order_views.order, name="order"),
    path("orders/find/", order_views.find_order, name="find_order"),
]
