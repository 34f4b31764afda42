"""Where all meets: settings, addresses, the server entry."""
