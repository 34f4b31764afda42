"""The fictional city: its files, its stories, driven through the real actions."""
