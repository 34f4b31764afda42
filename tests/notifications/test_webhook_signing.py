"""The signature of webhooks: the published vector, what is refused, two secrets at a time."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dandang.notifications.webhook.signing import TOLERANCE, is_genuine, sign

AT = datetime(2026, 10, 12, 1, 0, tzinfo=UTC)
BODY = b'{"id":"7"}'
SECRETS = st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=1)


def test_the_header_is_the_time_and_the_hmac_of_time_and_body():
    moment = int(AT.timestamp())
    wanted = hmac.new(b"s3cret", f"{moment}.".encode() + BODY, hashlib.sha256).hexdigest()
    assert sign(BODY, ["s3cret"], AT) == f"t={moment},v1={wanted}"


def test_the_vector_of_the_documentation():
    # printf '1791766800.{}' | openssl dgst -sha256 -hmac ddwh_example
    at = datetime.fromtimestamp(1791766800, UTC)
    assert sign(b"{}", ["ddwh_example"], at) == (
        "t=1791766800,v1=b71877b9c613b19766aac468ee4c60d179a571abcd204a1309fee5bb351ea281"
    )


@given(st.binary(max_size=200), SECRETS, SECRETS)
def test_during_a_rotation_either_secret_proves_it(body, new, old):
    header = sign(body, [new, old], AT)
    assert is_genuine(header, body, new, AT)
    assert is_genuine(header, body, old, AT)
    assert not is_genuine(header, body, new + old + "x", AT)


@given(st.binary(max_size=50), st.binary(max_size=50))
def test_another_body_does_not_pass(body, other):
    assert is_genuine(sign(body, ["a"], AT), other, "a", AT) == (body == other)


def test_an_old_message_and_one_from_the_future_do_not_pass():
    header = sign(BODY, ["a"], AT)
    for late in (TOLERANCE, -TOLERANCE):
        assert is_genuine(header, BODY, "a", AT + late)
        assert not is_genuine(header, BODY, "a", AT + late * 1.01)


@given(st.text())
def test_whatever_else_stands_in_the_header_is_refused_without_an_error(header):
    assert not is_genuine(header, BODY, "a", AT)


def test_a_second_time_a_missing_one_and_a_wrong_one_do_not_pass():
    header = sign(BODY, ["a"], AT)
    moment, _, rest = header.partition(",")
    assert not is_genuine(rest, BODY, "a", AT)
    assert not is_genuine(f"{header},{moment}", BODY, "a", AT)
    assert not is_genuine(f"t=-1,{rest}", BODY, "a", AT)
    assert not is_genuine(f"t={'9' * 13},{rest}", BODY, "a", AT)
    assert not is_genuine(moment, BODY, "a", AT)
    assert is_genuine(f"{header}, v2=later", BODY, "a", AT + timedelta(seconds=1))
