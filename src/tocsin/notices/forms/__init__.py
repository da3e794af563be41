"""The forms of authorities as data: fields, lists and conditions in TOML; here, how they are filled and shown."""
