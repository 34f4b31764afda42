"""Troubles planted in the city, so that what finds troubles can be checked against them."""
