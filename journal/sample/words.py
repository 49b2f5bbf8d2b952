"""Our own words, of which the names, titles and texts of a sample are put together."""

from __future__ import annotations

FIELDS = (
    "graph learning", "speech synthesis", "compilers", "query planning", "robot grasping", "type systems",
    "protein folding", "consensus protocols", "accessibility", "time series", "sensor networks", "code review",
    "package managers", "map tiles", "federated training", "file systems", "memory safety", "image search",
    "optical links", "air quality", "batteries", "Bayesian inference", "reinforcement learning", "caching",
    "schema migrations", "translation", "handwriting", "typesetting", "digital archives", "open hardware",
    "lithography", "edge inference", "on-call work", "observability", "build systems", "virtual memory",
    "browser engines", "fuzzing", "formal proofs", "quantum annealing", "retrieval", "recommendation",
    "music notation", "weather models", "tactile displays", "spreadsheets", "search indexes", "stream processing",
    "fonts",
)  # fmt: skip
ADJECTIVES = (
    "practical", "boring", "unreasonable", "quiet", "incremental", "robust", "private", "sparse", "honest", "late",
    "tiny", "distributed", "forgotten", "verified", "low-power", "self-hosted", "cheap", "explainable", "sustainable",
    "adaptive", "hierarchical", "real-time", "offline-first", "zero-copy", "multilingual", "large-scale",
    "community-run", "humane",
)  # fmt: skip
DOINGS = (
    "Scaling", "Debugging", "Rethinking", "Teaching", "Measuring", "Growing", "Retiring", "Porting", "Understanding",
    "Taming", "Shipping", "Maintaining", "Surviving", "Explaining", "Visualising", "Untangling", "Benchmarking",
    "Funding", "Archiving",
)  # fmt: skip
PLACES = (
    "hospitals", "small teams", "the browser", "public libraries", "production", "the classroom", "one binary",
    "the fab", "three countries", "a bakery", "space", "the kernel", "a museum", "phones", "the harbour of Busan",
    "mountain huts", "a language with four million speakers", "city government", "trains", "twelve kilobytes",
    "the long run", "your kitchen",
)  # fmt: skip
LESSONS = (
    "what went wrong", "lessons from ten years", "a field report", "the missing manual", "why we stopped",
    "a love story", "five things nobody tells you", "from prototype to pager", "and other bad ideas",
    "an honest comparison", "part two", "notes from the other side", "without a budget", "before it was cool",
    "with live demonstration", "state of the project",
)  # fmt: skip
TOOLS = (
    "Ondol", "Peatbog", "Kestrel", "Marzipan", "Haenyeo", "Brasswork", "Tidepool", "Nurungji", "Lantern", "Cobble",
    "Hwadam", "Ferret", "Windowbox", "Jangdok", "Saltmarsh", "Quill", "Moraine", "Bogoshi", "Thimble", "Sundial",
    "Maru", "Oarlock",
)  # fmt: skip
REPEATED = (
    "Breakfast", "Coffee break", "Lunch", "Lightning talks", "Poster session", "Q&A", "Open discussion", "쉬는 시간",
    "점심 식사", "포스터 세션", "Hallway track", "BoF", "등록 안내", "TBA",
)  # fmt: skip
SHORT_TITLES = (
    "AI?", "Go!", "왜?", "P=NP", "Hi.", "0 to 1", "Rust", "끝인가?", "C++26", "β-VAE", "왜 또 SQL인가", "Nix",
    "Ada 2022",
)  # fmt: skip
KO_FIELDS = (
    "그래프 학습", "음성 합성", "컴파일러", "질의 최적화", "로봇 파지", "단백질 구조", "분산 합의", "접근성", "시계열",
    "센서망", "코드 리뷰", "지도 타일", "연합 학습", "파일 시스템", "메모리 안전성", "이미지 검색", "대기 질",
    "배터리", "베이지안 추론", "강화 학습", "캐시", "기계 번역", "손글씨", "조판", "디지털 아카이브", "오픈 하드웨어",
    "반도체 공정", "엣지 추론", "장애 대응", "관측 가능성", "빌드 시스템", "브라우저 엔진", "퍼징", "정형 검증",
    "양자 어닐링", "추천", "악보 인식", "기상 모델", "촉각 디스플레이", "검색 색인", "한글 글꼴",
)  # fmt: skip
KO_ADJECTIVES = (
    "작은", "느린", "솔직한", "오래가는", "값싼", "희소한", "설명할 수 있는", "개인 정보를 지키는", "전기를 아끼는",
    "대규모", "실시간", "다국어", "잊힌", "검증된", "함께 만드는", "지루하지만 튼튼한", "누구나 쓰는",
)  # fmt: skip
KO_PLACES = (
    "병원에서", "작은 팀에서", "도서관에서", "운영 환경에서", "교실에서", "박물관에서", "우주에서", "부산항에서",
    "휴대전화에서", "시청에서", "열차에서", "산장에서", "우리 집 부엌에서",
)  # fmt: skip
KO_LESSONS = (
    "십 년의 기록", "무엇이 잘못되었나", "현장 보고", "처음부터 다시", "그만둔 까닭",
    "아무도 알려 주지 않는 다섯 가지", "시제품에서 운영까지", "솔직한 비교", "두 번째 이야기", "예산 없이",
    "실연과 함께", "지금 어디까지 왔나", "남은 숙제",
)  # fmt: skip
TRACKS = (
    "Main", "Systems", "Machine learning", "Databases", "Web", "Security", "Community", "Hardware", "Languages",
    "Education", "Accessibility", "Networks", "Robotics", "Vision", "Speech", "Design", "Open data",
    "Legal and policy", "Testing", "Embedded", "인공지능", "시스템", "데이터베이스", "보안", "로봇", "언어 처리",
    "교육", "반도체", "의료", "기후",
)  # fmt: skip
GIVEN = (
    "Ada", "Noor", "Lukas", "Mira", "Tomás", "Ingrid", "Wei", "Aoife", "Jamal", "Sofía", "Piotr", "Leila", "Henrik",
    "Chidi", "Yuki", "Marta", "Olu", "Emeka", "Giulia", "Ravi", "Nadia", "Sven", "Anouk", "Dmitri", "Zuzana", "Mateo",
    "Freya", "Idris", "Katya", "Łukasz", "Søren", "Beatriz", "Hana", "Omar", "Ines", "Goran", "Lea", "Arjun", "Tove",
    "Rafael", "Maud", "Samir", "Elif", "Viktor", "Petra", "Nils", "Amara", "Jonas", "Chiara", "Kofi", "Linnéa", "Bram",
    "Eszter", "Farid", "Greta", "Hugo",
)  # fmt: skip
FAMILY = (
    "Okafor", "Lindqvist", "Marín", "Novák", "Haddad", "Byrne", "Kowalska", "Tanaka", "Ferrari", "Osei", "Petrov",
    "Larsen", "Iyer", "Moreau", "Schneider", "Van den Berg", "García", "Nilsson", "Abara", "O’Neill", "Rossi", "Zhang",
    "Horvat", "Dubois", "Eriksen", "Papadaki", "Silva", "Kaya", "Weber", "Mbeki", "Sato", "Ivanova", "Jensen",
    "Castro", "Fischer", "Bianchi", "Nakamura", "Costa", "Popescu", "Hughes", "Adeyemi", "Virtanen", "Reyes",
    "Baumann", "Kozak", "Dahl", "Mendes", "Vogel",
)  # fmt: skip
KO_FAMILY = (
    ("김", "Kim"), ("이", "Lee"), ("박", "Park"), ("최", "Choi"), ("정", "Jung"), ("강", "Kang"), ("조", "Cho"),
    ("윤", "Yoon"), ("장", "Jang"), ("임", "Lim"), ("한", "Han"), ("오", "Oh"), ("서", "Seo"), ("신", "Shin"),
    ("권", "Kwon"), ("황", "Hwang"), ("안", "Ahn"), ("송", "Song"), ("류", "Ryu"), ("홍", "Hong"), ("남궁", "Namgung"),
    ("선우", "Sunwoo"),
)  # fmt: skip
KO_SYLLABLES = (
    ("민", "min"), ("서", "seo"), ("지", "ji"), ("현", "hyun"), ("준", "jun"), ("수", "su"), ("영", "young"),
    ("은", "eun"), ("하", "ha"), ("윤", "yun"), ("진", "jin"), ("우", "woo"), ("혜", "hye"), ("성", "sung"),
    ("재", "jae"), ("연", "yeon"), ("아", "ah"), ("승", "seung"), ("나", "na"), ("호", "ho"), ("경", "kyung"),
    ("원", "won"), ("선", "sun"), ("도", "do"),
)  # fmt: skip
AFFILIATIONS = (
    "Harbour University", "Hanbit Institute of Technology", "한빛기술원", "Northgate Labs", "노을대학교",
    "Meridian Research", "Institute for Slow Computing", "바다연구소", "Two Rivers Polytechnic", "Cobalt Foundry",
    "Kite & Anchor", "누리랩", "University of Eastmoor", "Lighthouse Cooperative", "솔잎소프트",
    "Granite Semiconductor", "Open Shelf Foundation", "한가람병원", "Pinewood College", "Tern Robotics",
    "City of Westhaven", "도담출판", "Bluebell Systems", "가온반도체", "Independent", "Ministry of Maps",
    "Larkspur AI", "별빛천문대", "Fenland Networks", "Copper Kettle Games",
)  # fmt: skip
JOBS = (
    "Professor", "Research scientist", "Principal engineer", "PhD student", "Maintainer", "교수", "수석 연구원",
    "박사 과정", "Director of research", "책임 연구원", "Librarian", "Engineering manager", "대표",
    "Postdoctoral researcher", "Designer", "Head of platform", "기자", "Volunteer", "Founder", "전무",
)  # fmt: skip
SERIES = (
    ("Harbour Systems Meeting", ""), ("Open Tools Days", ""), ("한빛 인공지능 포럼", "Hanbit AI Forum"),
    ("Slow Computing Symposium", ""), ("누리 개발자 대회", "Nuri Developer Conference"),
    ("Conference on Quiet Machines", "CQM"), ("Eastmoor Data Week", ""),
    ("가온 반도체 심포지엄", "Gaon Semiconductor Symposium"), ("Lighthouse Summit", ""),
    ("바다 로봇 학술대회", "Bada Robotics Congress"), ("Free Maps Camp", ""),
    ("Westhaven Language Technology Meeting", "WLTM"), ("솔잎 데이터베이스 모임", "Solip Database Meetup"),
)  # fmt: skip
CITIES = (
    ("Seoul", "South Korea", "Asia/Seoul"), ("Busan", "South Korea", "Asia/Seoul"),
    ("Daejeon", "South Korea", "Asia/Seoul"), ("Brussels", "Belgium", "Europe/Brussels"),
    ("Lisbon", "Portugal", "Europe/Lisbon"), ("Oslo", "Norway", "Europe/Oslo"),
    ("Montréal", "Canada", "America/Toronto"), ("San Francisco", "United States", "America/Los_Angeles"),
    ("Singapore", "Singapore", "Asia/Singapore"), ("Kyoto", "Japan", "Asia/Tokyo"), ("Pune", "India", "Asia/Kolkata"),
    ("Jeju", "South Korea", "Asia/Seoul"), ("Valparaíso", "Chile", "America/Santiago"),
    ("Vienna", "Austria", "Europe/Vienna"),
)  # fmt: skip
HOUSES = (
    ("{city} Convention Hall", ""), ("{city} Museum of Work", ""), ("Riverside Campus {city}", ""),
    ("Old Customs House, {city}", ""), ("{city} Grand Hotel", ""), ("누리관", "Nuri Hall {city}"),
    ("한빛 연구 단지", "Hanbit R&D Campus {city}"),
)  # fmt: skip
ROOMS = (
    "Grand Ballroom", "Auditorium", "101", "102", "103", "104", "Room A", "Room B", "Room C", "H.1302",
    "K.1.105 (La Fontaine)", "Janson", "대강당", "세미나실 1", "세미나실 2", "소회의실", "Library", "Workshop",
    "Garden Pavilion", "Studio", "UB2.252A", "Foyer",
)  # fmt: skip
TAGS = (
    "graphs", "followup", "bestof", "databases", "robots", "한글", "글꼴", "질문", "베이지안", "반도체", "recruiting",
    "teaching", "privacy", "benchmarks", "coffee", "아이디어", "읽을것", "seating", "tools", "accessibility",
)  # fmt: skip
DISHES = (
    "Bibimbap, seaweed soup", "전복죽과 김치", "Sandwiches and apples", "비빔밥, 미역국", "Salmon with fennel",
    "도시락: 장어, 새우, 마카롱", "Vegetable curry, rice", "Pasta salad", "커피와 쿠키", "Espresso, two biscuits",
    "삼겹살", "Dumplings, far too many", "샌드위치와 과일", "Pea soup", "Waffles", "족발과 막걸리",
    "Cheese, bread, grapes", "육개장", "Falafel wrap", "아이스 아메리카노",
)  # fmt: skip
ITEMS = (
    "Ball pen", "T-shirt", "Stickers", "Tote bag", "Water bottle", "볼펜", "에코백", "머그컵", "Notebook", "Socks",
    "USB cable", "Umbrella", "스티커", "텀블러", "Keyring", "Plush penguin", "Mouse pad", "마우스 패드",
    "Seed paper card", "우산",
)  # fmt: skip
MOODS = (
    "Tired and happy", "A day of ideas", "사람이 너무 많았다", "오길 잘했다", "Rain, but good company",
    "머리가 꽉 찼다", "Too many rooms", "Best lunch in years", "조용하고 좋았다", "Lost twice, met three people",
    "내일은 일찍 오자", "Nothing clicked until four",
)  # fmt: skip
VERDICTS = (
    "Clear, and funny too", "다시 보고 싶다", "Slides were full of text", "질문 시간이 제일 좋았다",
    "Should have gone next door", "The demo worked!", "너무 빨랐다", "I want to try this on Monday",
    "내 분야가 아니다", "Read the paper instead",
)  # fmt: skip
