"""The assistant's addresses."""

from django.urls import path

from . import views

app_name = "chatbot"
urlpatterns = [
    path("start/", views.start, name="start"),
    path("data/", views.data, name="data"),
    path("data/panel/", views.panel, name="panel"),
    path("data/file/", views.download_page, name="download_page"),
    path("data/json/", views.download_json, name="download_json"),
    path("data/erase/", views.erase, name="erase"),
]
