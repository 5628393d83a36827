"""A process that only serves pages or runs a command does not wait for what words and reads."""

import pytest

from tests.servers import run

LOOK = """
import sys, django; django.setup()
import storefront.asgi, storefront.urls
{}
print("torch" in sys.modules, "transformers" in sys.modules)
"""


@pytest.mark.parametrize(("then", "loaded"), [
    ("", "False False"),
    ("from chatbot import writing; writing.candidate('endpoint', 'm', '')", "False False"),
    ("from chatbot import writing; writing.local()", "True True"),
    ("from chatbot import reading; reading.local()", "True True"),
])  # fmt: skip
def test_torch_is_there_once_something_is_worded_or_read_here(then, loaded):
    env = {"DEBUG": "on", "ENDPOINT_URL": "http://127.0.0.1:9/v1"}
    assert run(LOOK.format(then), env).splitlines()[-1] == loaded
