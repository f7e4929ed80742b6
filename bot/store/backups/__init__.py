"""Copies of the database that the product makes: each in one file with a manifest, checked, and deleted when its days are over."""
