"""Settings of the suite while not every application exists: the product's, with those that do."""

from importlib.util import find_spec

from dandang.config.settings import *  # noqa: F403
from dandang.config.settings import INSTALLED_APPS as _ALL


def _exists(app: str) -> bool:
    try:
        return not app.startswith("dandang.") or find_spec(f"{app}.migrations") is not None
    except ModuleNotFoundError:
        return False


INSTALLED_APPS = [app for app in _ALL if _exists(app)]
if "dandang.organization" not in INSTALLED_APPS:
    AUTH_USER_MODEL = "auth.User"
