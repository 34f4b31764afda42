"""Who answers for what: the body, its areas, units, posts, officers and its register of duties."""
