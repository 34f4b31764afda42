import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.policy import Span, SpanUnit
from dandang.policy.spans import MAX_AMOUNT

AT_ONCE = Span(0, SpanUnit.MINUTES)
spans = st.builds(Span, st.integers(1, MAX_AMOUNT), st.sampled_from(SpanUnit))


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("15 min", 15, SpanUnit.MINUTES),
        ("24 h", 24, SpanUnit.HOURS),
        ("1 h", 1, SpanUnit.HOURS),
        ("4 working hours", 4, SpanUnit.WORKING_HOURS),
        ("1 working hour", 1, SpanUnit.WORKING_HOURS),
        ("2 working days", 2, SpanUnit.WORKING_DAYS),
        ("1 working day", 1, SpanUnit.WORKING_DAYS),
        ("30 days", 30, SpanUnit.DAYS),
        ("1 day", 1, SpanUnit.DAYS),
        ("9999 days", 9999, SpanUnit.DAYS),
    ],
)
def test_a_span_is_read_and_written_in_the_same_words(text, amount, unit):
    assert Span.parse(text) == Span(amount, unit)
    assert str(Span(amount, unit)) == text


@given(spans)
def test_what_a_span_writes_it_reads_back(span):
    assert Span.parse(str(span)) == span
    assert not span.is_zero


def test_no_time_at_all_is_read_only_where_a_moment_is_meant():
    assert Span.parse("0 min", zero_ok=True) == AT_ONCE
    assert Span.parse("1 min", zero_ok=True) == Span(1, SpanUnit.MINUTES)
    assert (str(AT_ONCE), AT_ONCE.is_zero) == ("0 min", True)
    for text, zero_ok in (("0 min", False), ("0 h", True), ("-1 min", True), ("00 min", True)):
        with pytest.raises(ValueError, match="not a span"):
            Span.parse(text, zero_ok=zero_ok)


@pytest.mark.parametrize(
    "text",
    [
        *("", "5", "days", "h 3", "3 weeks", "1.5 h", "三 days", "３ days", "3 workingdays"),
        *("0 days", "-3 days", "03 days", "10000 days"),
        *("3  days", "3 Days", " 3 days", "3 days ", "3 days\n"),
    ],
)
def test_anything_else_is_no_span(text):
    with pytest.raises(ValueError, match="not a span"):
        Span.parse(text)


@given(st.text())
def test_a_text_is_a_span_or_refused_and_nothing_else_happens(text):
    try:
        span = Span.parse(text)
    except ValueError:
        return
    assert span.amount == int(text.split()[0])


@pytest.mark.parametrize("amount", [0, -1, MAX_AMOUNT + 1])
def test_a_window_is_never_empty_negative_or_endless(amount):
    with pytest.raises(ValueError, match="1 to 9999"):
        Span(amount, SpanUnit.HOURS)
