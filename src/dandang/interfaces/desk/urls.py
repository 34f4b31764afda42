"""Addresses of the desk."""


