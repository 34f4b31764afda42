"""Base64url: one text for one value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.ledger import base64url


@given(st.binary(max_size=100))
def test_every_value_comes_back_from_its_text(data):
    text = base64url.encode(data)
    assert base64url.decode(text) == data
    assert not set(text) & set("+/=")


@pytest.mark.parametrize("text", ["YQ==", "Y", "YR", "Y+", "a/b=", "YQ\n", "路灯"])
def test_a_second_text_for_a_value_is_refused(text):
    with pytest.raises(ValueError, match=r"base64url|ASCII"):
        base64url.decode(text)


@given(st.text(st.sampled_from("AQYZaz09-_+/=\n "), max_size=12))
def test_what_is_decoded_encodes_to_the_same_text(text):
    try:
        data = base64url.decode(text)
    except ValueError:
        return
    assert base64url.encode(data) == text
