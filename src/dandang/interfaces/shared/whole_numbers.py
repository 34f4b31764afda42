"""Whole numbers as they stand in addresses and hidden fields, where anybody can write anything."""


def whole_number(typed: str, *, digits: int) -> int | None:
    """Return the number that was written with the digits 0 to 9, and with so many at most.

    None for anything else: the caller says what that means. The bound keeps a number within what
    the database can compare.
    """
    fits = typed.isascii() and typed.isdigit() and len(typed) <= digits
    return int(typed) if fits else None
