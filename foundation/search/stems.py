"""The terms of a word: what it is cut down to in Italian and in English, so that its forms are found by each other."""

import re
from functools import cache, lru_cache
from typing import Any

import snowballstemmer

from foundation.search.words import FOREIGN

SHORTEST_STEMMED = 3

_FORMS = """
    child: children; man: men; woman: women; foot: feet; tooth: teeth; mouse: mice; goose: geese; knife: knives
    wife: wives; life: lives; leaf: leaves; shelf: shelves; half: halves; loaf: loaves; scarf: scarves; wolf: wolves
    person: people
    begin: began begun; break: broke broken; bring: brought; build: built; buy: bought; catch: caught
    choose: chose chosen; come: came; dig: dug; draw: drew drawn; drive: drove driven; eat: ate eaten; fly: flew flown
    forget: forgot forgotten; give: gave given; go: went gone; grow: grew grown; hear: heard; hold: held; keep: kept
    know: knew known; learn: learnt; lend: lent; lose: lost; make: made; meet: met; mow: mown; pay: paid
    ride: rode ridden; run: ran; sell: sold; send: sent; sew: sewn; sing: sang sung; sit: sat; sleep: slept
    speak: spoke spoken; spend: spent; steal: stole stolen; swim: swam; take: took taken; teach: taught; tell: told
    think: thought; throw: threw thrown; understand: understood; wake: woke; wear: wore worn; weave: wove woven
    write: wrote written
    uomo: uomini; bue: buoi; ala: ali; moglie: mogli; ago: aghi; bicicletta: bici; frigorifero: frigo frighi
    andare: vado vai va vanno vada; aprire: aperto aperta aperti aperte; bere: bevo bevi beve bevono bevuto
    chiudere: chiuso chiusa chiusi chiuse; cogliere: colgo colgono colto; cuocere: cuoci cotto cotta cotti cotte
    dipingere: dipinto dipinta dipinti dipinte; dire: dico dici dice dicono detto; dovere: devo devi deve devono
    fare: faccio fai fa facciamo fanno fatto fatta fatti fatte; offrire: offerto; perdere: perso
    potere: posso puoi puo possiamo possono; prendere: preso presi; raccogliere: raccolgo raccolgono raccolto raccolta
    rimanere: rimango rimangono rimasto; rompere: rotto rotta rotti rotte; salire: salgo salgono
    sapere: so sai sa sappiamo sanno sappia; scegliere: scelgo scelgono scelto scelta
    scrivere: scritto scritta scritti scritte; spegnere: spengo spento spenta; tenere: tengo tieni tiene tengono
    togliere: tolgo tolgono tolto tolta; uscire: esco esci esce escono esca; venire: vengo vieni viene vengono venga
    vivere: vissuto; volere: voglio vuoi vuole vogliamo vogliono
"""
"""Each word and those of its forms that no rule leads back to it; forms that are oftener another word are left out."""
SAME = {
    form: word
    for line in _FORMS.replace("\n", ";").split(";")
    for word, _colon, forms in [line.strip().partition(": ")]
    for form in forms.split()
}

_ENDING = re.compile(r"(?<=[cg])h[ei]$|i?[aeio]$")
_SHORT = {"a": "1", "e": "12", "i": "23", "o": "3"}
"""Which endings change with which in a word of three letters: `zia` with `zie`, `ape` with `api`, `zio` with `zii`."""
_WANTED = re.compile(r"(?<=.{3}[aei])si$")
"""As notices say it: `cercasi`, `vendesi`, `offresi`."""
_LEADING = re.compile(r"d(?:urre|u[cz][aeiou]\w*|ott[aeio]|utt(?:or|ric)[aeio])$")
"""The family of `tradurre`: `traduco`, `traduzione`, `tradotto`, `traduttrice`."""
_ARTICLE = re.compile(r"^(?:[وف]?(?:ال|بال|كال)|[وف]?لل)(?=.{3})")
_SCRIPTS = ((0x370, 0x3FF, "greek"), (0x400, 0x52F, "russian"), (0x600, 0x6FF, "arabic"), (0x900, 0x97F, "hindi"))
_ITALIAN = snowballstemmer.stemmer("italian")
_ENGLISH = snowballstemmer.stemmer("english")


@lru_cache(maxsize=100_000)
def terms_of(word: str) -> tuple[str, ...]:
    """What stands in the index for a folded word: its Italian stem and its English one, since nobody says which.

    A word of another alphabet stands there in letters that every tokenizer takes for one word.
    """
    if not word.isascii():
        return (FOREIGN + _foreign_stem(word).encode().hex(),)
    word = SAME.get(word, word)
    if len(word) < SHORTEST_STEMMED or not word.isalpha():
        return (word,)
    return tuple(dict.fromkeys((*stems_of(word), *_more_of(word))))


def stems_of(word: str) -> tuple[str, str, str]:
    """The Italian stem of a folded word, what is left of it without its ending, and its English stem."""
    return _ITALIAN.stemWord(word), _without_ending(word), _ENGLISH.stemWord(word)


def _more_of(word: str) -> list[str]:
    """Terms that short words share with their plural, and some forms of verbs with the others."""
    if len(word) == SHORTEST_STEMMED:
        return [word[:-1] + group for group in _SHORT.get(word[-1], "")]
    if _WANTED.search(word):
        return [_ITALIAN.stemWord(word[:-2])]
    leading = _LEADING.search(word)
    return [word[: leading.start()] + "duc"] if leading and leading.start() > 1 else []


def _without_ending(word: str) -> str:
    """The same for the singular and the plural of a short Italian word, which the Italian stemmer leaves as it is."""
    bare = _ENDING.sub("", word)
    return bare if len(bare) >= SHORTEST_STEMMED else word


def _foreign_stem(word: str) -> str:
    first = ord(word[0])
    name = next((name for begin, end, name in _SCRIPTS if begin <= first <= end), "")
    if not name:
        return word
    return str(_stemmer(name).stemWord(_ARTICLE.sub("", word) if name == "arabic" else word)) or word


@cache
def _stemmer(language: str) -> Any:
    return snowballstemmer.stemmer(language)
