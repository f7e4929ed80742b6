"""Discord's limits, in one table; each from Discord's developer documentation unless a comment says otherwise."""

LOCALES = (
    "ar", "bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi", "fr", "he", "hi", "hr", "hu", "id",
    "it", "ja", "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru", "sv-SE", "th", "tr", "uk", "vi", "zh-CN", "zh-TW",
)  # fmt: skip
"""Languages a command can be described in; Arabic and Hebrew are in the published OpenAPI, not in the page."""

COMMANDS = 100
"""Global commands of one bot."""
OPTIONS = 25
"""Options of a command, sub-commands among them; also choices, and suggestions while typing."""
DESCRIPTION = 100
CHOICE = 100
COMMAND_SIZE = 8000
"""Characters of one command with everything in it, in its longest language."""

FORM_TITLE = 45
FORM_FIELDS = 5
LABEL = 45
LABEL_HINT = 100
TYPED = 4000
"""Characters in a text input of a form."""
FEW = 4
"""Choices shown all at once as round buttons; Discord allows ten, but five of them fill a phone."""
OPTION = 100
"""Label and value of an option in a select."""

COMPONENTS = 40
"""Parts of one message, those inside others counted too."""
CHARACTERS = 4000
"""Characters in all texts of one message; counted in UTF-16, to be on the safe side."""
ROW = 5
"""Buttons in a row."""
BUTTON = 80
PLACEHOLDER = 150
"""Words in a menu before anything is chosen."""
FILES = 10
ALT = 1024
"""Characters that describe a picture."""
LOOK_BACK = 100
"""Messages of a channel in one answer."""
