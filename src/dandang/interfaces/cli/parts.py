"""The parts above the interfaces, reached by name alone: settings, migrations, demonstration."""

from importlib import import_module
from typing import Any

SETTINGS = "dandang.config.settings"
APPLICATION = "dandang.config.wsgi:application"
MIGRATE = "dandang.config.migrating:migrate"
DEMO = "dandang.demo.command:run"
DEMO_ADVANCE = "dandang.demo.command:next_day"
DEMO_PLANTINGS = "dandang.demo.command:tell_plantings"


def call(name: str, *args: object, **options: object) -> Any:  # noqa: ANN401 whatever it returns
    """Call a function by its name `package.module:function`."""
    module, _, function = name.partition(":")
    return getattr(import_module(module), function)(*args, **options)
