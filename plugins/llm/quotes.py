"""Finds in a text what a model says it has copied from there. What is not there is not believed."""
import re


def find_quote(quote, text, begin=0, end=None):
    """The span in text[begin:end] that reads as `quote` does, or None. White space counts as white
    space, however much; all else must be the same, and a word is not cut: "art" is not in "party"."""
    words = quote.split()
    if not words:
        return None
    pattern = r"\s+".join(map(re.escape, words))
    if words[0][0].isalnum():
        pattern = r"(?<!\w)" + pattern
    if words[-1][-1].isalnum():
        pattern += r"(?!\w)"
    match = re.compile(pattern).search(text, begin, len(text) if end is None else end)
    return match and match.span()


def chunks(text, size):
    """Spans that cover `text`, each of at most `size` characters: they end at a paragraph's end
    where there is one, else at a line's, a sentence's, a word's."""
    begin = 0
    while begin < len(text):
        end = min(begin + size, len(text))
        if end < len(text):
            for mark in ("\n\n", "\n", ". ", " "):
                at = text.rfind(mark, begin + size // 2, end)
                if at >= 0:
                    end = at + len(mark)
                    break
        yield begin, end
        begin = end
