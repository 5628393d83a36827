"""The assistant's addresses."""

from django.urls import path

from . import views

app_name = "chatbot"
urlpatterns = [
    path("chat/start/", views.start, name="start"),
    path("chat/data/", views.data, name="data"),
    path("chat/data/panel/", views.panel, name="panel"),
    path("chat/data/file/", views.download_page, name="download_page"),
    path("chat/data/json/", views.download_json, name="download_json"),
    path("chat/data/erase/", views.erase, name="erase"),
    path("chat/photo/", views.add_photo, name="photo"),
    path("metrics", views.metrics, name="metrics"),
    path("receipt/", views.receipt_form, name="receipt_form"),
    path("receipt/<str:code>/", views.receipt, name="receipt"),
]
