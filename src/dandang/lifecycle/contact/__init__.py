"""How requesters are reached, and what opens their request: changed, erased, replaced."""
