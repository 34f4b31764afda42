"""The dispatcher's pages: new requests, disputes, duplicates, and the register of duties."""
