"""Mojibake of mirror sites: mis-segmented multibyte text, what made it, and the search for what it was.

Multibyte text is mis-segmented when a reader takes the second byte of one character and the first of the next
for a character: the commonest mojibake of Chinese. This project's nickname for it is *torn* text. Read the
files in this order:

`gbk`, `mirror_script`, `inserted_pinyin`
    The facts: which bytes make which character, which script, which pinyin.
`noise_model`
    The damage, forwards.
`language_model`, `official_prose`, `document_cache`
    How likely a string is: in Chinese, in official prose, in this document.
`hypothesis`, `page`, `transitions`, `orphans`, `beam_search`
    The damage, backwards: what one hypothesis is, and how hypotheses grow and compete.
`proof`, `rule`
    What is made of the best hypothesis: an edit, and the certainty that it may claim.
`weights`
    Every number by which hypotheses are ranked, with the reason for its size.
"""
