"""Text → tokens: the noun, the dictionary, engines, rules for single tokens, and how whole terms stay."""
