"""What opens a request besides its access code: one-time codes, links in mails; tries counted."""
