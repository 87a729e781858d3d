"""The settings, by the names that AnkiConnect gave them, so that a user's own can be copied over."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from .libs import marshmallow
from .schemas.config import Settings

ENVIRONMENT = {"ANKICONNECT_BIND_ADDRESS": "web_bind_address", "ANKICONNECT_CORS_ORIGIN": "web_cors_origin"}
"""Environment variables that win over the settings file."""


class ConfigError(ValueError):
    """A setting is wrong; the message names it. `usable` has the default in the place of each wrong setting."""

    usable: Config


@dataclass(frozen=True, slots=True)
class Config:
    """Settings as they are in force. A change makes a new object."""

    api_key: str | None = None
    web_bind_address: str = "127.0.0.1"
    web_bind_port: int = 8765
    web_cors_origin: str | None = None
    web_cors_origin_list: tuple[str, ...] = ("http://localhost",)
    ignore_origin_list: tuple[str, ...] = ()

    @classmethod
    def load(cls, settings: Mapping[str, Any], environment: Mapping[str, str] = os.environ) -> Config:
        """Read settings, and the environment over them. Raises ConfigError.

        Settings of AnkiConnect's that have no meaning here are ignored, and so are unknown ones.
        """
        try:
            loaded = Settings.variant(tolerant=False).load(settings)
        except marshmallow.ValidationError as error:
            wrong = error.messages_dict
            refusal = ConfigError("; ".join(f"setting {name}: {messages}" for name, messages in wrong.items()))
            refusal.usable = cls.load({name: settings[name] for name in settings if name not in wrong}, environment)
            if "apiKey" in wrong:  # no key would open what was meant to be locked
                refusal.usable = replace(refusal.usable, api_key=secrets.token_hex())
            raise refusal from None
        for variable, name in ENVIRONMENT.items():
            if value := environment.get(variable):
                loaded[name] = value
        for name in ("web_cors_origin_list", "ignore_origin_list"):
            if name in loaded:
                loaded[name] = tuple(loaded[name])
        return cls(**loaded)

    def allowing(self, origin: str) -> Config:
        """With an origin added to those that may use the gateway."""
        return replace(self, web_cors_origin_list=(*self.web_cors_origin_list, origin))

    def ignoring(self, origin: str) -> Config:
        """With an origin added to those that are denied without asking."""
        return replace(self, ignore_origin_list=(*self.ignore_origin_list, origin))
