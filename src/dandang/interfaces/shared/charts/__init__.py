"""Charts as SVG drawn by the server: each with a title, a description and the table of its data."""
