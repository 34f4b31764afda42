"""Documents that leave the desk on paper: described once, written as .docx and as a page."""
