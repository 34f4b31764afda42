"""Writing what the watch finds: findings are opened, duty posts called."""
