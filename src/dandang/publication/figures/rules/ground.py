"""What a counting rests on: when it changes, everything has to be counted anew."""

import hashlib
import json

from dandang.publication.figures.rules.contribution import Places

VERSION = 1
"""Grows whenever the rules here count something in another way."""


def ground_of(places: Places) -> str:
    """Return the fingerprint of the rules and of the trees and the zone that cases count by."""
    known = [
        VERSION,
        sorted((code, list(path)) for code, path in places.areas.items()),
        sorted((code, list(path)) for code, path in places.categories.items()),
        places.zone.key,
    ]
    text = json.dumps(known, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
