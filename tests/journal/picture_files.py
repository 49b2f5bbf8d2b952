"""Makes picture files for tests: small ones of each format, and the largest that may be taken in, written by hand.

The large ones are never held as pixels: one row is encoded and repeated, so that making them costs next to nothing.
"""

import base64
import io
import re
import struct
import zlib

from PIL import Image


def saved(image: Image.Image, picture_format: str, **options: object) -> bytes:
    """Encode an image in memory."""
    written = io.BytesIO()
    image.save(written, picture_format, **options)
    return written.getvalue()


def jpeg_of_rows(width: int, height: int, *, mode: str = "RGB", progressive: bool = False) -> bytes:
    """Repeat one row of blocks (8 pixels) with restart markers between, in every scan; nothing is subsampled."""
    row = saved(Image.new(mode, (width, 8), 90), "JPEG", subsampling=0, progressive=progressive, restart_marker_rows=1)
    row = bytearray(row)
    sof = re.search(rb"\xff[\xc0-\xc2]\x00", row).start()
    row[sof + 5 : sof + 7] = struct.pack(">H", height)
    return re.sub(
        rb"(\xff\xda\x00(.)(.*?))(?=\xff[^\x00])", lambda scan: _repeated(scan, -(-height // 8)), row, flags=re.DOTALL
    )


def _repeated(scan: re.Match[bytes], times: int) -> bytes:
    head = 2 + scan[2][0]
    start, entropy = scan[1][:head], scan[1][head:]
    rows = b"".join(entropy + b"\xff" + bytes([0xD0 + row % 8]) for row in range(8))
    whole, rest = divmod(times, 8)
    return (start + rows * whole + rows[: (len(entropy) + 2) * rest])[:-2]


def png_of_rows(width: int, height: int, *, bits: int, colour: int, extra: bytes = b"") -> bytes:
    """Write a PNG of one repeated row; `colour` is the specification's colour type."""
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    row = b"\0" + bytes(range(1, 1 + channels * bits // 8)) * width
    packer = zlib.compressobj(1)
    body = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + extra + png_chunk(b"IDAT", body) + png_chunk(b"IEND", b"")


def png_chunk(kind: bytes, body: bytes) -> bytes:
    """Frame one chunk of a PNG file."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


PALETTE = png_chunk(b"PLTE", bytes(range(256)) * 3) + png_chunk(b"tRNS", bytes(range(256)))


def webp_padded(data: bytes, size: int) -> bytes:
    """Lengthen a WebP file to `size` with a chunk that decoders skip."""
    room = (size - len(data) - 8) // 2 * 2
    body = data[8:] + b"junk" + struct.pack("<I", room) + bytes(room)
    return b"RIFF" + struct.pack("<I", len(body)) + body


# Nothing installed here can write HEIC, so two small pictures of our own stand as bytes: a grey slope of 512 x 512, and
# one of 64 x 32, red with a blue left half, lying on its side: orientation 6 both in EXIF and as a property of the
# container, DateTime 2022:11:15 20:00:00, DateTimeOriginal 2022:11:08 09:30:12, offset +09:00, latitude 37.5125.
HEIC_SLOPE = zlib.decompress(
    base64.b85decode(
        "c-muNV30{GsVvAy%}izhg51nBLl8SRGck>UfiWyMwIq=N0u(b+a*CjAhJwuG5(YG&l$nzcHpIn&fe{FSfUycf1Hob-R?f`KO9S&j"
        "qM|@fDif5KQI>27V)7MamgK^fT+1vdDge^kGYgXQfpi5>nKL6ZNN56BQPc;9KYxGxU|`^9P5|nVaA4$N{Qn=MfElEM8HA#CF*zgx"
        "CAFOx8PQ}GurM(+MCL7-H0#*|#RUf%7#MgOKoTuUK=te{j0cN0Bsl=B5l+s}DauREsQ?P|GOz*FFo<Lp7o<YG#stL-0tJ~BnIHx;"
        "2L}g`63;Big#{llL|7V`m|1|#)wwB&pwOGI!ML79koC@D3C9nA<W1IYD?crFTvlp#hUPu>g<cxBgH9v~=S<t}uq^m$M5?t+YI&%g"
        "FcZk_j9(Wge2bac(q1g11$Hk3?~QpOyEflzx|j>~8iS{U{Oi2T)b3&fs0jNJb?+;ghlI2opaS&{+EOWXl{Rk<Km?e#8CK7|!u5Nn"
        "0+`QP0RV&Lcme"
    )
)
HEIC_SIDEWAYS = zlib.decompress(
    base64.b85decode(
        "c-mc3ziSjx5T3U$cUeJWexeaMH((${gxxifxP=@V3yWA-T8Qi3E;q27d+aUYQkjDg6)di@w$Z}I!bWYPU5YgM0|X1P5Q%nPp{z6S"
        "o=3>==FPlszS;L?W&z-QQf#Vbj1iDzn0V}G7$yK>FN=#11~S)dq`C1yVN}2|S;DlXKeAc}3j}-O$H0<YB#guwA0qptD~RifK5=x0"
        "4zZ>Yr@0Y%a0C=gxz#~UA5&OlV3=YQRj$bYhAL{2-Jsl?LNe6Tq}ng|^S9pzI4vJg#@V_!Daw)wk{Oa$?SoYhDY$q;h+~l#PPg*>"
        "``1_R-`P#qAxQEDa}SALT@|0&AD_}CQ&B6;*Q2yU=qadf5j2f$6`OMFMi-(qRL194IL7KGlx6wFG-F(02N{&MZId~Hd8?rJz$~il"
        "|4;;oYS)sL?HxLt!#qw*U@U61BRvNGc0X%`JTGTKyqVqldHdyVc{tO(u>5)V>fZe`Z+njp?rk3amKis%I_UA*8Z6Suh7mEzZQxRA"
        "^Yz=NNv}Uf7%^|Z`(%FTKjZ6t*Y^X@3%q5=cLSFfRn?QjY}K34{wV48(F}LRajyke+`#kU5_z1c>tMEZXYi|3K#vAqn`-CH-8Ew`"
        "v;7B|<8@v"
    )
)


def heic_grid(width: int, height: int) -> bytes:
    """Lay the coded slope as a tile over a grid of the size asked for, as phones build their pictures."""
    at = HEIC_SLOPE.index(b"hvcC") - 4
    config = HEIC_SLOPE[at : at + struct.unpack_from(">I", HEIC_SLOPE, at)[0]]
    tile = HEIC_SLOPE[HEIC_SLOPE.index(b"mdat") + 4 :]
    columns, rows = -(-width // 512), -(-height // 512)
    count = columns * rows
    ids = range(2, 2 + count)
    grid = struct.pack(">BBBBII", 0, 1, rows - 1, columns - 1, width, height)
    properties = (
        config + _full(b"ispe", struct.pack(">II", 512, 512)) + _full(b"ispe", struct.pack(">II", width, height))
    )
    association = struct.pack(">I", 1 + count) + struct.pack(">HBB", 1, 1, 0x83)
    association += b"".join(struct.pack(">HBBB", item, 2, 0x81, 0x82) for item in ids)
    entries = [_full(b"infe", struct.pack(">HH4s", item, 0, kind) + b"\0", 2) for item, kind in _kinds(ids)]
    fixed = [
        _full(b"hdlr", bytes(4) + b"pict" + bytes(13)),
        _full(b"pitm", struct.pack(">H", 1)),
        _full(b"iinf", struct.pack(">H", 1 + count) + b"".join(entries)),
        _full(b"iref", _box(b"dimg", struct.pack(">HH", 1, count) + b"".join(struct.pack(">H", i) for i in ids))),
        _box(b"iprp", _box(b"ipco", properties) + _full(b"ipma", association)),
        _box(b"idat", grid),
    ]
    start = _box(b"ftyp", b"heic" + bytes(4) + b"mif1heic")
    length = len(start) + 12 + sum(map(len, fixed)) + 16 + 16 * (1 + count)
    places = b"".join(struct.pack(">HHHHII", item, 0, 0, 1, length + 8, len(tile)) for item in ids)
    places = struct.pack(">HHHHII", 1, 1, 0, 1, 0, len(grid)) + places
    located = _full(b"iloc", struct.pack(">HH", 0x4400, 1 + count) + places, 1)
    return start + _full(b"meta", b"".join(fixed) + located) + _box(b"mdat", tile)


def _kinds(ids: range) -> list[tuple[int, bytes]]:
    return [(1, b"grid"), *((item, b"hvc1") for item in ids)]


def _box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(body), kind) + body


def _full(kind: bytes, body: bytes, version: int = 0) -> bytes:
    return _box(kind, struct.pack(">I", version << 24) + body)
