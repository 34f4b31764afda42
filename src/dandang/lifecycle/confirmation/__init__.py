"""The requester judges; later somebody looks back."""
