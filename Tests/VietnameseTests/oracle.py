"""ICU and vn-numberwords for the tests of Vietnamese text: one line of answer for each of input.

usage: oracle.py spell|words|order < lines

spell: the words of a whole number, by ICU
words: the same by vn-numberwords
order: the lines are in the order to be tried; for each but the first `C S`: how ICU compares it with
       the one before, as a whole and syllable by syllable, each -1, 0 or 1
"""

import sys


def main(mode):
    lines = [line.rstrip("\n") for line in sys.stdin]
    if mode == "words":
        from vn_numberwords import number_to_words

        answers = [number_to_words(int(line)).lower() for line in lines]
    elif mode == "spell":
        import icu

        rules = icu.RuleBasedNumberFormat(icu.URBNFRuleSetTag.SPELLOUT, icu.Locale("vi"))
        answers = [rules.format(int(line)) for line in lines]
    else:
        import icu

        collator = icu.Collator.createInstance(icu.Locale("vi"))

        def sign(left, right):
            return (left > right) - (left < right)

        def syllables(text):
            return [collator.getSortKey(each.lower()) for each in text.split()]

        answers = [
            f"{collator.compare(left, right)} {sign(syllables(left), syllables(right))}"
            for left, right in zip(lines, lines[1:])
        ]
    print("\n".join(answers))


main(sys.argv[1])
