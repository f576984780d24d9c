"""What is true of written Chinese, defined once. Knows nothing else of the project.

`characters` what a Chinese character is, full and half width · `numerals` how numbers are written · `marks` what
ends a sentence, a clause, a line, and what opens and closes · `measures` measure words and units · `formulas`
salutations, closing addresses, sign-offs, heading numbers · `pinyin` readings · `word_lists` the lists in
`resources/`, with version and digest.

A pattern is given as the inside of a regular expression's brackets where others build on it
(`re.compile(f"[{HANZI}]+")`), so that a class can be joined to another or negated.
"""
