"""What the interfaces have in common: words, clock, base templates, style, error pages."""
