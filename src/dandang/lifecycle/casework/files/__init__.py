"""Photos and documents of a case: checked, cleaned, kept beside its events, erased with it."""
