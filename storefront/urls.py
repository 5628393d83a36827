"""Every address of the site; one of the two places that know both packages."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("chatbot.urls")),
    path("", include("chatbot.widget.urls")),
    path("", include("storefront.pages")),
]
