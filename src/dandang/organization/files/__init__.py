"""How the files of an organisation folder are read: text, rows, values, and whether they agree."""
