"""Strips of card numbers and dates as they are cut out of photographs: invented digits, letters and pictures.

Nothing here is taken from a card: digits are drawn as strokes or set in free fonts, pressed into a relief or printed, over
invented pictures, and then seen through a bad camera. `python strips.py SEED OUT.png` draws a sheet to look at.
Needs numpy, opencv-python-headless and pillow; the fonts are whatever lies under /usr/share/fonts (the shipped weights
were made with Debian's fonts-ocr-a, -ocr-b, -roboto, -open-sans, -lato, -inconsolata, -hack, -b612, -liberation, -dejavu,
-croscore, -firacode and -noto-cjk).
"""
import glob, math, random, re
import numpy as np
from io import BytesIO
from PIL import Image, ImageDraw, ImageFont, ImageFilter
import cv2
cv2.setNumThreads(1)
def gaussian_filter(a, sigma):
    s = sigma[0] if isinstance(sigma, tuple) else sigma
    return cv2.GaussianBlur(np.ascontiguousarray(a, dtype=np.float32), (0, 0), max(0.1, float(s)), borderType=cv2.BORDER_REPLICATE)

H = 48
S = 2  # supersampling

# --- glyphs as strokes in a box 10 wide and 16 high (several ways to write each digit) ---------------------------------
STROKES = {
 '0': ['M4 0H6C8.8 0 10 1.7 10 4.4V11.6C10 14.3 8.8 16 6 16H4C1.2 16 0 14.3 0 11.6V4.4C0 1.7 1.2 0 4 0Z',
       'M3 0H7Q10 0 10 3V13Q10 16 7 16H3Q0 16 0 13V3Q0 0 3 0Z', 'M5 0Q9.5 0 9.5 8Q9.5 16 5 16Q.5 16 .5 8Q.5 0 5 0Z'],
 '1': ['M3 0H5.5V16M1 16H10', 'M2 2.8L5.4 0V16M1.6 16H9', 'M2.5 3.2L6 0V16', 'M3 0H6V16M2.4 16H9.6', 'M5 0V16', 'M2 3L5.5 0V16M2 16H9V13.5'],
 '2': ['M.2 3.2Q.4 0 3.2 0H7Q9.9 0 9.9 3V4.8Q9.9 7.2 7.4 8L2.8 9.5Q.2 10.4 .2 13V16H10',
       'M0 2.5V1.8Q0 0 2 0H8Q10 0 10 2V6Q10 7.6 8 8L2 9.4Q0 10 0 12V16H10', 'M.5 4Q.5 0 5 0Q9.5 0 9.5 4Q9.5 7 5 11L.5 16H10'],
 '3': ['M.4 2.9Q.6 0 3.2 0H6.8Q9.5 0 9.5 2.8V4.9Q9.5 7.5 6.8 7.5H4.2M6.8 7.5Q10 7.5 10 10.4V13Q10 16 7 16H3.2Q.2 16 .1 13',
       'M0 0H8Q10 0 10 2V5.5Q10 7.5 8 7.5H3M8 7.5Q10 7.5 10 9.5V14Q10 16 8 16H0', 'M0 0H9.5L4.5 6.2Q10 6.2 10 11Q10 16 5 16Q.6 16 0 13'],
 '4': ['M1.6 0V6Q1.6 8 3.4 8H9M8.4 3V16', 'M1 0V8.5H9.4M8 0V16', 'M7.4 16V0H6.6L.1 10.9H10', 'M2 0V8.6Q2 10.5 3.6 10.5H10M8 6V16', 'M1.5 0L.5 10H10M7.5 5V16', 'M6.8 0L0 11.4H10M7.6 7V16'],
 '5': ['M9.3 0H1.2L.9 7.2Q2.4 6.2 4.8 6.2Q10 6.2 10 10.6V11.4Q10 16 5 16Q.9 16 .2 13.2', 'M9 0H1V7H7.5Q10 7 10 9.5V13.5Q10 16 7.5 16H.6',
       'M9.5 0H.8V7H7Q10 7 10 10V13Q10 16 7 16H3Q.4 16 .2 13.8'],
 '6': ['M.6 0V13Q.6 16 3.4 16H7Q10 16 10 13.4V10.2Q10 7.6 7 7.6H.8', 'M2 0L.6 7V13Q.6 16 3.4 16H7Q10 16 10 13.2V10.4Q10 7.4 7 7.4H1', 'M8.4 0Q0 2.4 0 10.4V13Q0 16 3 16H7Q10 16 10 13V10.4Q10 7.4 7 7.4H3Q.9 7.4 .2 9', 'M6 0L1 8.2Q0 10 0 11.6V13Q0 16 3 16H7Q10 16 10 13V10.8Q10 7.8 7 7.8H1.4',
       'M4 0Q.6 5 .3 9V13Q.4 16 3 16H7Q10 16 10 13V10.4Q10 7.4 7 7.4H1', 'M9.2 2.4Q8.8 0 6 0H4Q.2 0 .2 5V12Q.2 16 4 16H6Q9.8 16 9.8 12V11Q9.8 7.2 6 7.2H4Q1 7.2 .3 9.6'],
 '7': ['M1 1.6L1 0H9V16', 'M0 0H8V16', 'M0 1.4V0H8.6Q9.4 0 9.4 1V16', 'M.2 2.6V0H9.8V1.8L5.6 8.6Q4.2 11 4.2 16', 'M0 3V0H10V3Q10 5 7.4 7.6Q5.4 9.8 5.4 16', 'M0 0H10L4 16', 'M.2 2.4V0H9.8V4L5 9V16', 'M0 0H9.6V2Q5 9 4.6 16'],
 '8': ['M4.4 7.4Q2 6.8 2 5V2.4Q2 0 4 0H6Q8 0 8 2.4V5Q8 6.8 5.6 7.4Q10 8.4 10 11V13Q10 16 6.6 16H3.4Q0 16 0 13V11Q0 8.4 4.4 7.4Z', 'M3.4 0H6.6Q9.2 0 9.2 2.6V4.8Q9.2 7.3 6.6 7.3H3.4Q.8 7.3 .8 4.8V2.6Q.8 0 3.4 0ZM3 7.3H7Q10 7.3 10 10.2V13Q10 16 7 16H3Q0 16 0 13V10.2Q0 7.3 3 7.3Z',
       'M4 0H6Q8.4 0 8.4 2.2V5Q8.4 7 6 7H4Q1.6 7 1.6 5V2.2Q1.6 0 4 0ZM3.4 7H6.6Q10 7 10 10V13Q10 16 6.6 16H3.4Q0 16 0 13V10Q0 7 3.4 7Z',
       'M5 0Q9 0 9 3.7Q9 7.4 5 7.4Q1 7.4 1 3.7Q1 0 5 0ZM5 7.4Q10 7.4 10 11.7Q10 16 5 16Q0 16 0 11.7Q0 7.4 5 7.4Z'],
 '9': ['M9.4 16V3Q9.4 0 6.6 0H3Q0 0 0 2.6V5.8Q0 8.4 3 8.4H9.2', 'M1.6 16Q10 13.6 10 5.6V3Q10 0 7 0H3Q0 0 0 3V5.6Q0 8.6 3 8.6H7Q9.1 8.6 9.8 7', 'M4 16L9 7.8Q10 6 10 4.4V3Q10 0 7 0H3Q0 0 0 3V5.2Q0 8.2 3 8.2H8.6',
       'M.8 13.6Q1.2 16 4 16H6Q9.8 16 9.8 11V4Q9.8 0 6 0H4Q.2 0 .2 4V5Q.2 8.8 4 8.8H6Q9 8.8 9.7 6.4'],
 '/': ['M1 16L9 0', 'M2.5 16L7.5 0'],
 '-': ['M2 8H8'],
 'A': ['M0 16L5 0L10 16M2 10H8'], 'B': ['M0 0H6Q9.5 0 9.5 4Q9.5 7.5 6 7.5H0M6 7.5Q10 7.5 10 11.5Q10 16 6 16H0V0'], 'C': ['M10 3Q9 0 5 0Q0 0 0 8Q0 16 5 16Q9 16 10 13'],
 'E': ['M10 0H0V16H10M0 8H7'], 'F': ['M10 0H0V16M0 8H7'], 'G': ['M10 3Q9 0 5 0Q0 0 0 8Q0 16 5 16Q10 16 10 12V9H6'], 'H': ['M0 0V16M10 0V16M0 8H10'],
 'I': ['M2 0H8M5 0V16M2 16H8'], 'J': ['M8 0V12Q8 16 4 16Q1 16 0 13'], 'K': ['M0 0V16M10 0L0 9M3 6.5L10 16'], 'L': ['M0 0V16H10'], 'M': ['M0 16V0L5 8L10 0V16'],
 'N': ['M0 16V0L10 16V0'], 'O': ['M5 0Q10 0 10 8Q10 16 5 16Q0 16 0 8Q0 0 5 0Z'], 'P': ['M0 16V0H6Q10 0 10 4.5Q10 9 6 9H0'], 'Q': ['M5 0Q10 0 10 8Q10 16 5 16Q0 16 0 8Q0 0 5 0ZM6 11L10 16'],
 'R': ['M0 16V0H6Q10 0 10 4.5Q10 9 6 9H0M5 9L10 16'], 'S': ['M9.6 3Q9 0 5 0Q.4 0 .4 4Q.4 7 5 8Q10 9 10 12Q10 16 5 16Q.6 16 0 13'], 'T': ['M0 0H10M5 0V16'], 'U': ['M0 0V11Q0 16 5 16Q10 16 10 11V0'],
 'V': ['M0 0L5 16L10 0'], 'W': ['M0 0L2.5 16L5 6L7.5 16L10 0'], 'X': ['M0 0L10 16M10 0L0 16'], 'Y': ['M0 0L5 8L10 0M5 8V16'], 'Z': ['M0 0H10L0 16H10'],
}
LETTERS = 'ABCEFGHIJKLMNOPQRSTUVWXYZ'

def path_points(d):
    tokens = re.findall(r'[MLHVQCZ]|-?\d*\.?\d+', d)
    lines, cur, i, pos, start, cmd = [], [], 0, (0, 0), (0, 0), ''
    def num():
        nonlocal i
        v = float(tokens[i]); i += 1; return v
    while i < len(tokens):
        if re.match('[A-Z]', tokens[i]): cmd = tokens[i]; i += 1
        if cmd == 'M':
            if len(cur) > 1: lines.append(cur)
            pos = start = (num(), num()); cur = [pos]; cmd = 'L'
        elif cmd == 'L': pos = (num(), num()); cur.append(pos)
        elif cmd == 'H': pos = (num(), pos[1]); cur.append(pos)
        elif cmd == 'V': pos = (pos[0], num()); cur.append(pos)
        elif cmd == 'Q':
            c = (num(), num()); e = (num(), num())
            for t in np.linspace(0.17, 1, 6): cur.append(((1-t)**2*pos[0]+2*t*(1-t)*c[0]+t*t*e[0], (1-t)**2*pos[1]+2*t*(1-t)*c[1]+t*t*e[1]))
            pos = e
        elif cmd == 'C':
            a = (num(), num()); b = (num(), num()); e = (num(), num())
            for t in np.linspace(0.17, 1, 6): cur.append(tuple((1-t)**3*pos[k]+3*t*(1-t)**2*a[k]+3*t*t*(1-t)*b[k]+t**3*e[k] for k in (0, 1)))
            pos = e
        elif cmd == 'Z': cur.append(start); pos = start
    if len(cur) > 1: lines.append(cur)
    return lines

PATHS = {c: [path_points(d) for d in ds] for c, ds in STROKES.items()}
FONTS = [f for f in glob.glob('/usr/share/fonts/**/*.[to]t[fc]', recursive=True)
         if not re.search('Symbol|Emoji|Hairline|Italic|Tinos|Serif|OCRBE|barcode|Signs|Mathe|Thin|Quicksand-Light', f)]
CJK = [f for f in FONTS if 'CJK' in f]
LATIN = [f for f in FONTS if 'CJK' not in f]
MONO = [f for f in LATIN if re.search('Mono|Hack|Incons|OCR|Cousine|Fira', f)]
_cache = {}
def font(path, size):
    key = (path, size)
    if key not in _cache:
        if len(_cache) > 300: _cache.clear()
        _cache[key] = ImageFont.truetype(path, size)
    return _cache[key]

R = random.Random()
def u(a, b): return R.uniform(a, b)
def chance(p): return R.random() < p

# --- pictures behind the digits -------------------------------------------------------------------------------------
def colour(bright=None):
    import colorsys
    l = u(0.05, 0.95) if bright is None else bright
    r, g, b = colorsys.hls_to_rgb(R.random(), l, u(0, 0.9))
    return (int(r*255), int(g*255), int(b*255))

def noise(w, h, cell):
    a = np.random.rand(max(2, int(h/cell)+2), max(2, int(w/cell)+2)).astype(np.float32)
    return cv2.resize(a, (w, h), interpolation=cv2.INTER_CUBIC)

def drawing(d, w, h):
    """Flat shapes within outlines, as of a figure for children, larger than the digits."""
    line = R.choice([(12, 12, 14), (70, 35, 20), (250, 250, 250), colour(u(0, 0.3))])
    wd = R.randint(2, 9)
    for _ in range(R.randint(2, 9)):
        x, y, r = u(-0.05, 1.05)*w, u(-0.4, 1.4)*h, u(0.15, 1.5)*h
        squeeze = u(0.6, 1.7)
        d.ellipse((x-r*squeeze, y-r, x+r*squeeze, y+r), fill=R.choice([(250, 250, 250), colour(), colour(u(0.6, 0.95)), None]), outline=line, width=wd)
        if chance(0.5): d.ellipse((x-r*0.2, y-r*0.2, x+r*0.2, y+r*0.2), fill=R.choice([line, (200, 30, 30), (250, 250, 250)]), outline=line, width=max(1, wd//2))
        for _ in range(R.randint(0, 4)): d.line([(x+u(-2, 2)*h, y+u(-1, 1)*h), (x+u(-2, 2)*h, y+u(-1, 1)*h)], fill=line, width=wd)
    for _ in range(R.randint(0, 4)):
        x, y = u(0, 1)*w, u(0, 1)*h
        d.line([(x+u(-4, 4)*h, y), (x, y), (x, y+u(-1, 1)*h)], fill=(250, 250, 250), width=wd)

def background(w, h):
    base = colour(u(0.03, 0.4) if chance(0.5) else u(0.4, 0.95))
    im = Image.new('RGB', (w, h), base)
    d = ImageDraw.Draw(im)
    if chance(HARD):
        drawing(d, w, h)
        a = np.asarray(im, dtype=np.float32)
        if chance(0.5): a = a + (noise(w, h, u(2, 30))[..., None]-0.5)*u(5, 60)
        return np.clip(a, 0, 255)
    kind = R.random()
    if kind < 0.35: busy = 0
    elif kind < 0.75: busy = R.randint(2, 14)
    else: busy = R.randint(14, 60)
    for _ in range(busy):
        c = colour() if chance(0.6) else R.choice([(255, 255, 255), (10, 10, 12), base])
        x, y, r1, r2 = u(-0.1, 1.1)*w, u(-0.5, 1.5)*h, u(0.1, 1.6)*h, u(0.1, 1.6)*h
        k = R.random()
        outline = R.choice([None, (10, 10, 10), (255, 255, 255), colour()])
        wd = R.randint(1, 10)
        if k < 0.3: d.ellipse((x-r1, y-r2, x+r1, y+r2), fill=c if chance(0.7) else None, outline=outline, width=wd)
        elif k < 0.55: d.polygon([(x+u(-2, 2)*h, y+u(-1.5, 1.5)*h) for _ in range(R.randint(3, 6))], fill=c if chance(0.75) else None, outline=outline or c)
        elif k < 0.75: d.line([(x+u(-3, 3)*h, y+u(-2, 2)*h) for _ in range(R.randint(2, 5))], fill=c, width=wd, joint='curve')
        elif k < 0.85: d.arc((x-r1*2, y-r2*2, x+r1*2, y+r2*2), u(0, 360), u(0, 360), fill=c, width=wd)
        else:
            f = font(R.choice(CJK if chance(0.4) else LATIN), int(u(0.3, 2.2)*h))
            s = ''.join(chr(R.randint(0x4e00, 0x9000)) for _ in range(2)) if chance(0.4) else ''.join(R.choice(LETTERS + 'abcdefgkmnpqrstuvwxyz') for _ in range(R.randint(1, 6)))
            d.text((x, y-h*0.6), s, font=f, fill=c)
    a = np.asarray(im, dtype=np.float32)
    if chance(0.75):
        g = np.array(colour(), dtype=np.float32)
        m = noise(w, h, u(0.6, 8)*h)
        xs = np.linspace(0, 1, w, dtype=np.float32)[None, :]*u(-1, 1) + np.linspace(0, 1, h, dtype=np.float32)[:, None]*u(-0.6, 0.6)
        m = np.clip(m*u(0, 1) + xs + u(-0.2, 0.2), 0, 1)[..., None]*u(0.2, 1)
        a = a*(1-m) + g*m
    if chance(0.5):
        a = a + (noise(w, h, u(2, 30))[..., None]-0.5)*u(5, 90)
    if chance(0.25):
        ang, p = u(0, math.pi), u(3, 20)
        yy, xx = np.mgrid[0:h, 0:w].astype(np.float32)
        a = a + (np.sin((xx*math.cos(ang)+yy*math.sin(ang))*2*math.pi/p)*u(4, 30))[..., None]
    if chance(0.5): a = gaussian_filter(a, (s := u(0.3, 3), s, 0))
    return np.clip(a, 0, 255)

# --- masks of text ---------------------------------------------------------------------------------------------------
def stroke_mask(shape, items, weight, variant, jitter):
    """items: (character, centre x, top, width, height) in supersampled pixels."""
    im = Image.new('L', (shape[1], shape[0]), 0)
    d = ImageDraw.Draw(im)
    for c, x, top, w, h in items:
        ways = PATHS.get(c)
        if not ways: continue
        for line in ways[variant.get(c, 0) % len(ways)]:
            pts = [(x - w/2 + px/10*w + u(-jitter, jitter)*w, top + py/16*h + u(-jitter, jitter)*h) for px, py in line]
            d.line(pts, fill=255, width=max(1, int(round(weight))), joint='curve')
            r = weight/2
            for px, py in (pts[0], pts[-1]): d.ellipse((px-r, py-r, px+r, py+r), fill=255)
    return np.asarray(im, dtype=np.float32)/255

def font_mask(shape, items, path):
    im = Image.new('L', (shape[1], shape[0]), 0)
    d = ImageDraw.Draw(im)
    for c, x, top, w, h in items:
        f = font(path, max(6, int(h*1.38)))
        l, t, r, b = f.getbbox(c)
        d.text((x-(l+r)/2, top-t if c.isdigit() else top + h - b), c, font=f, fill=255)
    return np.asarray(im, dtype=np.float32)/255

METAL = {'gold': (214, 178, 92), 'silver': (206, 208, 210), 'bright': (240, 240, 238), 'dark': (60, 60, 64), 'bronze': (170, 120, 80)}

def press(a, m, style, h):
    """Relief: raised digits that catch the light, with or without foil on top."""
    w = a.shape[1]
    height = gaussian_filter(m, u(0.035, 0.09)*h/2)
    gy, gx = np.gradient(height)
    norm = float(max(1e-6, 0.75*np.hypot(gx, gy).max()))
    gx, gy = gx/norm, gy/norm
    th = u(0, 2*math.pi)
    lit = gx*math.cos(th) + gy*math.sin(th)
    k = u(15, 90)
    sh = np.roll(np.roll(gaussian_filter(m, u(0.03, 0.12)*h), int(-math.cos(th)*-u(0, 0.09)*h), 1), int(math.sin(th)*u(0, 0.09)*h), 0)
    a = a*(1 - u(0, 0.55)*np.clip(sh, 0, 1)[..., None])
    if style != 'none':
        c = np.array(METAL[style], dtype=np.float32)*np.float32(u(0.75, 1.1))
        # Foil of nearly the ground's own colour: only its relief tells the digits.
        if chance(HARD): c = np.median(a, (0, 1)) + np.float32(u(-30, 30))
        env = 1 + u(0, 0.5)*np.sin(np.linspace(0, u(2, 40), w, dtype=np.float32))[None, :] + u(0, 0.6)*(noise(w, a.shape[0], u(0.2, 2)*h)-0.5)
        foil = c*env[..., None] + (lit*u(10, 110))[..., None]
        top = gaussian_filter(m, 0.7)
        cover = np.clip(top*u(0.7, 1.0), 0, 1)
        if chance(0.65):
            worn = noise(w, a.shape[0], u(0.08, 0.9)*h)
            cover = cover*np.clip((worn - u(0.0, 0.55))*u(2, 9), 0, 1)
        a = a*(1-cover[..., None]) + foil*cover[..., None]
        edge = np.clip(np.hypot(gx, gy), 0, 1)
        a = a*(1 - u(0, 0.5)*edge[..., None])
    a = a + (lit*k)[..., None]
    spec = np.clip(lit*u(0.8, 1.6) - u(0.1, 0.6), 0, 1); spec = spec*spec if chance(0.5) else spec
    a = a + (spec*u(40, 220))[..., None]
    return a

def ink(a, m):
    back = float(np.median(a.mean(-1)))
    for _ in range(8):
        c = np.array(METAL[R.choice(list(METAL))] if chance(0.35) else colour(u(0.75, 1.0) if chance(0.6) else u(0, 0.2)), dtype=np.float32)
        if abs(c.mean()-back) > u(25, 110): break
    if chance(0.3): c = c*(1+u(0, 0.4)*np.sin(np.linspace(0, u(2, 20), a.shape[1], dtype=np.float32)))[None, :, None]
    al = m*u(0.55, 1)
    if chance(0.25): al = al*np.clip((noise(a.shape[1], a.shape[0], u(3, 30))-u(0, 0.45))*u(2, 8), 0, 1)
    if chance(0.2): a = a*(1-0.5*np.roll(gaussian_filter(m, 1.5), (2, 2), (0, 1))[..., None])
    return a*(1-al[..., None]) + c*al[..., None]

def digits_random(n):
    if chance(0.2):
        s, d = '', str(R.randint(0, 9))
        while len(s) < n: s += d*R.randint(1, 6); d = str(R.randint(0, 9))
        return s[:n]
    if chance(0.25): s = R.choice(['6222', '6228', '6225', '6217', '6214', '6226', '4367', '5187', '3568', '9558'])
    else: s = ''
    return (s + ''.join(str(R.randint(0, 9)) for _ in range(n)))[:n]

GROUPS = {16: [[4, 4, 4, 4], [4, 4, 4, 4], [4, 4, 4, 4], [16], [6, 10]], 19: [[4, 4, 4, 4, 3], [6, 13], [6, 13], [19], [19], [8, 11]], 17: [[17], [4, 4, 4, 4, 1], [6, 11]], 18: [[18], [6, 12], [4, 4, 4, 4, 2]], 15: [[4, 6, 5]], 14: [[14]], 13: [[13]]}

def label(d, box_x, y, size, fill):
    s = R.choice(['VALID', 'THRU', 'GOOD', 'MONTH', 'YEAR', 'MONTH/YEAR', 'VALID THRU', '有效期', '月/年', 'MONTH / YEAR', 'GOLD', 'CMB', '1234', 'UnionPay', '银联', 'VISA', '信用卡', 'DEBIT', '借记卡', '卡号', 'EXPIRES END'])
    if s == '1234': s = ''.join(R.choice('ABCDEFGHKL') for _ in range(4))
    d.text((box_x, y), s, font=font(R.choice(CJK if any(ord(c) > 255 for c in s) else LATIN), max(7, int(size))), fill=fill)

# How often each kind: the card's whole width, the line alone, one group, a date, letters, no text of interest.
NUMBERS = [32, 26, 22, 16, 4, 0]
DATES_AND_NOTHING = [6, 6, 6, 40, 16, 26]
MIX = NUMBERS
# The share of strips over outlines, and of foil that hardly differs from its ground.
HARD = 0

def photographed(a, W, padX, M):
    """The strip, W by H, out of its picture with a margin: sheared, turned, squeezed, down to size, and through a bad camera."""
    Wt, Ht = W*S, H*S
    sl, shx = u(-0.012, 0.012)*(1 if W > 300 else 3), u(-0.16, 0.16)
    taper = u(-0.06, 0.06)
    cx, cy = padX + Wt/2, M + Ht/2
    src = []
    for ox, oy in ((0, 0), (0, Ht), (Wt, Ht), (Wt, 0)):
        x, y = ox - Wt/2, oy - Ht/2
        y2 = y*(1 + taper*x/(Wt/2)) + sl*x
        src += [cx + x + shx*y, cy + y2]
    im = Image.fromarray(np.clip(a, 0, 255).astype(np.uint8)).transform((Wt, Ht), Image.QUAD, src, Image.BICUBIC)
    f = R.choices([1, u(0.55, 1), u(0.3, 0.6)], [40, 38, 22])[0]
    cw, ch = max(16, int(W*f)), max(12, int(H*f))
    im = im.resize((cw, ch), Image.BOX if chance(0.5) else Image.LANCZOS)
    a = np.asarray(im, dtype=np.float32)
    if chance(0.45): a = gaussian_filter(a, (s := u(0.2, 1.3)*max(0.5, f), s, 0))
    if chance(0.15):
        k = R.randint(2, 5); a = sum(np.roll(a, i - k//2, 1) for i in range(k))/k
    if chance(0.6): a = (a-128)*u(0.5, 1.25) + 128 + u(-40, 40)
    if chance(0.35): a = a*np.array([u(0.75, 1.15), u(0.85, 1.1), u(0.7, 1.15)], dtype=np.float32)
    if chance(0.08): a = np.repeat(a.mean(-1, keepdims=True), 3, -1)
    if chance(0.6): a = a + np.random.randn(*a.shape).astype(np.float32)*u(1, 14)
    im = Image.fromarray(np.clip(a, 0, 255).astype(np.uint8))
    if chance(0.7):
        b = BytesIO(); im.save(b, 'JPEG', quality=R.randint(25, 95)); b.seek(0); im = Image.open(b).convert('RGB')
    W8 = max(32, int(round(W/8))*8)
    return im.resize((W8, H), Image.BICUBIC if chance(0.7) else Image.BILINEAR)

def strip():
    kind = R.choices(['band', 'line', 'group', 'date', 'name', 'junk'], MIX)[0]
    embossed = chance(0.68)
    mono = chance(0.75)
    dh = u(0.5, 0.92) if kind != 'band' else u(0.42, 0.9)
    if kind == 'date': dh = u(0.4, 0.9)
    h = dh*H*S
    wide = u(0.5, 0.72)
    pitch = wide*h*(u(1.28, 1.45) if embossed else u(1.05, 1.6))
    space = pitch*u(0.5, 1.25)
    if kind in ('band', 'line'):
        n = R.choices([16, 19, 17, 18, 15, 14, 13], [55, 30, 4, 5, 3, 1, 2])[0]
        text = digits_random(n); groups = R.choice(GROUPS[n])
    elif kind == 'group':
        n = R.choices([4, 3, 5, 6, 7], [60, 14, 12, 7, 7])[0]; text = digits_random(n); groups = [n]
    elif kind == 'date':
        m = R.randint(1, 12) if chance(0.8) else R.randint(0, 99)
        y = R.randint(0, 99)
        text = f'{m:02d}/{y:02d}' if chance(0.8) else f'{m:02d}/20{y:02d}'
        groups = [len(text)]
        if chance(0.18):
            second = f'{R.randint(1, 12):02d}/{R.randint(0, 99):02d}'; text = text + second; groups = [len(text)-5, 5]; space = pitch*u(1.5, 6)
    else:
        n = R.randint(4, 16); text = ''.join(R.choice(LETTERS + ' ') for _ in range(n)) if kind == 'name' else ' '*n; groups = [len(text)]
    xs, x, at = [], 0.0, 0
    for g in groups:
        for _ in range(g): xs.append(x); x += pitch
        x += space
    run = xs[-1] + pitch
    if kind == 'band':
        total = run/u(0.68, 0.92); left = u(0.25, 0.75)*(total-run)
    else:
        room = h*u(0.1, 0.7); total = run + 2*room; left = room*u(0.6, 1.4)
    if kind == 'date' and chance(0.75): extra = h*u(0.5, 4) if chance(0.5) else h*u(4, 16); total += extra; left += extra*u(0, 1)
    W = int(total/S)
    W = max(40, min(1060, W)); total = W*S
    Wt, Ht = W*S, H*S
    padX = 24
    M = Ht//4
    shape = (Ht + 2*M, Wt + 2*padX)
    a = background(shape[1], shape[0])
    top0 = M + (Ht-h)/2 + u(-0.5, 0.5)*(Ht-h)*0.6
    items = [(c, padX + left + xs[i] + pitch/2, top0, wide*h, h) for i, c in enumerate(text)]
    # cut neighbours of a group
    extra_items = []
    if kind == 'group':
        for side in (-1, 1):
            if chance(0.6):
                edge = padX if side < 0 else padX + Wt
                extra_items.append((str(R.randint(0, 9)), edge + side*wide*h*u(0.2, 0.7), top0, wide*h, h))
    d_im = Image.fromarray(np.clip(a, 0, 255).astype(np.uint8)); d = ImageDraw.Draw(d_im)
    if kind == 'junk' and chance(0.6):
        size = h*u(0.4, 1.1)
        words = ''.join(chr(R.randint(0x4e00, 0x9000)) for _ in range(R.randint(2, 9))) if chance(0.5) else ' '.join(R.choice(['Sample', 'UnionPay', 'VALID THRU', 'MONTH/YEAR', 'Credit Card', 'DEBIT', 'Bank', 'Platinum', 'GOLD', 'Visa', 'CARD', 'Service']) for _ in range(R.randint(1, 3)))
        d.text((padX + u(0, 0.5)*Wt, top0 + u(-0.1, 0.2)*h), words, font=font(R.choice(CJK if ord(words[0]) > 255 else LATIN), max(8, int(size))), fill=colour(u(0.7, 1) if chance(0.6) else u(0, 0.3)))
    if chance(0.6) and kind != 'group':
        for _ in range(R.randint(1, 4)):
            side = R.random()
            size = h*u(0.25, 0.55)
            fill = colour(u(0.7, 1) if chance(0.6) else u(0, 0.3))
            if kind == 'date' or side < 0.5:
                if chance(0.4): label(d, padX + left + u(0, 0.5)*run, top0 - size*u(1.05, 1.6), size, fill)
                elif left > 2*size or chance(0.3): label(d, max(0, padX + left - size*u(3.2, 5)), top0 + u(0, 0.5)*h, size*0.7, fill)
            else: label(d, padX + u(0, 0.9)*Wt, top0 + h*u(1.08, 1.5), size, fill)
        if chance(0.15):  # a chip's edge
            x0 = padX + u(-0.1, 0.9)*Wt; d.rounded_rectangle((x0, top0-h*u(1.2, 3), x0+h*u(1.2, 2.4), top0-h*u(0.05, 0.35)), radius=8, fill=R.choice([(217, 183, 101), (200, 200, 198)]), outline=(90, 80, 60))
        if chance(0.2):
            x0 = padX + u(0.6, 1.0)*Wt; d.rectangle((x0, top0+h*u(0.9, 1.3), x0+h*u(1, 4), top0+h*3), fill=colour())
    if kind == 'band' and chance(0.5):
        c = colour()
        if chance(0.7): d.rectangle((0, 0, padX + u(0, 0.012)*Wt, shape[0]), fill=c)
        if chance(0.7): d.rectangle((padX + Wt*u(0.988, 1), 0, shape[1], shape[0]), fill=c)
    a = np.asarray(d_im, dtype=np.float32)
    variant = {c: 0 if chance(0.4) else R.randint(0, 6) for c in STROKES}
    if kind == 'name': variant = {}
    use_strokes = (embossed and chance(0.85)) or (kind == 'name' and chance(0.5)) or chance(0.12)
    weight = h*u(0.075, 0.15)
    inner = [(c, cx, t + weight/2, w - weight*0.7, hh - weight) for c, cx, t, w, hh in items + extra_items]
    if use_strokes: m = stroke_mask(shape, inner, weight, variant, u(0, 0.02))
    else: m = font_mask(shape, items + extra_items, R.choice(MONO if mono else LATIN))
    if embossed and chance(0.25):  # more embossed text below or above
        below = top0 + h*u(1.15, 1.7)*(1 if chance(0.75) else -1)
        m2 = stroke_mask(shape, [(R.choice(LETTERS), padX + left + k*pitch*0.8, below, wide*h*0.7, h*0.75) for k in range(int(run/pitch))], weight*0.8, {}, 0.01)
        m = np.maximum(m, m2)
    if embossed: a = press(a, m, R.choices(['silver', 'gold', 'bright', 'none', 'dark', 'bronze'], [40, 22, 10, 18, 6, 4])[0], h)
    else: a = ink(a, m)
    a = np.clip(a, 0, 255)
    if chance(0.25):  # glare
        yy, xx = np.mgrid[0:shape[0], 0:shape[1]].astype(np.float32)
        ang = u(0, math.pi); cx, cy = u(0, 1)*shape[1], u(0.2, 0.8)*shape[0]
        dd = np.abs((xx-cx)*math.cos(ang)+(yy-cy)*math.sin(ang)); along = np.abs(-(xx-cx)*math.sin(ang)+(yy-cy)*math.cos(ang))
        g = np.exp(-(dd/(u(0.15, 1.2)*h))**2 - (along/(u(0.5, 4)*h))**2)*u(40, 230)
        a = a + g[..., None]
    if chance(0.3): a = a*(1 - u(0, 0.7)*np.clip((noise(shape[1], shape[0], u(1, 6)*h)-u(0.2, 0.5))*3, 0, 1)[..., None])
    im = photographed(a, W, padX, M)
    target = '' if kind in ('name', 'junk') else text
    return np.asarray(im), target, kind

def seed(s): R.seed(s); np.random.seed(s % (2**32))

if __name__ == '__main__':
    import sys
    seed(int(sys.argv[1])); rows = [strip() for _ in range(56)]
    sheet = Image.new('RGB', (2200, 28*56), (30, 30, 30)); d = ImageDraw.Draw(sheet)
    for i, (a, t, k) in enumerate(rows):
        x, y = (i//28)*1100, (i % 28)*56
        sheet.paste(Image.fromarray(a), (x, y)); 
    sheet.save(sys.argv[2])
