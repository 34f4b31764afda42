"""The language of the command line, and its own words; Django is not needed for them."""

import gettext
import sys
from collections.abc import Mapping
from pathlib import Path

CHINESE = "zh-hans"
ENGLISH = "en"
VARIABLE = "DANDANG_LANG"
_CATALOGUES = Path(__file__).resolve().parents[2] / "locale"
_FOLDERS = {CHINESE: "zh_Hans", ENGLISH: "en"}


class _Choice:
    """The language in use: one for the whole process."""

    code = ENGLISH


def from_environment(variables: Mapping[str, str]) -> str:
    """Return the language that `DANDANG_LANG`, else the locale of the session, asks for."""
    names = (VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG")
    wanted = next((variables[name] for name in names if variables.get(name)), "")
    return CHINESE if wanted.lower().startswith("zh") else ENGLISH


def use(code: str) -> None:
    """Speak this language from now on."""
    _Choice.code = code


def current() -> str:
    """Return the language in use, as Django names it."""
    return _Choice.code


def translate(text: str) -> str:
    """Return the text in the language in use; the English text where there is no other."""
    return _catalogue(_Choice.code).gettext(text) if text else ""


def mark(text: str) -> str:
    """Mark a text as one to be translated when it is shown."""
    return text


N_ = mark


def _catalogue(code: str) -> gettext.NullTranslations:
    return gettext.translation("django", _folder(), [_FOLDERS[code]], fallback=True)


def _folder() -> Path:
    """Return where compiled catalogues are: where Django has them, once it is set up."""
    conf = sys.modules.get("django.conf")
    if conf is None or not conf.settings.configured:
        return _CATALOGUES
    return Path(next(iter(conf.settings.LOCALE_PATHS), _CATALOGUES))
