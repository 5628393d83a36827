"""The shop's addresses."""

from django.contrib.auth import views as auth_views
from django.urls import path, register_converter
from django.urls.converters import StringConverter

from . import views


class AnyName(StringConverter):
    """Whatever a shop calls its things, with slashes too: an address that cannot be written breaks
    every page that links to it."""

    regex = r"(?s:.+)"


register_converter(AnyName, "any")

app_name = "storefront"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("departments/<any:name>/", views.department, name="department"),
    path("products/<any:handle>/", views.product, name="product"),
    path("help/", views.help_centre, name="help"),
    path("help/<any:slug>/", views.article, name="article"),
    path("account/sign-in/", views.SignIn.as_view(), name="sign_in"),
    path("account/sign-out/", auth_views.LogoutView.as_view(), name="sign_out"),
    path("account/orders/", views.orders, name="orders"),
    path("account/orders/<any:name>/", views.order, name="order"),
]
