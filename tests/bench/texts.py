"""Texts to measure with: the golden articles, two in Kazakh and Ukrainian, and as many like them as wanted."""

import random
import re
from functools import cache
from pathlib import Path

GOLDEN = Path(__file__).parent.parent / "golden" / "articles"
LANGUAGES = ("de", "en", "ru", "fr", "vi", "kk", "uk")
_LONGER_WORDS = re.compile(r"\b[^\W\d_]{4,}\b")
_CHANGED = 0.25
"""Of the longer words without a capital; then two articles made from one text are two stories."""

_OWN = {
    "kk": """Қазақстан мен Өзбекстан су мәселесі жөнінде бірлескен жұмыс тобын құрады.
«Су шекараны білмейді. Біз балаларымызға толық өзендерді қалдыруымыз керек», – деді Қазақстан Президенті дүйсенбі күні \
Астанада өткен жиында.
Президенттің айтуынша, топ жылына екі рет жиналады. Ол Қырғызстан мен Тәжікстан да бақылаушы ретінде қатыса алатынын \
айтты.
Су шаруашылығы институтының мәліметінше, көлдегі су деңгейі көктемнен бері екі метрге көтерілді. «Бұл шаруаларға \
тыныс береді, бірақ жаз ұзақ болады», – деп атап өтті институт басшысы.
Жиынға қатысушылар ескі арналар келесі жылға дейін жөнделетінін хабарлады.
Қонақ ретінде Шанхай ынтымақтастық ұйымына мүше мемлекеттердің мамандары келді. Ұйым 2001 жылы құрылған, оның \
хатшылығы Бейжіңде орналасқан.
Ресей мен Қытай да жобаға қызығушылық танытып отыр, деп хабарлады министрлік. Келесі кездесу күзде Ташкентте өтеді.""",
    "uk": """Україна та Польща створюють спільну робочу групу з питань водних ресурсів.
«Вода не знає кордонів. Ми маємо передати нашим дітям повноводні річки», — заявив президент України в понеділок у \
Києві під час відкриття наради.
Група збиратиметься двічі на рік, додав глава держави. Він наголосив, що Молдова та Румунія також можуть брати участь \
як спостерігачі.
За даними інституту водного господарства, рівень води в озері від весни піднявся на два метри. «Це дає фермерам \
перепочинок, але літо буде довгим», — сказала директорка інституту.
Учасники наради повідомили, що старі канали буде відремонтовано до наступного року.
Гостями були фахівці з держав Європейського Союзу. Організація Об'єднаних Націй також надіслала свого представника.
Румунія та Чехія зацікавлені в проєкті, повідомляє міністерство. Наступна зустріч відбудеться восени у Варшаві.""",
}


@cache
def text(language: str) -> str:
    """All that there is in a language, as one text."""
    own = _OWN.get(language)
    return own or "\n".join(path.read_text(encoding="utf-8") for path in sorted(GOLDEN.glob(f"{language}-*.txt")))


def article(language: str, number: int, words: int = 300) -> str:
    """An article like those that there are, another one for every number: about so many words in paragraphs."""
    chance = random.Random(f"{language} {number}")
    lines = [line for line in text(language).split("\n") if len(line) > 60]
    paragraphs: list[str] = []
    while sum(len(line.split()) for line in paragraphs) < words:
        paragraphs.append(_LONGER_WORDS.sub(lambda match: _other(match[0], chance), chance.choice(lines)))
    return "\n".join(paragraphs)


def _other(word: str, chance: random.Random) -> str:
    if not word.islower() or chance.random() > _CHANGED:
        return word
    return "".join(chance.sample(word, len(word)))
