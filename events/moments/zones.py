"""Time zones under the names people call them by, never as Area/City."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from events.names import reads_korean


@dataclass(frozen=True)
class Elsewhere:
    """Clocks of `zone`, seen from there: the days are still counted in `home`, where the programme is.

    09:30 of 8 November in Seoul is 19:30 −1 in New York: the evening before the day that it belongs to.
    """

    zone: ZoneInfo
    home: ZoneInfo

    def __str__(self) -> str:
        return str(self.zone)


Zone = ZoneInfo | str | Elsewhere

# Korean name, English name, and the zones that share them. The first zone of each is the one a chooser offers.
_NAMES: tuple[tuple[str, str, str], ...] = (
    ("한국 시간", "Korean time", "Asia/Seoul ROK"),
    ("일본 시간", "Japanese time", "Asia/Tokyo Japan"),
    ("중국 시간", "Chinese time", "Asia/Shanghai Asia/Chongqing Asia/Harbin PRC"),
    ("타이완 시간", "Taiwanese time", "Asia/Taipei ROC"),
    ("홍콩 시간", "Hong Kong time", "Asia/Hong_Kong Hongkong"),
    ("싱가포르 시간", "Singapore time", "Asia/Singapore Singapore"),
    ("베트남 시간", "Vietnamese time", "Asia/Ho_Chi_Minh Asia/Saigon"),
    ("태국 시간", "Thai time", "Asia/Bangkok"),
    ("인도네시아 서부 시간", "Western Indonesian time", "Asia/Jakarta Asia/Pontianak"),
    ("인도 시간", "Indian time", "Asia/Kolkata Asia/Calcutta"),
    ("아랍에미리트 시간", "Emirates time", "Asia/Dubai"),
    ("이스라엘 시간", "Israeli time", "Asia/Jerusalem Asia/Tel_Aviv Israel"),
    ("튀르키예 시간", "Turkish time", "Europe/Istanbul Asia/Istanbul Turkey"),
    ("모스크바 시간", "Moscow time", "Europe/Moscow W-SU"),
    (
        "동유럽 시간",
        "Eastern European time",
        (
            "Europe/Helsinki Europe/Athens Europe/Bucharest Europe/Kyiv Europe/Kiev Europe/Riga Europe/Sofia "
            "Europe/Tallinn Europe/Vilnius Europe/Chisinau Europe/Mariehamn Asia/Nicosia EET"
        ),
    ),
    (
        "중부 유럽 시간",
        "Central European time",
        (
            "Europe/Brussels Europe/Berlin Europe/Paris Europe/Amsterdam Europe/Vienna Europe/Zurich Europe/Rome "
            "Europe/Madrid Europe/Copenhagen Europe/Stockholm Europe/Oslo Europe/Prague Europe/Warsaw Europe/Budapest "
            "Europe/Luxembourg Europe/Monaco Europe/Malta Europe/Belgrade Europe/Zagreb Europe/Ljubljana "
            "Europe/Bratislava Europe/Sarajevo Europe/Skopje Europe/Tirane Europe/Andorra Europe/Vaduz "
            "Europe/San_Marino Europe/Vatican Europe/Podgorica Europe/Gibraltar Europe/Busingen Arctic/Longyearbyen "
            "CET MET"
        ),
    ),
    (
        "영국 시간",
        "UK time",
        "Europe/London Europe/Belfast Europe/Jersey Europe/Guernsey Europe/Isle_of_Man GB GB-Eire",
    ),
    ("아일랜드 시간", "Irish time", "Europe/Dublin Eire"),
    ("포르투갈 시간", "Portuguese time", "Europe/Lisbon Portugal"),
    ("남아프리카 시간", "South African time", "Africa/Johannesburg"),
    ("브라질리아 시간", "Brasília time", "America/Sao_Paulo Brazil/East"),
    ("대서양 시간", "Atlantic time", "America/Halifax Atlantic/Bermuda Canada/Atlantic"),
    (
        "미국 동부 시간",
        "US Eastern time",
        "America/New_York America/Detroit America/Indiana/Indianapolis America/Kentucky/Louisville US/Eastern EST5EDT",
    ),
    ("캐나다 동부 시간", "Canadian Eastern time", "America/Toronto America/Montreal Canada/Eastern"),
    ("미국 중부 시간", "US Central time", "America/Chicago US/Central CST6CDT"),
    ("미국 산악 시간", "US Mountain time", "America/Denver America/Boise US/Mountain MST7MDT"),
    ("애리조나 시간", "Arizona time", "America/Phoenix US/Arizona"),
    ("미국 태평양 시간", "US Pacific time", "America/Los_Angeles US/Pacific PST8PDT"),
    ("캐나다 태평양 시간", "Canadian Pacific time", "America/Vancouver Canada/Pacific"),
    ("알래스카 시간", "Alaska time", "America/Anchorage US/Alaska"),
    ("하와이 시간", "Hawaii time", "Pacific/Honolulu US/Hawaii HST"),
    ("멕시코시티 시간", "Mexico City time", "America/Mexico_City Mexico/General"),
    (
        "오스트레일리아 동부 시간",
        "Australian Eastern time",
        (
            "Australia/Sydney Australia/Melbourne Australia/Hobart Australia/Canberra Australia/ACT Australia/NSW "
            "Australia/Victoria Australia/Tasmania"
        ),
    ),
    ("퀸즐랜드 시간", "Queensland time", "Australia/Brisbane Australia/Queensland"),
    ("오스트레일리아 중부 시간", "Australian Central time", "Australia/Adelaide Australia/South"),
    ("오스트레일리아 서부 시간", "Australian Western time", "Australia/Perth Australia/West"),
    ("뉴질랜드 시간", "New Zealand time", "Pacific/Auckland NZ"),
    ("협정 세계시", "UTC", "UTC Etc/UTC Etc/UCT Etc/Universal Etc/Zulu UCT Universal Zulu GMT Etc/GMT"),
)
_BY_ZONE = {zone: (korean, english) for korean, english, zones in _NAMES for zone in zones.split()}
# Zones that a chooser offers first, in the order of the table.
COMMON_ZONES: tuple[str, ...] = tuple(zones.split()[0] for _korean, _english, zones in _NAMES)


def zone_of(zone: Zone) -> ZoneInfo:
    """The zone with this id; one that is a zone already is handed back. Raises ZoneInfoNotFoundError."""
    if isinstance(zone, Elsewhere):
        return zone.zone
    return ZoneInfo(zone) if isinstance(zone, str) else zone


def home_of(zone: Zone) -> ZoneInfo:
    """The zone in which days are counted."""
    return zone.home if isinstance(zone, Elsewhere) else zone_of(zone)


@cache
def known_zones() -> frozenset[str]:
    """Every zone that the system knows by place or offset; asking it reads several hundred files."""
    return frozenset(available_timezones() - {"Factory", "localtime"})


def local(moment: datetime, zone: Zone) -> datetime:
    """`moment` as clocks in `zone` show it. Raises ValueError for one without a zone: what it means is a guess."""
    if moment.tzinfo is None:
        raise ValueError("A moment needs a time zone.")
    return moment.astimezone(zone_of(zone))


def zone_name(zone: Zone, moment: datetime | None = None) -> str:
    """한국 시간 · Korean time; else by city (Buenos Aires time), else by the offset that holds at `moment` (now)."""
    key = str(zone)
    if key in _BY_ZONE:
        korean, english = _BY_ZONE[key]
        return korean if reads_korean() else english
    city = zone_city(key)
    if not city:
        return _offset(zone, moment)
    return f"{city} 시간" if reads_korean() else f"{city} time"


def zone_city(key: str) -> str:
    """The place in a zone's id: Buenos Aires; empty where the id names none (Etc/GMT+5, EST5EDT)."""
    area, _slash, place = key.rpartition("/")
    if not area or area.startswith(("Etc", "SystemV")):
        return ""
    return place.replace("_", " ")


def _offset(zone: Zone, moment: datetime | None) -> str:
    offset = local(moment or datetime.now(UTC), zone).utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset else 0
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'−' if minutes < 0 else '+'}{hours:02}:{rest:02}"
