"""One file per command family; features are added here."""
