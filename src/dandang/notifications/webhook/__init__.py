"""Webhooks: what happened, as signed CloudEvents, to the addresses that other systems gave."""
