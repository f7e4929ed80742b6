"""The Monday wave: every community's digest at 12:30 of its own zone, on a clock that moves by events."""
