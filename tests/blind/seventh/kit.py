# ruff: noqa  (drawing scripts)
"""Shared drawing and writing code of the seventh and the eighth made-up set. Tables are grids of strings; '<' merges with the cell at the left, '^' with the one above."""
import io, json, math, os, random, re, shutil, subprocess, sys, tempfile, unicodedata, zipfile
from pathlib import Path
import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

OUT = Path(os.environ.get("BLIND_OUT", "out"))
OTF = "/usr/share/fonts/opentype/noto/"
TTF = "/usr/share/fonts/truetype/"
FONT = {
    "song": (OTF + "NotoSerifCJK-Regular.ttc", 2), "songb": (OTF + "NotoSerifCJK-Bold.ttc", 2),
    "hei": (OTF + "NotoSansCJK-Bold.ttc", 2), "sans": (OTF + "NotoSansCJK-Regular.ttc", 2),
    "kai": (TTF + "arphic-gkai00mp/gkai00mp.ttf", 0), "ming": (TTF + "arphic-gbsn00lp/gbsn00lp.ttf", 0),
    "wen": (TTF + "lxgw-wenkai/LXGWWenKai-Regular.ttf", 0), "wqy": (TTF + "wqy/wqy-zenhei.ttc", 0),
}
_fonts = {}


def font(name, px):
    key = (name, int(px))
    if key not in _fonts:
        path, index = FONT[name]
        _fonts[key] = ImageFont.truetype(path, int(px), index=index)
    return _fonts[key]


_cmaps = {}


def glyphs(name, text):
    """Say which characters a drawn font lacks."""
    if name not in _cmaps:
        from fontTools.ttLib import TTFont
        path, index = FONT[name]
        _cmaps[name] = set(TTFont(path, fontNumber=index, lazy=True).getBestCmap())
    lost = {c for c in text if ord(c) > 32 and ord(c) not in _cmaps[name]}
    if lost:
        print("   no glyph in", name, "".join(sorted(lost)), "|", text[:30])


WORDS = {}   # absolute path -> list with the words of each page (None: take them from the text layer)


def put(path, pages):
    WORDS[str(path)] = pages


# ---------------------------------------------------------------- tables
def expand(rows):
    """The full grid, a merged cell's words in every cell it covers."""
    out = []
    for r, row in enumerate(rows):
        line = []
        for c, cell in enumerate(row):
            if cell == "<":
                line.append(line[c - 1])
            elif cell == "^":
                line.append(out[r - 1][c])
            else:
                line.append(cell.replace("\n", ""))
        out.append(line)
    return out


def spans(rows):
    found = {}
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell in ("<", "^"):
                continue
            w = 1
            while c + w < len(row) and row[c + w] == "<":
                w += 1
            h = 1
            while r + h < len(rows) and rows[r + h][c] == "^":
                h += 1
            found[r, c] = (h, w)
    return found


# ---------------------------------------------------------------- drawn pages
NO_START = "，。、；：！？）】》”’〕％%,.;:)"
NO_END = "（《“‘【〔("


def break_lines(text, fnt, width, first=0):
    lines = []
    for part in text.split("\n"):
        cur, used = "", first
        tokens = re.findall(r"[A-Za-z0-9.+\-/%@:_]+|.", part)
        for tok in tokens:
            w = fnt.getlength(tok)
            if used + w > width and cur and tok not in NO_START:
                tail = ""
                while cur and cur[-1] in NO_END:
                    tail = cur[-1] + tail
                    cur = cur[:-1]
                lines.append(cur)
                cur, used = tail, fnt.getlength(tail)
            if w > width:
                for ch in tok:
                    cw = fnt.getlength(ch)
                    if used + cw > width and cur:
                        lines.append(cur)
                        cur, used = "", 0
                    cur += ch
                    used += cw
                continue
            cur += tok
            used += w
        lines.append(cur)
        first = 0
    return lines


class Sheet:
    """Flowing drawn pages: they become scans."""

    def __init__(self, dpi=130, size=(210, 297), margins=(28, 26, 30, 26), body="song", pt=15, lead=1.75, bg=(255, 255, 255), footer=None, start=1):
        self.dpi, self.body, self.pt, self.lead, self.bg, self.footer = dpi, body, pt, lead, bg, footer
        self.W, self.H = (int(v / 25.4 * dpi) for v in size)
        self.l, self.r, self.t, self.b = (int(v / 25.4 * dpi) for v in (margins[0], margins[1], margins[2], margins[3]))
        self.images, self.words, self.no = [], [], start
        self.new()

    def px(self, pt):
        return pt * self.dpi / 72

    def mm(self, v):
        return v / 25.4 * self.dpi

    def new(self):
        self.img = Image.new("RGB", (self.W, self.H), self.bg)
        self.d = ImageDraw.Draw(self.img)
        self.images.append(self.img)
        self.words.append("")
        self.y = self.t
        if self.footer:
            f = font("song", self.px(11))
            s = self.footer.format(self.no)
            self.d.text(((self.W - f.getlength(s)) / 2, self.H - self.b * .62), s, font=f, fill=(30, 30, 30))
        self.no += 1

    def say(self, s):
        self.words[-1] += s

    def room(self, h):
        if self.y + h > self.H - self.b:
            self.new()

    def gap(self, pt):
        self.y += self.px(pt)

    def line(self, text, x, y, f, fill, justify=None):
        if justify and len(text) > 6:
            extra = (justify - f.getlength(text)) / (len(text) - 1)
            if 0 < extra < f.size * .35:
                for ch in text:
                    self.d.text((x, y), ch, font=f, fill=fill)
                    x += f.getlength(ch) + extra
                return
        self.d.text((x, y), text, font=f, fill=fill)

    def p(self, text, pt=None, fnt=None, indent=2, align="left", fill=(20, 20, 20), lead=None, left=0, right=0):
        pt = pt or self.pt
        glyphs(fnt or self.body, text.replace("\n", ""))
        f = font(fnt or self.body, self.px(pt))
        h = self.px(pt) * (lead or self.lead)
        width = self.W - self.l - self.r - left - right
        first = f.size * indent if align == "left" else 0
        lines = break_lines(text, f, width, first)
        for i, s in enumerate(lines):
            self.room(h)
            x = self.l + left + (first if i == 0 else 0)
            w = f.getlength(s)
            if align == "center":
                x = self.l + left + (width - w) / 2
            elif align == "right":
                x = self.W - self.r - right - w
            self.line(s, x, self.y, f, fill, width - (first if i == 0 else 0) if align == "left" and i < len(lines) - 1 else None)
            self.say(s)
            self.y += h
        return self

    def h(self, text, pt=None, fnt="hei", indent=2):
        return self.p(text, pt, fnt, indent)

    def title(self, text, pt=22, fnt="songb", after=10, fill=(20, 20, 20)):
        self.p(text, pt, fnt, align="center", lead=1.45, fill=fill)
        self.gap(after)
        return self

    def rule(self, color=(205, 20, 20), width=3, star=False):
        y = self.y
        self.d.line((self.l, y, self.W - self.r, y), fill=color, width=max(2, int(width * self.dpi / 130)))
        if star:
            c = self.W / 2
            self.d.rectangle((c - 24, y - 12, c + 24, y + 12), fill=self.bg)
            star_poly(self.d, c, y, 15, color)
        self.gap(8)

    def redhead(self, org, number, signer=None, pt=34, fill=(208, 18, 24), spread=True):
        f = font("songb", self.px(pt))
        width = self.W - self.l - self.r
        for part in org.split("\n"):
            f = font("songb", self.px(pt))
            while f.getlength(part) > width:
                f = font("songb", f.size - 2)
            extra = min((width * .94 - f.getlength(part)) / max(1, len(part) - 1), f.size * .3) if spread else 0
            total = f.getlength(part) + extra * (len(part) - 1)
            x = self.l + (width - total) / 2
            for ch in part:
                self.d.text((x, self.y), ch, font=f, fill=fill)
                x += f.getlength(ch) + extra
            self.say(part)
            self.y += f.size * 1.35
        self.gap(14)
        g = font("song", self.px(15))
        if signer:
            self.d.text((self.l + 10, self.y), number, font=g, fill=(20, 20, 20))
            self.d.text((self.W - self.r - g.getlength(signer) - 10, self.y), signer, font=g, fill=(20, 20, 20))
            self.say(number + signer)
        else:
            self.d.text(((self.W - g.getlength(number)) / 2, self.y), number, font=g, fill=(20, 20, 20))
            self.say(number)
        self.y += g.size * 1.6
        self.rule()
        self.gap(12)
        return self

    def sign(self, org, date, seal=None, right=40, color=(205, 25, 30), r=20, angle=None, pt=None):
        """The issuer and the date, with the seal over both."""
        self.gap(16)
        f = font(self.body, self.px(pt or self.pt))
        h = f.size * 1.8
        lines = org.split("\n") + [date]
        glyphs(self.body, "".join(lines))
        self.room(h * (len(lines) + 1))
        wmax = max(f.getlength(s) for s in lines)
        cx = self.W - self.r - self.px(right) - wmax / 2
        top = self.y
        for s in lines:
            self.d.text((cx - f.getlength(s) / 2, self.y), s, font=f, fill=(20, 20, 20))
            self.say(s)
            self.y += h
        if seal:
            stamp(self.img, (cx, top + (self.y - top) * .5), seal, self.mm(r), color, angle)
        self.gap(8)
        return self

    def table(self, rows, widths, pt=10.5, style="grid", head=1, fnt=None, headfont="hei", pad=4, align=None, repeat=True, lead=1.35):
        total = self.W - self.l - self.r
        ws = [w / sum(widths) * total for w in widths]
        xs = [self.l]
        for w in ws:
            xs.append(xs[-1] + w)
        sp = spans(rows)
        f, fh = font(fnt or self.body, self.px(pt)), font(headfont, self.px(pt))
        lh = f.size * lead
        pad = self.px(pad)
        heights = []
        texts = {}
        for r, row in enumerate(rows):
            need = lh
            for c, cell in enumerate(row):
                if (r, c) in sp:
                    glyphs(headfont if r < head else fnt or self.body, cell.replace("\n", ""))
                    hs, w_ = sp[r, c]
                    ls = break_lines(cell, fh if r < head else f, sum(ws[c:c + w_]) - 2 * pad)
                    texts[r, c] = ls
                    if hs == 1:
                        need = max(need, lh * len(ls))
            heights.append(need + 2 * pad * .8)
        for (r, c), (hs, w_) in sp.items():
            if hs > 1:
                lack = lh * len(texts[r, c]) + 2 * pad * .8 - sum(heights[r:r + hs])
                if lack > 0:
                    heights[r + hs - 1] += lack

        def draw(r0, r1):
            y0 = self.y
            ys = [y0]
            for r in range(r0, r1):
                ys.append(ys[-1] + heights[r])
            ink = (40, 40, 40)
            for r in range(r0, r1):
                for c in range(len(rows[r])):
                    if (r, c) not in sp:
                        continue
                    hs, w_ = sp[r, c]
                    hs = min(hs, r1 - r)
                    x0, x1, ya, yb = xs[c], xs[c + w_], ys[r - r0], ys[r - r0 + hs]
                    if style == "grid":
                        self.d.rectangle((x0, ya, x1, yb), outline=ink, width=max(1, round(self.dpi / 110)))
                    elif style == "h":
                        self.d.line((x0, ya, x1, ya), fill=ink, width=1)
                        self.d.line((x0, yb, x1, yb), fill=ink, width=1)
                    ls = texts[r, c]
                    yy = ya + (yb - ya - lh * len(ls)) / 2 + lh * .1
                    ff = fh if r < head else f
                    for s in ls:
                        w = ff.getlength(s)
                        how = "c" if r < head else (align[c] if align else "c" if len(ls) == 1 and w < (x1 - x0) * .75 else "l")
                        x = x0 + pad if how == "l" else x1 - pad - w if how == "r" else x0 + (x1 - x0 - w) / 2
                        self.d.text((x, yy), s, font=ff, fill=(20, 20, 20))
                        yy += lh
                    self.say("".join(ls))
            if style in ("three", "outer"):
                wide = max(2, round(self.dpi / 60))
                self.d.line((xs[0], ys[0], xs[-1], ys[0]), fill=ink, width=wide)
                self.d.line((xs[0], ys[-1], xs[-1], ys[-1]), fill=ink, width=wide)
                if r0 == 0 and head:
                    self.d.line((xs[0], ys[head], xs[-1], ys[head]), fill=ink, width=1)
                if style == "outer":
                    self.d.line((xs[0], ys[0], xs[0], ys[-1]), fill=ink, width=wide)
                    self.d.line((xs[-1], ys[0], xs[-1], ys[-1]), fill=ink, width=wide)
            self.y = ys[-1]

        r = 0
        while r < len(rows):
            avail = self.H - self.b - self.y
            end, used = r, 0
            while end < len(rows) and used + heights[end] <= avail:
                used += heights[end]
                end += 1
            if end == r or (r == 0 and end <= head and len(rows) > head):
                self.new()
                if r and head and repeat:
                    self._head(rows, heights, head, draw)
                if heights[r] > self.H - self.b - self.t:
                    end = r + 1
                    draw(r, end)
                    r = end
                continue
            draw(r, end)
            r = end
            if r < len(rows):
                self.new()
                if head and repeat:
                    self._head(rows, heights, head, draw)
        self.gap(10)
        return self

    def _head(self, rows, heights, head, draw):
        draw(0, head)

    def picture(self, img, width_mm=None, center=True):
        w = int(self.mm(width_mm)) if width_mm else self.W - self.l - self.r
        im = img.resize((w, int(img.height * w / img.width)))
        self.room(im.height)
        self.img.paste(im, (int((self.W - w) / 2), int(self.y)))
        self.y += im.height + self.px(6)
        return self


def star_poly(d, cx, cy, r, fill):
    pts = []
    for i in range(10):
        a = math.pi / 2 + i * math.pi / 5
        rr = r if i % 2 == 0 else r * .382
        pts.append((cx + rr * math.cos(a), cy - rr * math.sin(a)))
    d.polygon(pts, fill=fill)


def stamp(img, center, text, r, color=(205, 25, 30), angle=None, alpha=.72, seed=None):
    """A round seal, multiplied into the page so that the words under it stay."""
    rng = random.Random(seed if seed is not None else text)
    k = 2
    R = int(r * k)
    layer = Image.new("L", (2 * R + 20, 2 * R + 20), 0)
    d = ImageDraw.Draw(layer)
    c = R + 10
    d.ellipse((c - R, c - R, c + R, c + R), outline=255, width=max(3, int(R * .055)))
    star_poly(d, c, c, R * .3, 255)
    main, _, sub = text.partition("|")
    fs = min(R * .3, R * 1.9 * math.pi * .62 / max(8, len(main)))
    f = font("songb", fs)
    spread = min(math.radians(290), len(main) * fs * 1.22 / (R * .78))
    for i, ch in enumerate(main):
        a = math.pi / 2 + spread / 2 - spread * (i + .5) / len(main)
        t = Image.new("L", (int(fs * 1.6), int(fs * 1.6)), 0)
        ImageDraw.Draw(t).text((fs * .3, fs * .1), ch, font=f, fill=255)
        t = t.rotate(math.degrees(a) - 90, resample=Image.BICUBIC)
        x, y = c + R * .77 * math.cos(a), c - R * .77 * math.sin(a)
        layer.paste(255, (int(x - t.width / 2), int(y - t.height / 2)), t)
    if sub:
        fs2 = R * .2
        g = font("songb", fs2)
        d.text((c - g.getlength(sub) / 2, c + R * .42), sub, font=g, fill=255)
    layer = layer.rotate(angle if angle is not None else rng.uniform(-14, 14), resample=Image.BICUBIC)
    layer = layer.resize((layer.width // k, layer.height // k), Image.LANCZOS)
    arr = np.asarray(layer, dtype=np.float32) / 255
    nrng = np.random.default_rng(rng.randrange(10 ** 6))
    speck = np.asarray(Image.fromarray((nrng.random((arr.shape[0] // 3 + 1, arr.shape[1] // 3 + 1)) * 255).astype("uint8")).resize(layer.size[::1]), dtype=np.float32) / 255
    arr = arr * alpha * np.clip(speck * 1.2 + .35, 0, 1)
    x0, y0 = int(center[0] - layer.width / 2), int(center[1] - layer.height / 2)
    box = (max(0, x0), max(0, y0), min(img.width, x0 + layer.width), min(img.height, y0 + layer.height))
    part = np.asarray(img.crop(box).convert("RGB"), dtype=np.float32)
    a = arr[box[1] - y0:box[3] - y0, box[0] - x0:box[2] - x0, None]
    tint = part * (np.array(color, dtype=np.float32) / 255)
    img.paste(Image.fromarray((part * (1 - a) + tint * a).clip(0, 255).astype("uint8")), box[:2])


def scan(img, tilt=.6, noise=5, gray=False, paper=(250, 249, 245), seed=1, shadow=True, blur=.35):
    rng = np.random.default_rng(seed)
    im = ImageChops.multiply(img.convert("RGB"), Image.new("RGB", img.size, paper))
    im = im.rotate(tilt, resample=Image.BICUBIC, fillcolor=tuple(int(v * .97) for v in paper))
    if blur:
        im = im.filter(ImageFilter.GaussianBlur(blur))
    if gray:
        im = im.convert("L")
    a = np.asarray(im, dtype=np.float32)
    a = a + rng.normal(0, noise, a.shape[:2])[..., None] if a.ndim == 3 else a + rng.normal(0, noise, a.shape)
    if shadow:
        ramp = 1 - .06 * np.abs(np.linspace(-1, 1, a.shape[1])) ** 3
        a = a * (ramp[None, :, None] if a.ndim == 3 else ramp[None, :])
        edge = int(a.shape[1] * .006)
        a[:, :edge] *= .6
    return Image.fromarray(a.clip(0, 255).astype("uint8"))


def fax(img, seed=3, tilt=-.7, dpi_from=130):
    """What a fax machine leaves: bilevel, streaks, specks, a header line."""
    rng = np.random.default_rng(seed)
    im = img.convert("L").rotate(tilt, resample=Image.BICUBIC, fillcolor=255)
    d = ImageDraw.Draw(im)
    a = np.asarray(im, dtype=np.float32) + rng.normal(0, 22, (im.height, im.width))
    out = a > 150
    specks = rng.random(out.shape) < .0012
    out &= ~specks
    for _ in range(2):
        x = int(rng.integers(40, im.width - 40))
        keep = rng.random(im.height) < .55
        out[:, x] &= keep
    return Image.fromarray((out * 255).astype("uint8"))


def save_scan(pages, path, dpi=130, quality=62, words=None):
    """A PDF of images."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    first, *rest = pages
    first.save(path, "PDF", resolution=dpi, save_all=True, append_images=rest, quality=quality)
    if words is not None:
        put(path, list(words))


def scan_sheet(sheet, path, tilts=(.5, -.4, .3), noise=4, gray=False, quality=60, paper=(250, 249, 245), seed=1, fx=None):
    out = []
    for i, im in enumerate(sheet.images):
        im2 = scan(im, tilts[i % len(tilts)], noise, gray, paper, seed + i)
        out.append(fx(im2, i) if fx else im2)
    save_scan(out, path, sheet.dpi, quality, sheet.words)
    return out


def plaque(lines, size=(1100, 760), base=(196, 160, 84), issuer=None, date=None, dark=(96, 30, 20)):
    """A brass plate; lines are (words, points, font)."""
    W, H = size
    g = np.linspace(-1, 1, W)[None, :] * .12 + np.linspace(1, -1, H)[:, None] * .1 + 1
    a = np.clip(np.array(base)[None, None] * g[..., None], 0, 255).astype("uint8")
    im = Image.fromarray(a)
    d = ImageDraw.Draw(im)
    d.rectangle((18, 18, W - 18, H - 18), outline=dark, width=5)
    d.rectangle((30, 30, W - 30, H - 30), outline=dark, width=1)
    y = H * .13
    words = ""
    for text, px, fnt in lines:
        glyphs(fnt, text)
        f = font(fnt, px)
        while f.getlength(text) > W - 110:
            px -= 2
            f = font(fnt, px)
        d.text(((W - f.getlength(text)) / 2, y), text, font=f, fill=dark)
        y += px * 1.55
        words += text
    y = max(y + 10, H * .72)
    for text in [t for t in (issuer, date) if t]:
        for s in text.split("\n"):
            f = font("song", 34)
            d.text(((W - f.getlength(s)) / 2, y), s, font=f, fill=dark)
            y += 50
            words += s
    return im, words


def photo(img, path=None, words=None, size=(1500, 1120), seed=5, wall=(176, 168, 158), skew=.05, quality=72, blur=.7, flash=True):
    """A phone's picture of it: perspective, light, noise."""
    rng = random.Random(seed)
    W, H = size
    n = np.random.default_rng(seed)
    bg = np.ones((H, W, 3)) * np.array(wall) + n.normal(0, 3, (H, W, 1))
    bg *= (1 - .25 * (np.linspace(-1, 1, W)[None, :, None] * .5 + .5)) * (1 - .15 * np.linspace(0, 1, H)[:, None, None])
    canvas = Image.fromarray(bg.clip(0, 255).astype("uint8"))
    s = min(W * .78 / img.width, H * .8 / img.height)
    im = img.resize((int(img.width * s), int(img.height * s)), Image.LANCZOS).convert("RGBA")
    x0, y0 = (W - im.width) // 2 + rng.randint(-30, 30), (H - im.height) // 2 + rng.randint(-20, 20)
    j = lambda v: rng.uniform(-skew, skew) * v
    dst = [(x0 + j(im.width), y0 + j(im.height)), (x0 + im.width + j(im.width), y0 + j(im.height)),
           (x0 + im.width + j(im.width), y0 + im.height + j(im.height)), (x0 + j(im.width), y0 + im.height + j(im.height))]
    src = [(0, 0), (im.width, 0), (im.width, im.height), (0, im.height)]
    A, B = [], []
    for (X, Y), (x, y) in zip(dst, src):
        A += [[X, Y, 1, 0, 0, 0, -x * X, -x * Y], [0, 0, 0, X, Y, 1, -y * X, -y * Y]]
        B += [x, y]
    co = np.linalg.solve(np.array(A, float), np.array(B, float))
    warped = im.transform((W, H), Image.PERSPECTIVE, tuple(co), Image.BICUBIC)
    canvas.paste(warped, (0, 0), warped)
    a = np.asarray(canvas.filter(ImageFilter.GaussianBlur(blur)), dtype=np.float32)
    if flash:
        yy, xx = np.mgrid[0:H, 0:W]
        cx, cy = rng.uniform(.25, .75) * W, rng.uniform(.1, .35) * H
        a += (np.exp(-((xx - cx) ** 2 + (yy - cy) ** 2) / (2 * (W * .06) ** 2)) * 70)[..., None]
    a += n.normal(0, 4, a.shape)
    out = Image.fromarray(a.clip(0, 255).astype("uint8"))
    if path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        out.save(path, quality=quality)
        put(path, [words or ""])
    return out


def webshot(url, site, nav, title, meta, paras, table=None, widths=None, size=(1366, 900), blue=(20, 84, 160), clock="15:42 2024/9/12", pt=17):
    """A browser window; returns image and words."""
    W, H = size
    im = Image.new("RGB", size, (255, 255, 255))
    d = ImageDraw.Draw(im)
    d.rectangle((0, 0, W, 38), fill=(222, 225, 230))
    d.rounded_rectangle((10, 6, 270, 40), 8, fill=(255, 255, 255))
    d.text((24, 12), title[:14] + "…", font=font("sans", 14), fill=(60, 60, 60))
    d.rectangle((0, 38, W, 76), fill=(250, 250, 250))
    d.rounded_rectangle((120, 43, W - 140, 71), 14, fill=(236, 238, 241))
    d.text((140, 47), url, font=font("sans", 15), fill=(70, 70, 70))
    for i, s in enumerate("<>o"):
        d.text((24 + i * 30, 46), s, font=font("sans", 16), fill=(90, 90, 90))
    d.rectangle((0, 76, W, 150), fill=blue)
    d.text((90, 92), site, font=font("hei", 32), fill=(255, 255, 255))
    d.rectangle((0, 150, W, 184), fill=(12, 62, 124))
    x = 90
    for n in nav:
        d.text((x, 156), n, font=font("sans", 17), fill=(235, 240, 250))
        x += 130
    words = site + "".join(nav)
    y = 200
    d.text((90, y), "当前位置：首页 > 政务公开 > 文件公示", font=font("sans", 13), fill=(120, 120, 120))
    y += 34
    f = font("hei", 26)
    for s in break_lines(title, f, W - 240):
        d.text(((W - f.getlength(s)) / 2, y), s, font=f, fill=(20, 20, 20))
        y += 38
    words += title
    f = font("sans", 14)
    d.text(((W - f.getlength(meta)) / 2, y), meta, font=f, fill=(130, 130, 130))
    words += meta
    y += 34
    d.line((90, y - 6, W - 90, y - 6), fill=(220, 220, 220))
    f = font("sans", pt)
    for t in paras:
        for i, s in enumerate(break_lines(t, f, W - 240, pt * 2)):
            d.text((110 + (pt * 2 if i == 0 else 0), y), s, font=f, fill=(40, 40, 40))
            y += pt * 1.75
        words += t
    if table:
        sp = spans(table)
        total = W - 240
        ws = [w / sum(widths) * total for w in widths]
        y += 6
        for r, row in enumerate(table):
            x = 110
            cells = [break_lines(c, font("sans", pt - 2), w - 12) for c, w in zip(row, ws)]
            h = max(len(c) for c in cells) * (pt * 1.4) + 10
            for c, w in zip(cells, ws):
                d.rectangle((x, y, x + w, y + h), outline=(150, 150, 150), fill=(240, 245, 252) if r == 0 else None)
                yy = y + 5
                for s in c:
                    d.text((x + 6, yy), s, font=font("sans", pt - 2), fill=(30, 30, 30))
                    yy += pt * 1.4
                x += w
            words += "".join(row)
            y += h
    d.rectangle((0, H - 34, W, H), fill=(32, 36, 44))
    d.text((W - 190, H - 28), clock, font=font("sans", 14), fill=(220, 220, 220))
    return im, words


# ---------------------------------------------------------------- docx
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

ALIGN = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT, "both": WD_ALIGN_PARAGRAPH.JUSTIFY}


class Dx:
    def __init__(self, body="仿宋_GB2312", hei="黑体", kai="楷体_GB2312", pt=16, line=28, margins=(37, 35, 28, 26), auto=None, footer=True, header=None, latin="Times New Roman"):
        self.doc = Document()
        self.body, self.hei, self.kai, self.pt, self.linept, self.latin = body, hei, kai, pt, line, latin
        s = self.doc.sections[0]
        s.page_width, s.page_height = Mm(210), Mm(297)
        s.top_margin, s.bottom_margin, s.left_margin, s.right_margin = (Mm(v) for v in margins)
        st = self.doc.styles["Normal"]
        st.font.name, st.font.size = latin, Pt(pt)
        st.element.rPr.rFonts.set(qn("w:eastAsia"), body)
        for i, (fnt, size) in enumerate(((hei, pt), (kai, pt), (body, pt), (body, pt)), 1):
            h = self.doc.styles[f"Heading {i}"]
            h.font.name, h.font.size, h.font.bold = latin, Pt(size), i == 3
            h.font.color.rgb = RGBColor(0, 0, 0)
            h.element.rPr.rFonts.set(qn("w:eastAsia"), fnt)
            for a in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                h.element.rPr.rFonts.attrib.pop(qn("w:" + a), None)
            h.paragraph_format.space_before = h.paragraph_format.space_after = Pt(0)
            self._lines(h.paragraph_format)
            h.paragraph_format.first_line_indent = Pt(size * 2)
        self.auto = auto
        if auto:
            self._numbering(auto)
        if header:
            hp = s.header.paragraphs[0]
            hp.text = header
            hp.alignment = ALIGN["right"]
            self._font(hp.runs[0], body, 9)
        if footer:
            fp = s.footer.paragraphs[0]
            fp.alignment = ALIGN["center"]
            r = fp.add_run("— ")
            for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
                run = fp.add_run()
                if kind:
                    e = OxmlElement("w:fldChar")
                    e.set(qn("w:fldCharType"), kind)
                else:
                    e = OxmlElement("w:instrText")
                    e.text = text
                run._r.append(e)
            fp.add_run(" —")

    def _lines(self, pf):
        if self.linept:
            pf.line_spacing_rule, pf.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(self.linept)
        else:
            pf.line_spacing = 1.5

    def _numbering(self, levels):
        """levels: (numFmt, lvlText) for Heading 1…; Word's own numbers, not in the text."""
        num = self.doc.part.numbering_part.element
        lv = ""
        for i, (fmt, text) in enumerate(levels):
            lv += (f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/><w:pStyle w:val="Heading{i + 1}"/><w:suff w:val="nothing"/>'
                   f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>')
        a = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>{lv}</w:abstractNum>')
        num.insert(0, a)
        num.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
        for i in range(len(levels)):
            ppr = self.doc.styles[f"Heading {i + 1}"].element.get_or_add_pPr()
            ppr.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{i}"/><w:numId w:val="77"/></w:numPr>'))

    def _font(self, run, fnt, pt=None, bold=None, color=None):
        run.font.name = self.latin
        rpr = run._r.get_or_add_rPr()
        rpr.get_or_add_rFonts().set(qn("w:eastAsia"), fnt)
        if pt:
            run.font.size = Pt(pt)
        if bold is not None:
            run.bold = bold
        if color:
            run.font.color.rgb = RGBColor(*color)

    def h(self, level, text):
        return self.doc.add_paragraph(text, style=f"Heading {level}")

    def p(self, text, indent=2, align="both", fnt=None, pt=None, bold=None, color=None, before=0, after=0, line=None, lead=None):
        """lead: words at the start, set in bold."""
        para = self.doc.add_paragraph()
        pf = para.paragraph_format
        pf.alignment = ALIGN[align]
        pf.space_before, pf.space_after = Pt(before), Pt(after)
        if line == 0:
            pf.line_spacing = 1.0
        else:
            self._lines(pf)
        if indent and align in ("both", "left"):
            pf.first_line_indent = Pt((pt or self.pt) * indent)
        if lead:
            self._font(para.add_run(lead), fnt or self.body, pt, True, color)
        self._font(para.add_run(text), fnt or self.body, pt, bold, color)
        return para

    def title(self, text, pt=22, fnt=None, before=0, after=12, color=None, align="center"):
        return self.p(text, 0, align, fnt or "方正小标宋简体", pt, None, color, before, after, line=0)

    def caption(self, text, align="center", pt=None):
        return self.p(text, 0, align, self.hei, pt or self.pt - 3, before=4, line=0)

    def brk(self):
        self.doc.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def section(self, landscape):
        s = self.doc.add_section()
        if landscape != (s.orientation == WD_ORIENT.LANDSCAPE):
            s.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
            s.page_width, s.page_height = s.page_height, s.page_width
            s.left_margin, s.right_margin, s.top_margin, s.bottom_margin = s.top_margin, s.bottom_margin, s.right_margin, s.left_margin
        return s

    def table(self, rows, widths=None, style="grid", head=1, pt=10.5, align=None, fnt=None, headbold=True, shade=None, total=156):
        t = self.doc.add_table(rows=len(rows), cols=len(rows[0]))
        t.alignment = WD_TABLE_ALIGNMENT.CENTER
        t.autofit = False
        tblpr = t._tbl.tblPr
        edge = {"grid": dict.fromkeys(("top", "left", "bottom", "right", "insideH", "insideV"), 4),
                "three": {"top": 12, "bottom": 12}, "none": {}, "h": {"top": 4, "bottom": 4, "insideH": 4},
                "outer": {"top": 12, "bottom": 12, "left": 12, "right": 12}, "open": {"top": 8, "bottom": 8, "insideH": 4, "insideV": 4}}[style]
        xml = "".join(f'<w:{k} w:val="single" w:sz="{v}" w:space="0" w:color="000000"/>' for k, v in edge.items())
        tblpr.append(parse_xml(f'<w:tblBorders {nsdecls("w")}>{xml}</w:tblBorders>'))
        sp = spans(rows)
        ws = [w / sum(widths) * total for w in widths] if widths else None
        grid = [[t.cell(r, c) for c in range(len(rows[0]))] for r in range(len(rows))]
        for (r, c), (hs, w_) in sp.items():
            cell = grid[r][c]
            if hs > 1 or w_ > 1:
                cell = cell.merge(grid[r + hs - 1][c + w_ - 1])
            para = cell.paragraphs[0]
            parts = rows[r][c].split("\n")
            for i, part in enumerate(parts):
                if i:
                    para = cell.add_paragraph()
                para.paragraph_format.alignment = ALIGN["center" if r < head else (align[c] if align else "center" if len(part) < 12 else "left")]
                para.paragraph_format.space_before = para.paragraph_format.space_after = Pt(1)
                para.paragraph_format.line_spacing = 1.0
                self._font(para.add_run(part), self.hei if r < head and headbold else fnt or self.body, pt)
            cell.vertical_alignment = 1
        if ws:
            for row in t.rows:
                for i, c in enumerate(row.cells):
                    pass
            for c, w in enumerate(ws):
                for r in range(len(rows)):
                    grid[r][c].width = Mm(w)
                t.columns[c].width = Mm(w)
        for r in range(min(head, len(rows))):
            trpr = t.rows[r]._tr.get_or_add_trPr()
            trpr.append(parse_xml(f'<w:tblHeader {nsdecls("w")}/>'))
        for r in range(len(rows)):
            t.rows[r]._tr.get_or_add_trPr().append(parse_xml(f'<w:cantSplit {nsdecls("w")}/>'))
        if style == "three":
            for c in range(len(rows[0])):
                tc = grid[head - 1][c]._tc.get_or_add_tcPr()
                tc.append(parse_xml(f'<w:tcBorders {nsdecls("w")}><w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:tcBorders>'))
        if shade:
            for r in range(head):
                for c in range(len(rows[0])):
                    grid[r][c]._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{shade}"/>'))
        self.p("", 0, pt=6, line=0)
        return t

    def image(self, img, mm=150, quality=70):
        bio = io.BytesIO()
        img.convert("RGB").save(bio, "JPEG", quality=quality)
        bio.seek(0)
        self.doc.add_picture(bio, width=Mm(mm))
        self.doc.paragraphs[-1].alignment = ALIGN["center"]

    def toc(self, entries):
        self.p("目　　录", 0, "center", self.hei, 18, after=10)
        for level, text, page in entries:
            para = self.p("", 0, "left", pt=14)
            para.paragraph_format.left_indent = Pt(14 * 2 * (level - 1))
            para.paragraph_format.tab_stops.add_tab_stop(Mm(150), 2, 1)
            para.runs[0].text = f"{text}\t{page}"
        self.brk()

    def save(self, path):
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        self.doc.save(path)


def docx_words(path):
    d = Document(path)
    out = []
    for e in d.element.body.iter():
        if e.tag == qn("w:t"):
            out.append(e.text or "")
    return "".join(out)


def office(sources, fmt, outdir=None, profile=tempfile.gettempdir() + "/blind-office"):
    """Convert with LibreOffice; returns the new paths. fmt such as 'pdf', 'doc', 'rtf'."""
    outdir = outdir or tempfile.mkdtemp(prefix="blind_")
    flt = {"doc": "doc:MS Word 97", "rtf": "rtf:Rich Text Format", "pdf": "pdf", "xls": "xls:MS Excel 97", "ppt": "ppt:MS PowerPoint 97", "odt": "odt"}[fmt]
    subprocess.run(["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", flt, "--outdir", outdir, *map(str, sources)],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)
    return [Path(outdir) / (Path(s).stem + "." + fmt) for s in sources]


# ---------------------------------------------------------------- reportlab
def rl_fonts():
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    for name, path, i in (("Song", TTF + "arphic-gbsn00lp/gbsn00lp.ttf", 0), ("Kai", TTF + "arphic-gkai00mp/gkai00mp.ttf", 0),
                          ("Hei", TTF + "wqy/wqy-zenhei.ttc", 0), ("Wen", TTF + "lxgw-wenkai/LXGWWenKai-Regular.ttf", 0),
                          ("WenB", TTF + "lxgw-wenkai/LXGWWenKai-Bold.ttf", 0), ("Ming", TTF + "arphic/uming.ttc", 0)):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, path, subfontIndex=i))


class Rl:
    """A text PDF by reportlab."""

    def __init__(self, path, body="Song", hei="Hei", kai="Kai", pt=14, lead=25, margins=(28, 26, 32, 28), footer="— {} —", head=None, first="cover", title=None):
        rl_fonts()
        self.first = first
        self.path, self.body, self.hei, self.kai, self.pt, self.lead, self.margins, self.footer, self.headline = Path(path), body, hei, kai, pt, lead, margins, footer, head
        self.title_ = title
        self.story = []

    def st(self, **k):
        from reportlab.lib.styles import ParagraphStyle
        base = dict(fontName=self.body, fontSize=self.pt, leading=self.lead, wordWrap="CJK", firstLineIndent=self.pt * 2, alignment=4)
        base.update(k)
        return ParagraphStyle("x", **base)

    def check(self, text, name):
        from reportlab.pdfbase import pdfmetrics
        cmap = pdfmetrics.getFont(name).face.charToGlyph
        lost = {c for c in text if ord(c) > 32 and ord(c) not in cmap}
        if lost:
            print("   no glyph in", name, "".join(sorted(lost)), "|", text[:30])

    def p(self, text, **k):
        from reportlab.platypus import Paragraph
        self.check(text, k.get("fontName", self.body))
        self.story.append(Paragraph(text.replace("&", "&amp;"), self.st(**k)))
        return self

    def h(self, level, text):
        fnt = (self.hei, self.kai, self.body)[level - 1]
        return self.p(text, fontName=fnt, spaceBefore=(8, 4, 0)[level - 1], keepWithNext=1, fontSize=self.pt + (2, 1, 0)[level - 1])

    def title(self, text, size=22, before=0, after=14, fnt=None):
        return self.p(text, fontName=fnt or self.hei, fontSize=size, leading=size * 1.5, alignment=1, firstLineIndent=0, spaceBefore=before, spaceAfter=after)

    def caption(self, text, align=1):
        return self.p(text, fontName=self.hei, fontSize=self.pt - 2, firstLineIndent=0, alignment=align, leading=self.lead * .9, keepWithNext=1)

    def gap(self, pt):
        from reportlab.platypus import Spacer
        self.story.append(Spacer(1, pt))
        return self

    def brk(self):
        from reportlab.platypus import PageBreak
        self.story.append(PageBreak())
        return self

    def turn(self, name):
        from reportlab.platypus import NextPageTemplate, PageBreak
        self.story += [NextPageTemplate(name), PageBreak()]
        return self

    def image(self, pil, mm=150):
        from reportlab.platypus import Image as RI
        bio = io.BytesIO()
        pil.convert("RGB").save(bio, "JPEG", quality=70)
        bio.seek(0)
        w = mm * 72 / 25.4
        self.story.append(RI(bio, width=w, height=w * pil.height / pil.width))
        return self

    def table(self, rows, widths, style="grid", head=1, size=10, align=None, total=None, repeat=True, shade=None):
        from reportlab.lib import colors
        from reportlab.platypus import Paragraph, Table, TableStyle
        total = (total or 210 - self.margins[0] - self.margins[1]) * 72 / 25.4
        ws = [w / sum(widths) * total for w in widths]
        sp = spans(rows)
        data, cmds = [], [("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("TOPPADDING", (0, 0), (-1, -1), 3), ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
                          ("LEFTPADDING", (0, 0), (-1, -1), 4), ("RIGHTPADDING", (0, 0), (-1, -1), 4)]
        for r, row in enumerate(rows):
            line = []
            for c, cell in enumerate(row):
                if (r, c) not in sp:
                    line.append("")
                    continue
                hs, w_ = sp[r, c]
                if hs > 1 or w_ > 1:
                    cmds.append(("SPAN", (c, r), (c + w_ - 1, r + hs - 1)))
                wide = sum(ws[c:c + w_])
                self.check(cell, self.hei if r < head else self.body)
                al = 1 if r < head else {"l": 0, "c": 1, "r": 2}[align[c]] if align else (1 if len(cell) * size < wide - 10 else 0)
                line.append(Paragraph(cell.replace("&", "&amp;").replace("\n", "<br/>"), self.st(fontName=self.hei if r < head else self.body, fontSize=size, leading=size * 1.35, firstLineIndent=0, alignment=al)))
            data.append(line)
        if style == "grid":
            cmds.append(("GRID", (0, 0), (-1, -1), .6, colors.black))
        elif style == "three":
            cmds += [("LINEABOVE", (0, 0), (-1, 0), 1.4, colors.black), ("LINEBELOW", (0, head - 1), (-1, head - 1), .6, colors.black), ("LINEBELOW", (0, -1), (-1, -1), 1.4, colors.black)]
        elif style == "h":
            cmds += [("LINEBELOW", (0, 0), (-1, -1), .4, colors.grey), ("LINEABOVE", (0, 0), (-1, 0), .8, colors.black)]
        elif style == "color":
            cmds += [("BACKGROUND", (0, 0), (-1, head - 1), colors.HexColor("#d8e4f0")), ("GRID", (0, 0), (-1, -1), .4, colors.HexColor("#7f9db9"))]
        if shade:
            cmds.append(("BACKGROUND", (0, 0), (-1, head - 1), colors.HexColor(shade)))
        self.story.append(Table(data, colWidths=ws, style=TableStyle(cmds), repeatRows=head if repeat else 0, splitByRow=1))
        self.gap(8)
        return self

    def save(self):
        from reportlab.lib.pagesizes import A4, landscape
        from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate
        self.path.parent.mkdir(parents=True, exist_ok=True)
        mm = 72 / 25.4
        l, r, t, b = (v * mm for v in self.margins)

        def on(canvas, doc):
            canvas.setFont(self.body, 10)
            w, h = canvas._pagesize
            if self.footer:
                canvas.drawCentredString(w / 2, 14 * mm, self.footer.format(doc.page))
            if self.headline:
                canvas.setFont(self.body, 9)
                canvas.drawString(l, h - 18 * mm, self.headline)
                canvas.line(l, h - 20 * mm, w - r, h - 20 * mm)

        def plain(canvas, doc):
            pass
        doc = BaseDocTemplate(str(self.path), pagesize=A4, title=self.title_ or "", author="")
        P, L = A4, landscape(A4)
        temps = ([
            PageTemplate("cover", [Frame(l, b, P[0] - l - r, P[1] - t - b, 0, 0, 0, 0)], onPage=plain, pagesize=P),
            PageTemplate("p", [Frame(l, b, P[0] - l - r, P[1] - t - b, 0, 0, 0, 0)], onPage=on, pagesize=P),
            PageTemplate("l", [Frame(b, r, L[0] - t - b, L[1] - l - r, 0, 0, 0, 0)], onPage=on, pagesize=L)])
        doc.addPageTemplates(sorted(temps, key=lambda t: t.id != self.first))
        doc.build(self.story)


def merge_pdf(parts, path):
    """parts: paths; or (path, [page numbers]). Keeps the known words."""
    from pypdf import PdfReader, PdfWriter
    w = PdfWriter()
    words = []
    for part in parts:
        src, keep = part if isinstance(part, tuple) else (part, None)
        rd = PdfReader(str(src))
        known = WORDS.get(str(src))
        for i, pg in enumerate(rd.pages):
            if keep is None or i + 1 in keep:
                w.add_page(pg)
                words.append(known[i] if known else None)
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    with open(path, "wb") as fh:
        w.write(fh)
    put(path, words)


# ---------------------------------------------------------------- xlsx, ofd, zip
def xlsx(path, sheets, widths=None):
    """sheets: (name, rows) with the merge marks."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter
    wb = Workbook()
    wb.remove(wb.active)
    side = Side(style="thin")
    for item in sheets:
        name, rows, *more = item
        opt = more[0] if more else {}
        ws = wb.create_sheet(name)
        width = max(len(r) for r in rows)
        rows = [list(r) + [""] * (width - len(r)) for r in rows]
        sp = spans(rows)
        for (r, c), (hs, w_) in sp.items():
            v = rows[r][c]
            if isinstance(v, str) and re.fullmatch(r"-?\d+(\.\d+)?", v) and not opt.get("text"):
                v = float(v) if "." in v else int(v)
            cell = ws.cell(r + 1, c + 1, v if v != "" else None)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            if r < opt.get("head", 2):
                cell.font = Font(name="黑体", bold=True)
            else:
                cell.font = Font(name="宋体")
            if hs > 1 or w_ > 1:
                ws.merge_cells(start_row=r + 1, start_column=c + 1, end_row=r + hs, end_column=c + w_)
        if opt.get("border", True):
            for r in range(opt.get("from", 1), len(rows)):
                for c in range(width):
                    ws.cell(r + 1, c + 1).border = Border(side, side, side, side)
        for i, w in enumerate(opt.get("widths", [])):
            ws.column_dimensions[get_column_letter(i + 1)].width = w
        if opt.get("hidden"):
            ws.sheet_state = "hidden"
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    wb.save(path)


def xlsx_words(path):
    from openpyxl import load_workbook
    wb = load_workbook(path)
    return "".join(str(v) for ws in wb for row in ws.iter_rows(values_only=True) for v in row if v is not None)


def ofd(path, pages, rules=None):
    """A simple OFD. pages: lists of (x mm, y mm, size mm, words)."""
    ns = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    esc = lambda s: s.replace("&", "&amp;").replace("<", "&lt;")
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("OFD.xml", f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD {ns} DocType="OFD" Version="1.1"><ofd:DocBody><ofd:DocInfo><ofd:DocID>5f0c2b7e8a1d4c6db3f1a2c4e6d8b0aa</ofd:DocID><ofd:Creator>WPS</ofd:Creator></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>')
        z.writestr("Doc_0/Document.xml", f'<?xml version="1.0" encoding="UTF-8"?><ofd:Document {ns}><ofd:CommonData><ofd:MaxUnitID>9000</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages>'
                   + "".join(f'<ofd:Page ID="{i + 1}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(pages))) + '</ofd:Pages></ofd:Document>')
        z.writestr("Doc_0/PublicRes.xml", f'<?xml version="1.0" encoding="UTF-8"?><ofd:Res {ns} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="1001" FontName="宋体" FamilyName="宋体"/></ofd:Fonts></ofd:Res>')
        uid = 2000
        for i, items in enumerate(pages):
            body = ""
            for x, y, size, text in items:
                uid += 1
                dx = " ".join(f"{size if ord(ch) > 255 else size * .5:.3f}" for ch in text[:-1])
                body += (f'<ofd:TextObject ID="{uid}" Boundary="{x} {y} {210 - x:.1f} {size * 1.4:.2f}" Font="1001" Size="{size}"><ofd:FillColor Value="0 0 0"/>'
                         f'<ofd:TextCode X="0" Y="{size:.2f}" DeltaX="{dx}">{esc(text)}</ofd:TextCode></ofd:TextObject>')
            for x0, y0, x1, y1 in (rules or {}).get(i, []):
                uid += 1
                body += (f'<ofd:PathObject ID="{uid}" Boundary="{min(x0, x1)} {min(y0, y1)} {abs(x1 - x0) + .3:.2f} {abs(y1 - y0) + .3:.2f}" LineWidth="0.2"><ofd:StrokeColor Value="0 0 0"/>'
                         f'<ofd:AbbreviatedData>M 0 0 L {abs(x1 - x0):.2f} {abs(y1 - y0):.2f}</ofd:AbbreviatedData></ofd:PathObject>')
            z.writestr(f"Doc_0/Pages/Page_{i}/Content.xml", f'<?xml version="1.0" encoding="UTF-8"?><ofd:Page {ns}><ofd:Content><ofd:Layer ID="{3000 + i}" Type="Body">{body}</ofd:Layer></ofd:Content></ofd:Page>')
    put(path, ["".join(t for *_, t in items) for items in pages])


def ofd_flow(paras, width=154, x=28, top=30, bottom=270, size=5.2, lead=9):
    """Lay paragraphs as OFD items: (words, kind) with kind of t(itle), c(enter), p, r(ight)."""
    pages, y = [[]], top
    for text, kind in paras:
        s = size * (1.3 if kind == "t" else 1)
        n = int(width / s)
        indent = 2 if kind == "p" else 0
        chunks, cur, used = [], "", indent
        for ch in text:
            w = 1 if ord(ch) > 255 else .5
            if used + w > n and ch not in NO_START:
                chunks.append(cur)
                cur, used = "", 0
            cur += ch
            used += w
        chunks.append(cur)
        for i, c in enumerate(chunks):
            if y > bottom:
                pages.append([])
                y = top
            w = sum(1 if ord(ch) > 255 else .5 for ch in c) * s
            xx = x + (width - w) / 2 if kind in "tc" else x + width - w - 6 if kind == "r" else x + (indent * s if i == 0 else 0)
            pages[-1].append((round(xx, 2), round(y, 2), s, c))
            y += lead * (1.25 if kind == "t" else 1)
    return pages


class GbkInfo(zipfile.ZipInfo):
    def _encodeFilenameFlags(self):
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def gbk_zip(folder, path):
    """What Windows packs: GBK names, no UTF-8 flag."""
    folder = Path(folder)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for f in sorted(folder.rglob("*")):
            rel = str(f.relative_to(folder))
            if f.is_dir():
                info = GbkInfo(rel + "/", (2024, 9, 20, 17, 30, 12))
                info.external_attr = 0x10
                z.writestr(info, b"")
            else:
                info = GbkInfo(rel, (2024, 9, 20, 17, 31, 44))
                info.compress_type = zipfile.ZIP_DEFLATED
                z.writestr(info, f.read_bytes())


def debris(folder, kinds=("thumbs", "lock", "ini")):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    if "thumbs" in kinds:
        (folder / "Thumbs.db").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3064))
    if "lock" in kinds:
        (folder / "~$方案.docx").write_bytes(b"\x0dadministrator" + bytes(148))
    if "ini" in kinds:
        (folder / "desktop.ini").write_bytes(b"[.ShellClassInfo]\r\nIconResource=C:\\Windows\\system32\\SHELL32.dll,4\r\n")
    if "ds" in kinds:
        (folder / ".DS_Store").write_bytes(b"\x00\x00\x00\x01Bud1" + bytes(6140))


# ---------------------------------------------------------------- invented filler for national lists
PROV = ["北京市", "天津市", "河北省", "山西省", "辽宁省", "吉林省", "上海市", "江苏省", "浙江省", "安徽省", "福建省", "江西省", "山东省", "河南省", "湖北省", "湖南省", "广东省", "广西壮族自治区", "重庆市", "四川省", "贵州省", "云南省", "陕西省", "甘肃省"]
SYL = {"北京市": "京岚 燕澈", "天津市": "津浔 沽汐", "河北省": "冀沅 滹岭", "山西省": "汾岱 晋峄", "辽宁省": "辽埠 沈岫", "吉林省": "吉沐 松澹", "上海市": "沪淞 申岬", "江苏省": "苏汀 淮浔", "浙江省": "浙岙 瓯澄", "安徽省": "皖渚 徽泠", "福建省": "闽岐 榕屿", "江西省": "赣沄 浔岭", "山东省": "鲁峄 岱沂", "河南省": "豫泷 洛澧", "湖北省": "鄂沔 楚浈", "湖南省": "湘渌 沅岚", "广东省": "粤岗 珠浦", "广西壮族自治区": "桂浔 邕岜", "重庆市": "渝嘉岭 巴渠", "四川省": "蜀岷 川涪岭", "贵州省": "黔岑 筑溪", "云南省": "滇沧 云岫", "陕西省": "秦沣 渭岐", "甘肃省": "陇祁 洮岷"}
TRADE = [("动力电池", "锂能科技"), ("乘用车底盘", "汽车部件"), ("特种电缆", "线缆"), ("高速铜箔", "铜箔"), ("工程机械臂架", "重工"), ("中药提取", "制药"), ("铝板带", "铝业"), ("建筑陶瓷", "陶瓷"), ("聚酯切片", "新材料"), ("智能电表", "仪表"), ("轴承套圈", "精密轴承"), ("显示模组", "光电"), ("风电叶片", "风能装备"), ("乳制品灌装", "食品"), ("铸锻件", "铸锻"), ("钢帘线", "钢铁"), ("氯碱化工", "化工"), ("空调压缩机", "电器"), ("矿山掘进", "矿业"), ("港口装卸", "港务")]
FIRST, SECOND = "恒宏瑞鼎昌泰凯博卓永", "源盛达信和通利腾"
PLANTS = ["5G工厂", "5G智慧工厂", "5G全连接工厂", "数字化车间5G工厂", "柔性制造5G工厂"]


def fillers(n, seed, kind="5G工厂", avoid=()):
    rng = random.Random(seed)
    out, seen = [], set()
    while len(out) < n:
        pv = rng.choice(PROV)
        if pv in avoid:
            continue
        city = rng.choice(SYL[pv].split())
        good, trade = rng.choice(TRADE)
        firm = f"{city}{rng.choice(FIRST)}{rng.choice(SECOND)}{trade}{rng.choice(['有限公司', '股份有限公司', '集团有限公司', '有限责任公司'])}"
        if firm in seen:
            continue
        seen.add(firm)
        name = good + rng.choice(PLANTS) if kind == "5G工厂" else good + kind
        out.append((pv, name, firm))
    return out


# ---------------------------------------------------------------- truth
IDS = {"policy": "national_strategy special_policy government_funds industry_finance regional_features",
       "infrastructure": "coverage_5g platform_projects factory_network_quality operation_model edge_computing equipment_upgrade new_industrial_network regional_features",
       "application": "leading_industries scenarios factory_5g replication security regional_features",
       "ecosystem": "standards intellectual_property key_enterprises chips_modules_terminals solution_providers national_titles industry_clustering economic_contribution regional_features",
       "services": "talent_programmes skilled_talent training_bases industry_services security technology_transfer ip_protection regional_features",
       "site_visit": "preparation"}
INDICATORS = [f"{k}.{v}" for k, vs in IDS.items() for v in vs.split()]
SIX = ["policy.special_policy", "infrastructure.coverage_5g", "application.scenarios", "application.factory_5g", "ecosystem.national_titles", "site_visit.preparation"]
SCENES = "协同研发设计 远程设备操控 设备协同作业 柔性生产制造 现场辅助装配 机器视觉质检 设备故障诊断 厂区智能物流 无人智能巡检 生产现场监测 生产单元模拟 精准动态作业 生产能效管控 工艺合规校验 生产过程溯源 设备预测维护 厂区智能理货 全域物流监测 虚拟现场服务 企业协同合作".split()


def sq(text):
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text or "")).lower()


class Truth:
    def __init__(self, name, cities, province, gate, root=None):
        self.name, self.root = name, Path(root) if root else OUT / name
        self.t = {"submission": name, "cities": cities, "province": province, "gate": gate, "conditions": {}, "indicators": {}, "documents": {}, "tables": [], "traps": []}
        self.cache, self.bad = {}, []
        self.where = {}
        self.proved = {}
        self.also = {}   # words of the source, cell by cell, beside the text layer's

    def at(self, rel, path):
        """The words of rel are to be taken from path (inside an archive, a converted file)."""
        self.where[rel] = Path(path)

    def pages(self, rel):
        if rel in self.cache:
            return self.cache[rel]
        path = self.where.get(rel, self.root / rel)
        known = WORDS.get(str(path))
        suffix = path.suffix.lower()
        if suffix == ".pdf" and (known is None or None in known):
            import pypdfium2
            d = pypdfium2.PdfDocument(str(path))
            text = [d[i].get_textpage().get_text_range() for i in range(len(d))]
            out = [k if k is not None else t for k, t in zip(known or [None] * len(text), text)]
        elif known is not None:
            out = known
        elif suffix == ".docx":
            out = [docx_words(path)]
        elif suffix == ".xlsx":
            out = [xlsx_words(path)]
        else:
            raise KeyError(rel)
        self.cache[rel] = [sq(o) for o in out]
        return self.cache[rel]

    def paged(self, rel):
        return self.t["documents"].get(rel, {}).get("pages") is not None

    def doc(self, rel, role, lane="text", readable=True, pages="auto", src=None):
        if src:
            self.at(rel, src)
        path = self.where.get(rel, self.root / rel)
        if not path.exists():
            self.bad.append(f"no file {rel}")
        if pages == "auto":
            pages = None
            if readable:
                s = path.suffix.lower()
                if s == ".pdf":
                    from pypdf import PdfReader
                    pages = len(PdfReader(str(path)).pages)
                elif s in (".jpg", ".jpeg", ".png", ".bmp"):
                    pages = 1
                elif s == ".ofd":
                    pages = len(WORDS[str(path)])
        self.t["documents"][rel] = {"role": role, "readable": readable, "lane": lane, "pages": pages}

    def _quote(self, item):
        rel, quote, *page = item
        if rel not in self.t["documents"]:
            self.bad.append(f"quote of undeclared {rel}")
            return {"file": rel, "page": None, "quote": quote}
        if not 6 <= len(quote) <= 40:
            self.bad.append(f"length of quote {quote}")
        hits = [i + 1 for i, p in enumerate(self.pages(rel)) if sq(quote) in p]
        if page and page[0] in hits:
            hit = page[0]
        elif hits:
            hit = hits[0]
            if len(hits) > 1 and self.paged(rel) and not page:
                print(f"   note: {quote} on pages {hits} of {rel}")
        else:
            self.bad.append(f"not found: {quote} in {rel}")
            hit = None
        return {"file": rel, "page": hit if self.paged(rel) else None, "quote": quote}

    def cond(self, ind, verdict, value, claims, proofs, why, accept=None):
        self.t["conditions"][ind] = {"verdict": verdict, "accept": accept or [verdict], "value": value, "claims": [self._quote(c) for c in claims],
                                     "proofs": [self._quote(p) for p in proofs], "why": why}

    def ind(self, ident, baseline=True, targets=(), proofs=()):
        if ident not in INDICATORS:
            self.bad.append("indicator " + ident)
        for p in proofs:
            if p not in self.t["documents"]:
                self.bad.append(f"{ident}: undeclared {p}")
        self.t["indicators"][ident] = {"baseline": baseline, "targets": sorted(str(t) for t in targets), "proofs": list(proofs)}

    def table(self, rel, page, rows, note=None):
        rows = expand(rows)
        pg = self.pages(rel)
        flat = "".join(pg) + self.also.get(rel, "")
        lost = [c for r in rows for c in r if sq(c) not in flat]
        if lost:
            self.bad.append(f"table cells not in {rel}: {lost[:5]}")
        entry = {"file": rel, "page": page, "rows": rows}
        if note:
            entry["note"] = note
        self.t["tables"].append(entry)

    def find(self, rel, quote):
        hits = [i + 1 for i, p in enumerate(self.pages(rel)) if sq(quote) in p]
        if not hits:
            self.bad.append(f"find: {quote} in {rel}")
        return hits[0] if hits else None

    def traps(self, *lines):
        self.t["traps"] += lines

    def prove(self, ident, rel, *quotes):
        """rel proves ident: the words must stand in it."""
        self.proved.setdefault(ident, [])
        if rel not in self.proved[ident]:
            self.proved[ident].append(rel)
        flat = "".join(self.pages(rel))
        for q in quotes:
            if sq(q) not in flat:
                self.bad.append(f"{ident}: {q} not in {rel}")

    def finish(self, base, targets, years):
        """base: ids with a baseline; targets: ids (years for all) or a dict of id -> years."""
        for i in INDICATORS:
            ys = targets.get(i, ()) if isinstance(targets, dict) else years if i in targets else ()
            self.ind(i, i in base, ys, self.proved.get(i, ()))
        return self.write()

    def write(self):
        for i in INDICATORS:
            if i not in self.t["indicators"]:
                self.bad.append("missing indicator " + i)
        self.t["indicators"] = {i: self.t["indicators"][i] for i in INDICATORS if i in self.t["indicators"]}
        if list(self.t["conditions"]) != SIX:
            self.bad.append("conditions: " + str(list(self.t["conditions"])))
        verdicts = {c["verdict"] for c in self.t["conditions"].values()}
        gate = "fail" if verdicts & {"unmet", "unproven", "absent"} else "review" if "review" in verdicts else "pass-or-incomplete"
        if gate != self.t["gate"] and not (gate == "pass-or-incomplete" and self.t["gate"] in ("pass", "review")):
            self.bad.append(f"gate {self.t['gate']} against {gate}")
        if self.root.is_dir():
            skip = ("Thumbs.db", "desktop.ini", ".DS_Store")
            for f in sorted(self.root.rglob("*")):
                rel = str(f.relative_to(self.root))
                if f.is_file() and rel not in self.t["documents"] and f.name not in skip and not f.name.startswith("~$") and f.suffix.lower() not in (".zip", ".7z"):
                    self.bad.append("undeclared file " + rel)
        (OUT / f"{self.name}.truth.json").write_text(json.dumps(self.t, ensure_ascii=False, indent=1), encoding="utf-8")
        print(self.name, self.t["gate"], {k.split(".")[1]: (v["verdict"], v["value"]) for k, v in self.t["conditions"].items()})
        for b in self.bad:
            print("  BAD", b)
        return not self.bad


def fresh(name):
    root = OUT / name
    if root.exists():
        shutil.rmtree(root)
    root.mkdir(parents=True)
    return root
