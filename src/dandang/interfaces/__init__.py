"""How people and programs reach Dandang. Each interface owns its words and its answers."""
