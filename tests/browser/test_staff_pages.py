"""Every page of staff breaks no rule of accessibility, its frame included."""

import pytest
from axe_core_python.sync_playwright import Axe
from django.contrib import admin
from django.urls import reverse

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label_lower)
LISTS = [reverse(f"admin:{m._meta.app_label}_{m._meta.model_name}_changelist") for m in MODELS]
OTHERS = ["/admin/", "/admin/chatbot/toldclaim/changes/", "/admin/chatbot/review/?state=closed"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_list_of_staff_breaks_an_accessibility_rule(owner, scheme):
    owner.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for address in (*LISTS, *OTHERS):
        assert owner.goto(address).status == 200, address
        found = Axe().run(owner)["violations"]
        assert [(address, v["id"], v["nodes"][0]["html"][:120]) for v in found] == []
