"""Base64 for addresses and JSON (RFC 4648 §5), without padding, one text for one value."""

import base64
import binascii

_FOR_ADDRESSES = bytes.maketrans(b"+/", b"-_")


def encode(data: bytes) -> str:
    """Return the unpadded base64url text of the bytes."""
    text = binascii.b2a_base64(data, newline=False)
    return text.translate(_FOR_ADDRESSES, b"=").decode("ascii")


def decode(text: str) -> bytes:
    """Return the bytes of an unpadded base64url text.

    Raises ValueError on anything `encode` would not have written: padding, other alphabets, line
    ends, stray last bits. Otherwise one value would have several texts, and so several hashes.
    """
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise ValueError("not base64url") from error
    if encode(data) != text:
        raise ValueError("not canonical base64url")
    return data
