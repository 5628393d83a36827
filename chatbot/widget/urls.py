"""The addresses that foreign sites' pages and their frames ask for."""

from django.urls import path

from . import views

app_name = "widget"
urlpatterns = [
    path("widget.js", views.loader, name="loader"),
    path("widget/panel/", views.panel, name="panel"),
    path("widget/start/", views.start, name="start"),
    path("widget/photo/", views.photo, name="photo"),
]
