"""The gettext catalogs and what keeps them complete."""
