"""The pages of the requester: report, receipt, look-up, follow, answer."""
