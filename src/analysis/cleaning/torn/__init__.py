"""The mojibake of mirror sites: how characters were torn, and the search for what they were."""
