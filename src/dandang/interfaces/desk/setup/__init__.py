"""Set-up: the pages on which administrators keep the register, the calendar and its files."""
