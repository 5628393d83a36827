"""The shop's addresses."""

from django.contrib.auth import views as auth_views
from django.urls import path

from . import views

app_name = "storefront"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("departments/<str:name>/", views.department, name="department"),
    path("products/<slug:handle>/", views.product, name="product"),
    path("help/", views.help_centre, name="help"),
    path("help/<slug:slug>/", views.article, name="article"),
    path("account/sign-in/", views.SignIn.as_view(), name="sign_in"),
    path("account/sign-out/", auth_views.LogoutView.as_view(), name="sign_out"),
    path("account/orders/", views.orders, name="orders"),
    path("account/orders/<str:name>/", views.order, name="order"),
]
