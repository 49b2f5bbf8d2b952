"""Titles as programmes have them: Korean and English, three characters to two hundred, and some that repeat."""

from __future__ import annotations

from journal.sample import words
from journal.sample.chance import Chance

LONGEST = 200


def title(chance: Chance, *, korean: bool) -> str:
    """A title of 3 to 200 characters; about one in 25 is one that other talks have too."""
    drawn = chance.random()
    if drawn < 0.04:
        return chance.one(words.REPEATED)
    if drawn < 0.05:
        return chance.one(words.SHORT_TITLES)
    made = _korean(chance) if korean else _english(chance)
    while drawn > 0.93 and len(made) < LONGEST:
        joint, more = chance.one(("—", "/", "그리고" if korean else "and")), _korean if korean else _english
        made = f"{made} {joint} {more(chance)}"
        drawn -= 0.03
    return made[:LONGEST].rstrip()


def _english(chance: Chance) -> str:
    field, other, place = chance.one(words.FIELDS), chance.one(words.FIELDS), chance.one(words.PLACES)
    lesson, doing, adjective = chance.one(words.LESSONS), chance.one(words.DOINGS), chance.one(words.ADJECTIVES)
    tool = chance.one(words.TOOLS)
    return chance.one(
        (
            f"{doing} {field} in {place}",
            f"{doing} {adjective} {field}: {lesson}",
            f"{tool}: {adjective} {field} for {place}",
            f"{tool} {chance.randint(1, 9)}.{chance.randint(0, 12)}, {lesson}",
            f"Why {field} needs {other}",
            f"How {place} taught us {adjective} {field}",
            f"{adjective.capitalize()} {field} meets {other} in {place}: {lesson}",
            f"{field.capitalize()}",
            f"An introduction to {field} with {tool}",
            f"“{field.capitalize()} is solved” {lesson}",
        )
    )


def _korean(chance: Chance) -> str:
    field, other, place = chance.one(words.KO_FIELDS), chance.one(words.KO_FIELDS), chance.one(words.KO_PLACES)
    lesson, adjective, tool = chance.one(words.KO_LESSONS), chance.one(words.KO_ADJECTIVES), chance.one(words.TOOLS)
    return chance.one(
        (
            f"{place} 배운 {field}: {lesson}",
            f"{adjective} {field}",
            f"{field}, {lesson}",
            f"{tool}: {adjective} {field}",
            f"{tool}({tool.lower()}) 활용기: {place} 돌려 본 {field}",
            f"{field}에서 {other}까지, {lesson}",
            f"{adjective} {field} 이야기 — {place} 보낸 {chance.randint(2, 20)}년",
            f"왜 {field}인가?",
        )
    )


def abstract(chance: Chance, *, korean: bool) -> str:
    """Two to nine sentences of a programme."""
    return " ".join(_sentence(chance, korean=korean) for _number in range(chance.randint(2, 9)))


def _sentence(chance: Chance, *, korean: bool) -> str:
    if korean:
        field, adjective = chance.one(words.KO_FIELDS), chance.one(words.KO_ADJECTIVES)
        return chance.one(
            (
                f"이 발표에서는 {adjective} {field} 사례를 나눕니다.",
                f"{chance.one(words.KO_PLACES)} 겪은 일을 바탕으로 {field} 문제를 다시 봅니다.",
                f"{field} 분야에서 아직 풀리지 않은 질문이 무엇인지 함께 생각해 봅니다.",
                f"{adjective} 방법이 왜 더 나은지 수치로 보여 드립니다.",
            )
        )
    field, place = chance.one(words.FIELDS), chance.one(words.PLACES)
    return chance.one(
        (
            f"We look at {field} as it is done in {place}, and at what that costs.",
            f"After {chance.randint(2, 15)} years of {field}, some assumptions did not hold.",
            f"The method is {chance.one(words.ADJECTIVES)}, and it runs in {place}.",
            f"No previous knowledge of {field} is needed; a sense of humour helps.",
            f"All measurements, including the embarrassing ones, are published with {chance.one(words.TOOLS)}.",
        )
    )
