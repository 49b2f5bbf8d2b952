"""Every fact of the attendee's account, with the rows that hold it, the page that shows it and a marker seen there.

`docs/facts.md` is the same list for people. A page is a kind and a key: `address_of` turns it into an address. A marker
is what the person typed, so it is the same in every language; of a thing with two names both stand there, with a bar.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User
from django.db.models import Model, QuerySet
from django.urls import reverse

from events.models import Appearance, Conference, Day, Series, Speaker, Talk, Venue
from journal.demo.identity import world_uid
from journal.markdown import Audience, Gathered, gather
from journal.models import Attendance, DayLog, Entry, Mark, Photo, Preferences

SEOUL = ZoneInfo("Asia/Seoul")
FIRST, SECOND = date(2022, 11, 8), date(2022, 11, 9)


class Kept:
    """One person's demo, by the words of the account."""

    def __init__(self, person: User, *, listed: bool = True) -> None:
        self.person, self.listed = person, listed

    @cached_property
    def forum(self) -> Conference:
        return self.talk("bengio").conference

    @cached_property
    def last_year(self) -> Conference:
        return self.talk("bengio-2021").conference

    @cached_property
    def naver(self) -> Conference:
        return Conference.objects.get(name="네이버 포럼", pk__in=self.attended.values("conference"))

    @property
    def attended(self) -> QuerySet[Attendance]:
        return Attendance.objects.of(self.person)

    def attendance(self, conference: Conference) -> Attendance:
        return self.attended.get(conference=conference)

    def day(self, on: date) -> Day:
        return self.forum.days.get(date=on)

    def log(self, on: date) -> DayLog:
        return DayLog.objects.of(self.person).get(day__date=on, day__conference=self.forum)

    def talk(self, key: str) -> Talk:
        return Talk.objects.get(uid=world_uid(key, owner_id=None if self.listed else self.person.pk))

    def appearance(self, talk: str) -> Appearance:
        return self.talk(talk).appearances.get()

    def speaker(self, name: str) -> Speaker:
        return Speaker.objects.filter(name=name, appearances__talk__conference=self.forum).distinct().get()

    def mark(self, talk: str) -> Mark:
        return Mark.objects.of(self.person).get(talk=self.talk(talk))

    def entries(self, **given: object) -> QuerySet[Entry]:
        return Entry.objects.of(self.person).kept().with_details().filter(**given)

    def one(self, **given: object) -> Entry:
        return self.entries(**given).get()

    def note_of(self, talk: str) -> Entry:
        return self.one(uid=Entry.note_uid(self.talk(talk), self.person.pk))

    def read(self, entry: Entry) -> Gathered:
        return gather(entry.text, audience=Audience.OWNER)

    def photos(self, **given: object) -> QuerySet[Photo]:
        return Photo.objects.of(self.person).kept().filter(**given)

    @property
    def preferences(self) -> Preferences:
        return Preferences.objects.get(person=self.person)


Page = tuple[str, str]


@dataclass(frozen=True)
class Fact:
    """`rows` is true of a whole demo; `marker` is seen on `page`."""

    name: str
    rows: Callable[[Kept], object]
    page: Page
    marker: str

    def __str__(self) -> str:
        return self.name

    def is_seen_in(self, text: str) -> bool:
        """Whether the text of the page shows it."""
        return any(marker in text for marker in self.marker.split(" | "))


def thing_on(page: Page, kept: Kept) -> Model:
    """The row whose page it is."""
    kind, key = page
    finders: dict[str, Callable[[], Model]] = {
        "conference": lambda: _conference(key, kept),
        "timeline": lambda: _conference(key, kept),
        "programme": lambda: _conference(key, kept),
        "day": lambda: kept.day(date.fromisoformat(key)),
        "talk": lambda: kept.talk(key),
        "speaker": lambda: kept.speaker(key),
        "venue": lambda: _venue(key, kept),
        "series": lambda: _series(kept),
    }
    return finders[kind]()


def address_of(page: Page, kept: Kept) -> str:
    """Where a browser finds the page."""
    kind, thing = page[0], thing_on(page, kept)
    if kind == "timeline":
        return reverse("journal:timeline", args=[thing.year, thing.slug])
    if kind == "programme":
        return reverse("programme", args=[thing.year, thing.slug])
    return thing.get_absolute_url()


def _conference(key: str, kept: Kept) -> Conference:
    return {"2022": kept.forum, "2021": kept.last_year, "naver": kept.naver}[key]


def _venue(key: str, kept: Kept) -> Venue:
    venue = kept.day({"coex": FIRST, "yangjae": SECOND}[key]).venue
    assert venue is not None
    return venue


def _series(kept: Kept) -> Series:
    assert kept.forum.series is not None
    return kept.forum.series


def _clock(moment: datetime | None) -> str:
    assert moment is not None
    return moment.astimezone(SEOUL).strftime("%H:%M")


def _in_text(*words: str, **which: object) -> Callable[[Kept], bool]:
    """One entry has all of these words in its text."""
    return lambda kept: all(word in kept.one(**which).text for word in words)


def _in_note(talk: str, *words: str) -> Callable[[Kept], bool]:
    """The person's own note of this talk has all of these words."""
    return lambda kept: all(word in kept.note_of(talk).text for word in words)


def _withheld(entry: Entry) -> bool:
    """There is an off-record block, and it is short."""
    return "::: 비밀" in entry.text and len(entry.text.split("::: 비밀")[1].split(":::")[0].strip()) < 30


CONFERENCE, TIMELINE = ("conference", "2022"), ("timeline", "2022")
DAY_1, DAY_2 = ("day", "2022-11-08"), ("day", "2022-11-09")

THE_ATTENDEE = [
    Fact(
        "went with friends",
        lambda kept: kept.attendance(kept.forum).companions == "친구들",
        CONFERENCE,
        "친구들",
    ),
    Fact(
        "with friends: how to make a living",
        _in_text("친구들", "먹고살지", "먼저 와 달라고", title="뭐 해서 먹고살지"),
        TIMELINE,
        "뭐 해서 먹고살지",
    ),
    Fact("2021 online", lambda kept: kept.attendance(kept.last_year).mode == "online", ("conference", "2021"), "2021"),
    Fact(
        "2021 online because of the pandemic",
        lambda kept: "코로나" in kept.one(conference=kept.last_year).text,
        ("timeline", "2021"),
        "코로나",
    ),
    Fact("2022 in person", lambda kept: kept.attendance(kept.forum).mode == "in_person", CONFERENCE, "2022"),
    Fact("lives outside Seoul", _in_text("서울에 올라왔다", title="하루 먼저 서울로"), TIMELINE, "서울에 올라왔다"),
    Fact("the field", _in_text("뇌과학", "기계학습", title="내 분야의 두 사람"), TIMELINE, "뇌과학에 가까운 기계학습"),
    Fact(
        "published on 15 November, under graduate-school life",
        lambda kept: "대학원 생활" in kept.one(on=date(2022, 11, 15)).text,
        TIMELINE,
        "대학원 생활",
    ),
    Fact(
        "confidential things are withheld, and the text says so",
        lambda kept: all(
            _withheld(entry) for entry in (kept.one(title="다녀와서"), kept.one(kind=Entry.Kind.ENCOUNTER))
        ),
        TIMELINE,
        "쓸 수 없는 이야기도",
    ),
]

THE_CONFERENCE = [
    Fact(
        "a series",
        lambda kept: kept.forum.series == kept.last_year.series,
        ("series", ""),
        "Samsung AI Forum | 삼성 AI 포럼",
    ),
    Fact(
        "Bengio comes every year",
        lambda kept: (
            kept.talk("bengio-2021").appearances.get().speaker == kept.speaker("Yoshua Bengio")
            and "해마다" in kept.one(title="‘삼성 교수’라는 직함").text
        ),
        ("speaker", "Yoshua Bengio"),
        "해마다",
    ),
    Fact(
        "8–9 November 2022", lambda kept: (kept.forum.starts_on, kept.forum.ends_on) == (FIRST, SECOND), CONFERENCE, "8"
    ),
    Fact("hybrid", lambda kept: kept.forum.mode == "hybrid", CONFERENCE, "2022"),
    Fact(
        "1–2 November 2021, online",
        lambda kept: (
            (kept.last_year.starts_on, kept.last_year.ends_on, kept.last_year.mode)
            == (date(2021, 11, 1), date(2021, 11, 2), "online")
        ),
        ("conference", "2021"),
        "2021",
    ),
    Fact("Seoul", lambda kept: kept.forum.days.filter(venue__city="서울").count() == 2, ("venue", "coex"), "서울"),
    Fact(
        "the two days felt entirely different",
        _in_text("완전히 달랐다", "같은 회사", title="같은 회사 맞나"),
        TIMELINE,
        "이틀이 완전히 달랐다",
    ),
    Fact("day 1's host", lambda kept: "SAIT" in kept.day(FIRST).host, DAY_1, "종합기술원"),
    Fact("day 1's division", lambda kept: "DS" in kept.day(FIRST).about, DAY_1, "DS부문"),
    Fact("day 2's host", lambda kept: "Samsung Research" in kept.day(SECOND).host, DAY_2, "삼성 리서치"),
    Fact("day 2's division", lambda kept: "DX" in kept.day(SECOND).about, DAY_2, "DX부문"),
    Fact(
        "both hosts side by side", lambda kept: kept.day(FIRST).host != kept.day(SECOND).host, CONFERENCE, "종합기술원"
    ),
    Fact(
        "day 1's venue",
        lambda kept: kept.day(FIRST).venue.name == "COEX Grand Ballroom",
        DAY_1,
        "COEX Grand Ballroom | 코엑스 그랜드볼룸",
    ),
    Fact("day 2's venue", lambda kept: kept.day(SECOND).venue.name == "삼성 양재 R&D 센터", DAY_2, "양재 | Yangjae"),
    Fact(
        "its official name",
        lambda kept: "서울R&D캠퍼스" in kept.day(SECOND).venue.spellings(),
        ("venue", "yangjae"),
        "양재 | Yangjae",
    ),
    Fact(
        "it is the designers' building",
        lambda kept: "디자이너" in kept.one(venue=kept.day(SECOND).venue).text,
        ("venue", "yangjae"),
        "디자이너들의 건물",
    ),
    Fact("mood of day 1", lambda kept: "딱딱하다" in kept.log(FIRST).mood, CONFERENCE, "규모에 깜짝 놀랐다"),
    Fact("mood of day 2", lambda kept: "사랑스럽고" in kept.log(SECOND).mood, CONFERENCE, "어수선한데 사랑스럽고"),
    Fact(
        "expected little",
        lambda kept: "기대 없이" in kept.attendance(kept.forum).expectation,
        CONFERENCE,
        "별 기대 없이",
    ),
    Fact("the MC's manner and English", _in_text("진행", "영어", title="사회자"), DAY_1, "사회자의 진행"),
    Fact(
        "in-house live interpretation under the screen",
        _in_text("실시간으로 통역", "스크린 아래", "산만", "멋지다", title="스크린 아래 실시간 통역"),
        DAY_2,
        "실시간으로 통역",
    ),
]

THE_EVENING_BEFORE = [
    Fact(
        "the night before belongs to no conference day",
        lambda kept: kept.one(on=date(2022, 11, 7)).day is None and kept.one(on=date(2022, 11, 7)).conference,
        TIMELINE,
        "하루 먼저",
    ),
    Fact(
        "two nights in Samseong-dong, beside the venue",
        lambda kept: all(
            word in kept.attendance(kept.forum).lodging for word in ("삼성동", "에어비앤비", "이틀", "옆")
        ),
        CONFERENCE,
        "삼성동 에어비앤비",
    ),
]

DAY_ONE = [
    Fact(
        "arrived about 9:00",
        lambda kept: (_clock(kept.log(FIRST).arrived), kept.log(FIRST).arrived_about) == ("09:00", True),
        DAY_1,
        "09:00",
    ),
    Fact(
        "programme from 9:30",
        lambda kept: _clock(kept.talk("start").starts_at) == "09:30",
        ("programme", "2022"),
        "09:30",
    ),
    Fact(
        "the queue at about 9:30: a lesson",
        lambda kept: (
            (_clock(kept.one(title="9시와 9시 반").at), kept.one(title="9시와 9시 반").about) == ("09:30", True)
            and "다음번" in kept.one(title="9시와 9시 반").text
        ),
        DAY_1,
        "9시에 와라",
    ),
    Fact(
        "a Lamy pen at registration, its colour chance",
        lambda kept: (
            kept.one(swag__item="Lamy 볼펜").swag.won == "registration"
            and "랜덤" in kept.one(swag__item="Lamy 볼펜").swag.variant
        ),
        DAY_1,
        "Lamy 볼펜",
    ),
    Fact(
        "coffee and bread behind registration",
        lambda kept: kept.one(meal__occasion="coffee", meal__dishes="커피, 빵").meal.place,
        DAY_1,
        "빵",
    ),
    Fact(
        "posters known by their university",
        lambda kept: (
            {row.organisation for row in Appearance.objects.filter(talk__conference=kept.forum, talk__kind="poster")}
            == {"Seoul National University", "KAIST", "KIAS"}
        ),
        ("programme", "2022"),
        "Seoul National University",
    ),
    Fact("posters have no title", lambda kept: not kept.talk("poster-kias").title, ("talk", "poster-kias"), "KIAS"),
    Fact(
        "posters of CVPR and NeurIPS, and why these",
        lambda kept: (
            {"CVPR", "NeurIPS"} <= set(kept.read(kept.one(title="왜 이 포스터들일까")).tags)
            and "왜 하필" in kept.one(title="왜 이 포스터들일까").text
        ),
        DAY_1,
        "왜 하필",
    ),
    Fact("a really large hall", lambda kept: kept.one(room__in=kept.forum.rooms.all()).text, DAY_1, "방이 진짜 크다"),
    Fact(
        "the highlight of the day",
        lambda kept: kept.log(FIRST).highlight_talk == kept.talk("bengio"),
        CONFERENCE,
        "Yoshua Bengio | 요슈아 벤지오",
    ),
    Fact(
        "a Turing Award, shared",
        lambda kept: "공동" in kept.speaker("Yoshua Bengio").about,
        ("speaker", "Yoshua Bengio"),
        "튜링상",
    ),
    Fact("an Einstein of our time", _in_note("bengio", "아인슈타인"), ("talk", "bengio"), "아인슈타인"),
    Fact(
        "Bengio's job title, which is no affiliation",
        lambda kept: (
            "Samsung Professor" in kept.appearance("bengio").job_title and not kept.appearance("bengio").affiliation
        ),
        ("talk", "bengio"),
        "Samsung Professor",
    ),
    Fact(
        "what that title is",
        _in_text("직함", "소속이라는 뜻이 아니고", title="‘삼성 교수’라는 직함"),
        ("talk", "bengio"),
        "말 그대로 직함이다",
    ),
    Fact(
        "the talk is known by speaker and topic, not by title",
        lambda kept: not kept.talk("bengio").title and "베이지안" in kept.talk("bengio").abstract,
        ("talk", "bengio"),
        "Bayesian neural networks",
    ),
    Fact(
        "not an easy talk", lambda kept: "쉽지는" in kept.mark("bengio").verdict, ("talk", "bengio"), "쉽지는 않았지만"
    ),
    Fact(
        "the paraphrased quote",
        lambda kept: (
            [
                (quote.said_by, quote.paraphrase, "공부해야 할 때" in quote.text)
                for quote in kept.read(kept.note_of("bengio")).quotes
            ]
            == [("Yoshua Bengio", True, True)]
        ),
        ("talk", "bengio"),
        "베이지안 방식을 공부해야 할 때",
    ),
    Fact(
        "awe: where the world's researchers go",
        _in_note("bengio", "경외감", "전 세계 연구자"),
        ("talk", "bengio"),
        "경외감",
    ),
    Fact("something clicked: many modes", _in_note("bengio", "딸깍", "여러 모드"), ("talk", "bengio"), "여러 모드"),
    Fact(
        "lunch: its dishes",
        lambda kept: all(
            dish in kept.one(meal__occasion="lunch", day__date=FIRST).meal.dishes
            for dish in ("전복", "가리비", "새우", "장어", "마카롱", "등")
        ),
        DAY_1,
        "가리비",
    ),
    Fact(
        "lunch: apparently by the hotel",
        lambda kept: kept.one(title="도시락").meal.provider == "호텔 (아마도)",
        DAY_1,
        "호텔 (아마도)",
    ),
    Fact(
        "lunch: hungry, very good, nothing left",
        _in_text("배가 너무 고팠다", "한 톨도", title="도시락"),
        DAY_1,
        "한 톨도",
    ),
    Fact("lunch: as grand as the keynote", _in_text("기조강연만큼", title="도시락"), DAY_1, "기조강연만큼"),
    Fact(
        "one verdict for the afternoon's block",
        lambda kept: kept.mark("systems").verdict == kept.mark("semiconductors").verdict != "",
        ("programme", "2022"),
        "내 분야가 아니라",
    ),
    Fact(
        "systems and semiconductor processes",
        lambda kept: (kept.talk("systems").track, kept.talk("semiconductors").track) == ("시스템", "반도체 공정"),
        ("programme", "2022"),
        "반도체 공정",
    ),
    Fact(
        "a nameless encounter at the recruiting booth",
        lambda kept: (
            not kept.one(kind="encounter").encounter.person
            and kept.one(kind="encounter").encounter.where == "채용 부스"
            and kept.one(kind="encounter").talk == kept.talk("recruiting")
        ),
        ("talk", "recruiting"),
        "채용 부스",
    ),
    Fact(
        "who had also graduated from KAIST",
        lambda kept: "KAIST" in kept.one(kind="encounter").encounter.affiliation,
        ("talk", "recruiting"),
        "KAIST 졸업",
    ),
    Fact(
        "great fun, much learned",
        _in_text("재미있었고", "배웠다", kind="encounter"),
        ("talk", "recruiting"),
        "많이 배웠다",
    ),
    Fact("thirty minutes beat a week", _in_text("30분", "일주일", kind="encounter"), ("talk", "recruiting"), "30분"),
    Fact(
        "both sides had a motive", _in_text("회사도", "서로", kind="encounter"), ("talk", "recruiting"), "서로 좋은 일"
    ),
]

DAY_TWO = [
    Fact(
        "how the two institutes differ",
        _in_text("직원분께", "반도체 (DS)", "기기 (DX)", title="종합기술원과 삼성 리서치"),
        DAY_2,
        "기기 (DX)",
    ),
    Fact(
        "half right about Google Brain",
        _in_text("구글 브레인", "반은 맞고", title="종합기술원과 삼성 리서치"),
        DAY_2,
        "구글 브레인",
    ),
    Fact(
        "almost a start-up, not free",
        _in_text("스타트업", "백 퍼센트", title="종합기술원과 삼성 리서치"),
        DAY_2,
        "스타트업",
    ),
    Fact(
        "the essay in three steps",
        lambda kept: (
            kept.one(title="회사는 왜 연구에 돈을 쓸까").text.count("\n") == 2
            and kept.one(title="회사는 왜 연구에 돈을 쓸까").day is None
        ),
        TIMELINE,
        "회사는 왜 연구에 돈을 쓸까",
    ),
    Fact(
        "Seung: head of Samsung Research, and Princeton",
        lambda kept: (
            "head of Samsung Research" in kept.appearance("seung").job_title
            and "Princeton" in kept.appearance("seung").affiliation
            and kept.speaker("Sebastian Seung").other_name == "승현준"
        ),
        ("talk", "seung"),
        "Princeton",
    ),
    Fact(
        "Lee: perhaps executive vice president, and Cornell",
        lambda kept: (
            "executive vice president?" in kept.appearance("panel").job_title
            and "Cornell" in kept.appearance("panel").affiliation
        ),
        ("talk", "panel"),
        "Cornell",
    ),
    Fact(
        "two posts at once, one field, a Nature paper by the two alone",
        lambda kept: (
            all(
                word in kept.one(title="내 분야의 두 사람").text for word in ("동시에", "내 분야", "둘이서만", "Nature")
            )
            and kept.read(kept.one(title="내 분야의 두 사람")).references[0].key == kept.speaker("Daniel Lee").slug
        ),
        ("speaker", "Sebastian Seung"),
        "둘이서만 쓴",
    ),
    Fact(
        "to see both was something",
        _in_text("실제로 보다니", title="내 분야의 두 사람"),
        DAY_2,
        "두 분을 실제로 보다니",
    ),
    Fact(
        "GPT-3 twice: is NLP the trend",
        lambda kept: (
            sum("GPT-3" in kept.read(entry).tags for entry in kept.entries()) == 2
            and "대세는" in kept.note_of("research-2").text
        ),
        ("talk", "research-2"),
        "벌써 두 번째",
    ),
    Fact(
        "the other forum",
        lambda kept: (
            [(to.kind, to.key) for to in kept.read(kept.note_of("research-2")).references]
            == [("conference", f"2021/{kept.naver.slug}")]
        ),
        ("talk", "research-2"),
        "네이버 포럼",
    ),
    Fact(
        "the other forum is in the book",
        lambda kept: kept.attendance(kept.naver),
        ("conference", "naver"),
        "네이버 포럼 | Naver forum",
    ),
    Fact(
        "what no university could try",
        _in_note("research-2", "초거대 모델", "시도조차"),
        ("talk", "research-2"),
        "시도조차",
    ),
    Fact(
        "Seung's topic",
        lambda kept: not kept.talk("seung").title and "unsupervised" in kept.talk("seung").abstract,
        ("talk", "seung"),
        "unsupervised representation learning",
    ),
    Fact(
        "Hebbian learning and backpropagation",
        _in_note("seung", "#헤브학습", "뉴런", "역전파"),
        ("talk", "seung"),
        "역전파",
    ),
    Fact(
        "two camps",
        _in_note("seung", "둘로 갈린다", "뇌에도 역전파가", "더 나은 방법"),
        ("talk", "seung"),
        "둘로 갈린다",
    ),
    Fact("Seung does not know either", _in_note("seung", "승현준 교수님도 모르겠다"), ("talk", "seung"), "모르겠다고"),
    Fact(
        "to look up: stacked Hebbian learning",
        lambda kept: (
            [(task.done, "stacked Hebbian" in task.text) for task in kept.read(kept.note_of("seung")).follow_ups]
            == [(False, True)]
        ),
        ("talk", "seung"),
        "stacked Hebbian learning",
    ),
    Fact(
        "professional and enjoyable",
        lambda kept: "재미있다" in kept.mark("seung").verdict,
        ("talk", "seung"),
        "전문적인데",
    ),
    Fact(
        "all of them presented extremely well",
        lambda kept: (
            "잘한다" in kept.mark("research-1").verdict and "한국인" in kept.one(title="발표를 이렇게 잘하다니").text
        ),
        DAY_2,
        "하나같이 발표를 정말 잘한다",
    ),
    Fact(
        "panel discussions in between, Daniel Lee with the day's speakers",
        lambda kept: kept.talk("panel").kind == "panel" and kept.appearance("panel").role == "panellist",
        ("talk", "panel"),
        "그날의 연사들",
    ),
    Fact(
        "English easy to follow, answers unprepared",
        _in_note("panel", "영어", "준비 없이"),
        ("talk", "panel"),
        "준비 없이",
    ),
    Fact(
        "lunch: gimbap by Samsung Welstory",
        lambda kept: kept.one(meal__dishes="김밥").meal.provider == "삼성 웰스토리 (Samsung Welstory)",
        DAY_2,
        "삼성 웰스토리",
    ),
    Fact(
        "lunch: a disappointment that was not",
        _in_text("실망", "티 내지", "맛있었다", title="김밥"),
        DAY_2,
        "티 내지 않았다",
    ),
    Fact("eco bag", lambda kept: kept.one(swag__item="에코백"), DAY_2, "에코백"),
    Fact("tumbler", lambda kept: kept.one(swag__item="텀블러"), DAY_2, "텀블러"),
    Fact("all really useful", _in_text("쓸모", swag__item="에코백"), DAY_2, "하나같이 정말 쓸모"),
    Fact(
        "a pen for who talked with the recruiting team",
        lambda kept: (
            (kept.one(swag__item="볼펜").swag.won, kept.one(swag__item="볼펜").swag.from_whom)
            == ("conversation", "채용팀")
        ),
        DAY_2,
        "채용팀",
    ),
    Fact(
        "a T-shirt for all stamps",
        lambda kept: kept.one(swag__item="티셔츠").swag.won == "stamps",
        ("talk", "booths"),
        "도장",
    ),
    Fact(
        "the last one, to applause", _in_text("마지막 한 장", "박수", swag__item="티셔츠"), ("talk", "booths"), "박수"
    ),
    Fact("its size", lambda kept: "184" in kept.one(swag__item="티셔츠").swag.variant, ("talk", "booths"), "184 cm"),
    Fact(
        "undecided what to do with it",
        lambda kept: kept.one(swag__item="티셔츠").swag.state == "undecided",
        ("talk", "booths"),
        "이걸 어쩌지",
    ),
    Fact("booths that show research", lambda kept: "시연" in kept.talk("booths").abstract, ("talk", "booths"), "시연"),
    Fact("sat until everything was over", _in_text("끝날 때까지", title="끝까지"), DAY_2, "끝날 때까지"),
    Fact(
        "shuttle bus to Yangjae station",
        lambda kept: "셔틀버스로 양재역" in kept.log(SECOND).travel,
        DAY_2,
        "셔틀버스로 양재역",
    ),
]

CLOSING = [
    Fact(
        "a really good chance",
        _in_text("정말, 정말 좋은 기회", "많이 배웠", title="다녀와서"),
        TIMELINE,
        "정말 좋은 기회",
    ),
    Fact("a trip to Seoul after a long time", _in_text("오랜만에 서울", title="다녀와서"), TIMELINE, "오랜만에 서울"),
    Fact("wants to study harder", _in_text("공부를 더 열심히", title="다녀와서"), TIMELINE, "공부를 더 열심히"),
    Fact("a doctorate counts for something", _in_text("박사 학위", title="다녀와서"), TIMELINE, "박사 학위"),
    Fact(
        "pictures stand inside the flow",
        lambda kept: all(
            str(photo.uid) in photo.entry.text
            for photo in kept.photos(entry__isnull=False).exclude(entry__title="하루 먼저 서울로")
        ),
        TIMELINE,
        "접시에 담긴 김밥",
    ),
    Fact(
        "only three clock times",
        lambda kept: (
            kept.entries(at__isnull=False).count() == 1
            and kept.forum.talks.filter(starts_at__isnull=False).count() == 1
            and kept.log(SECOND).arrived is None
        ),
        DAY_1,
        "09:30",
    ),
]

FACTS = [*THE_ATTENDEE, *THE_CONFERENCE, *THE_EVENING_BEFORE, *DAY_ONE, *DAY_TWO, *CLOSING]
