"""The assistant's addresses."""

from django.urls import path

from . import views

app_name = "chatbot"
urlpatterns = [path("start/", views.start, name="start")]
