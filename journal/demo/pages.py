"""The pages of the attendee's book, as data: what each is about, and what stands in its fields (docs/facts.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Any

from journal.models import Attendance, DayLog, Entry, Mark, Meal, Swag

_KOREA = timezone(timedelta(hours=9))
_NOTE, _MEAL, _SWAG, _ENCOUNTER = Entry.Kind.NOTE, Entry.Kind.MEAL, Entry.Kind.SWAG, Entry.Kind.ENCOUNTER


@dataclass(frozen=True, kw_only=True)
class Page:
    """An entry. Its text is TEXTS[key]; `order` is its place in the day, since most things have no clock time.

    `day` is 1 or 2 of the event; `own` makes it the person's own note of the talk, whose key is then that of the talk.
    """

    key: str
    kind: str = _NOTE
    title: str = ""
    event: str = "2022"
    day: int = 0
    on: date | None = None
    talk: str = ""
    own: bool = False
    speaker: str = ""
    in_hall: bool = False
    at_venue: bool = False
    order: float | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A drawing: of an entry, else of a day."""

    key: str
    page: str = ""
    day: int = 0
    caption: str = ""
    alt_text: str = ""


def _own_note(talk: str, order: float) -> Page:
    return Page(key=talk, talk=talk, own=True, order=order)


PAGES = (
    Page(key="night", title="하루 먼저 서울로", on=date(2022, 11, 7), order=1200),
    Page(
        key="lamy",
        kind=_SWAG,
        talk="registration",
        order=545,
        details={"item": "Lamy 볼펜", "variant": "색은 랜덤", "won": Swag.Won.REGISTRATION},
    ),
    Page(
        key="queue",
        title="9시와 9시 반",
        talk="registration",
        fields={"at": datetime(2022, 11, 8, 9, 30, tzinfo=_KOREA), "about": True},
    ),
    Page(
        key="coffee",
        kind=_MEAL,
        day=1,
        order=550,
        details={"occasion": Meal.Occasion.COFFEE, "dishes": "커피, 빵", "place": "등록하는 곳 뒤쪽"},
    ),
    Page(key="posters", title="왜 이 포스터들일까", day=1, order=555),
    Page(key="hall", title="강연장", day=1, in_hall=True, order=560),
    Page(key="mc", title="사회자", day=1, order=575),
    Page(key="professor", title="‘삼성 교수’라는 직함", talk="bengio", speaker="bengio", order=600),
    _own_note("bengio", 605),
    Page(
        key="lunch-1",
        kind=_MEAL,
        title="도시락",
        day=1,
        order=750,
        fields={"part": Entry.Part.LUNCH, "rating": 5},
        details={
            "occasion": Meal.Occasion.LUNCH,
            "dishes": "전복, 가리비, 새우, 장어, 마카롱 등",
            "provider": "호텔 (아마도)",
        },
    ),
    _own_note("systems", 840),
    _own_note("semiconductors", 860),
    Page(
        key="recruiting",
        kind=_ENCOUNTER,
        talk="recruiting",
        order=960,
        details={"affiliation": "KAIST 졸업", "where": "채용 부스"},
    ),
    Page(key="screen", title="스크린 아래 실시간 통역", day=2, order=570),
    Page(key="building", title="디자이너들의 건물", day=2, at_venue=True, order=575),
    Page(key="institutes", title="종합기술원과 삼성 리서치", day=2, order=580),
    Page(key="seung-and-lee", title="내 분야의 두 사람", day=2, speaker="seung", order=590),
    _own_note("research-1", 600),
    _own_note("research-2", 620),
    Page(key="speakers", title="발표를 이렇게 잘하다니", day=2, order=640),
    _own_note("seung", 660),
    _own_note("panel", 700),
    Page(
        key="lunch-2",
        kind=_MEAL,
        title="김밥",
        day=2,
        order=750,
        fields={"part": Entry.Part.LUNCH, "rating": 5},
        details={
            "occasion": Meal.Occasion.LUNCH,
            "dishes": "김밥",
            "provider": "삼성 웰스토리 (Samsung Welstory)",
        },
    ),
    Page(key="eco-bag", kind=_SWAG, day=2, order=800, details={"item": "에코백"}),
    Page(key="tumbler", kind=_SWAG, day=2, order=805, details={"item": "텀블러"}),
    Page(
        key="pen-2",
        kind=_SWAG,
        day=2,
        order=810,
        details={"item": "볼펜", "from_whom": "채용팀", "won": Swag.Won.CONVERSATION},
    ),
    Page(
        key="t-shirt",
        kind=_SWAG,
        talk="booths",
        order=820,
        details={
            "item": "티셔츠",
            "variant": "키 184 cm 사이즈",
            "won": Swag.Won.STAMPS,
            "state": Swag.State.UNDECIDED,
        },
    ),
    Page(key="leaving", title="끝까지", day=2, order=1080),
    Page(key="two-worlds", title="같은 회사 맞나", order=1),
    Page(key="essay", title="회사는 왜 연구에 돈을 쓸까", order=2),
    Page(key="living", title="뭐 해서 먹고살지", order=3),
    Page(key="closing", title="다녀와서", order=4),
    Page(key="published", title="글로 올렸다", on=date(2022, 11, 15)),
    Page(key="online", event="2021"),
)

PICTURES = (
    Picture(key="evening", page="night", alt_text="밤의 도시가 보이는 창가와 여행 가방"),
    Picture(key="pen", page="lamy", caption="색은 랜덤", alt_text="공책 위에 놓인 라미 볼펜"),
    Picture(key="hall", day=1, caption="정말 큰 방", alt_text="천장에 등이 줄지어 달린 넓은 강연장과 먼 무대"),
    Picture(key="lunch-box", page="lunch-1", alt_text="밥, 전복, 가리비, 새우, 장어, 마카롱이 든 여섯 칸 도시락"),
    Picture(
        key="screen",
        page="screen",
        caption="자체 기술로 실시간 통역",
        alt_text="무대 스크린 아래 두 줄로 흐르는 통역 자막",
    ),
    Picture(key="gimbap", page="lunch-2", alt_text="접시에 담긴 김밥"),
    Picture(
        key="swag",
        page="eco-bag",
        caption="둘째 날 받은 것들",
        alt_text="에코백, 텀블러, 볼펜, 티셔츠와 도장을 다 모은 종이",
    ),
)

# Who was there and how. Stars are assumed: the account has none.
ATTENDANCES: dict[str, dict[str, Any]] = {
    "2022": {
        "mode": Attendance.Mode.IN_PERSON,
        "companions": "친구들",
        "lodging": "삼성동 에어비앤비 (행사장 바로 옆), 11월 7일부터 이틀 밤",
        "expectation": "별 기대 없이 갔다.",
    },
    "2021": {"mode": Attendance.Mode.ONLINE},
    "naver": {"mode": Attendance.Mode.ONLINE},
}

DAY_LOGS: dict[int, dict[str, Any]] = {
    1: {
        "mode": DayLog.Mode.IN_PERSON,
        "arrived": datetime(2022, 11, 8, 9, 0, tzinfo=_KOREA),
        "arrived_about": True,
        "mood": "별 기대 없이 왔다가 규모에 깜짝 놀랐다. 호화롭고, 조금 딱딱하다.",
        "rating": 4,
    },
    2: {
        "mode": DayLog.Mode.IN_PERSON,
        "mood": "어제보다 조금 작다. 어수선한데 사랑스럽고, 자유롭고, 밝다. 직원들끼리 서로 좋아하는 게 보인다.",
        "travel": "끝나고 셔틀버스로 양재역까지, 친구 만나러",
        "rating": 5,
    },
}
HIGHLIGHTS = {1: "bengio"}

_BLOCK = {"rating": 2, "verdict": "내 분야가 아니라 조금 지루했다"}
_SPOKEN = {"rating": 4, "verdict": "발표를 정말 잘한다"}
MARKS: dict[str, dict[str, Any]] = {
    "bengio": {"rating": 5, "verdict": "쉽지는 않았지만 오늘의 하이라이트"},
    "systems": _BLOCK,
    "semiconductors": _BLOCK,
    "research-1": _SPOKEN,
    "research-2": _SPOKEN,
    "seung": {"rating": 5, "verdict": "전문적인데 정말 재미있다"},
    "panel": {"rating": 5, "verdict": "준비 없이 답할 때 생각이 더 잘 보인다"},
}
HEARD = Mark.State.ATTENDED
