"""The assistant's addresses."""

from django.urls import path

from . import feeds, for_you, views

app_name = "chatbot"
urlpatterns = [
    path("chat/start/", views.start, name="start"),
    path("chat/data/", views.data, name="data"),
    path("chat/data/panel/", views.panel, name="panel"),
    path("chat/data/file/", views.download_page, name="download_page"),
    path("chat/data/json/", views.download_json, name="download_json"),
    path("chat/data/erase/", views.erase, name="erase"),
    path("chat/photo/", views.add_photo, name="photo"),
    path("feeds/google.xml", feeds.google, name="google_feed"),
    path("for-you/", for_you.for_you, name="for_you"),
    path("for-you/dismiss/", for_you.dismiss, name="dismiss"),
    path("for-you/restore/", for_you.restore, name="restore"),
    path("for-you/switch/", for_you.switch, name="switch"),
    path("for-you/wipe/", for_you.wipe, name="wipe"),
    path("metrics", views.metrics, name="metrics"),
    path("receipt/", views.receipt_form, name="receipt_form"),
    path("receipt/<str:code>/", views.receipt, name="receipt"),
]
