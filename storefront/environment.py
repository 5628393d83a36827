"""Values of the environment that say what is wrong with them."""

from __future__ import annotations

import os

from django.core.exceptions import ImproperlyConfigured
from environ import Env, FileAwareEnv
from environ.fileaware_mapping import FileAwareMapping

SWITCH = {"on": True, "true": True, "1": True, "yes": True,
          "off": False, "false": False, "0": False, "no": False}  # fmt: skip


class Files(FileAwareMapping):
    """The environment; where NAME_FILE names a file, NAME is what stands in it."""

    def __getitem__(self, key: str) -> str:
        """The value, without the end of line that editors leave in a file."""
        try:
            value: str = super().__getitem__(key)
        except OSError as error:
            raise ImproperlyConfigured(
                f"{key}_FILE={error.filename} cannot be read: {error.strerror}; name a file that "
                f"this user may read, or set {key} itself."
            ) from error
        return value.rstrip("\r\n") if os.environ.get(f"{key}_FILE") else value


class Values(FileAwareEnv):
    """Typed values of the environment, or of files that it names."""

    ENVIRON = Files()


def switch(env: Env, name: str, *, default: bool) -> bool:
    """A switch; what is neither on nor off is refused."""
    given: str = env.str(name, default="")
    if not given:
        return default
    if given.lower() not in SWITCH:
        raise ImproperlyConfigured(f"{name}={given} is neither on nor off; set it to one of them.")
    return SWITCH[given.lower()]


def whole(env: Env, name: str, *, default: int, least: int, fault: str = "cannot be") -> int:
    """A whole number that is not below `least`."""
    given = env.str(name, default="") or str(default)
    if not given.isdecimal() or int(given) < least:
        raise ImproperlyConfigured(
            f"{name}={given} {fault}; use a whole number from {least} on, for example {default}."
        )
    return int(given)
