"""What somebody signs in with, in one coarse word: enough to know one's own devices again.

The versions that browsers send would tell people apart; they are not kept.
"""

_BROWSERS = (
    ("MicroMessenger", "wechat"),
    ("DingTalk", "dingtalk"),
    ("Edg", "edge"),
    ("OPR/", "opera"),
    ("Firefox/", "firefox"),
    ("Chromium/", "chromium"),
    ("Chrome/", "chrome"),
    ("Safari/", "safari"),
)
_SYSTEMS = (
    ("HarmonyOS", "harmonyos"),
    ("Android", "android"),
    ("iPhone", "iphone"),
    ("iPad", "ipad"),
    ("Windows", "windows"),
    ("Mac OS X", "macos"),
    ("CrOS", "chromeos"),
    ("Linux", "linux"),
)


def device_of(user_agent: str) -> str:
    """Return browser and system as one word like `chrome-windows`; `other` where unknown."""
    browser = _first(_BROWSERS, user_agent)
    system = _first(_SYSTEMS, user_agent)
    return "-".join(word for word in (browser, system) if word) or "other"


def _first(known: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((word for mark, word in known if mark in user_agent), "")
