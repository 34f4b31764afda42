"""An officer's deadlines as a calendar that other programs can subscribe to."""
