"""Pictures of the pages compared with accepted ones, in Chromium itself: it reads both kinds of file, and needs no library.

A picture is compared by the mean colour of blocks of 8 x 8 pixels: letters drawn with another edge leave it nearly alone, a part that is
moved, missing or of another colour does not. What does not hang on the browser's version is compared apart: the boxes of the landmarks.
"""

import base64
import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

ACCEPTED = Path(__file__).parent / "accepted"
BROWSER = ACCEPTED / "chromium.txt"
BOXES = ACCEPTED / "boxes.json"
BLOCK = 8
"""Pixels on the side of a block."""
SEEN = 24
"""Of 255: a block whose mean colour differs by more is another one."""
MAY_DIFFER = 40
"""Blocks of a picture that may be others: a changed figure is 2 to 6, a button some 60."""
HEIGHT_PX = 8
"""By which a picture may be taller or lower than the accepted one."""
WIDTH_PX = 6
"""By which a landmark may begin elsewhere, or be wider, whatever the version of Chromium."""
HEIGHT_SHARE, HEIGHT_ROWS_PX = 0.08, 60
"""By which a landmark may be taller: a share of it and two rows of text, for other versions break lines elsewhere."""

_BLOCKS = """async ([accepted, taken, side]) => {
  const drawn = async (source) => {
    const picture = new Image(); picture.src = source; await picture.decode();
    const canvas = new OffscreenCanvas(picture.naturalWidth, picture.naturalHeight), pen = canvas.getContext('2d');
    pen.fillStyle = '#fff'; pen.fillRect(0, 0, canvas.width, canvas.height); pen.drawImage(picture, 0, 0);
    return pen.getImageData(0, 0, canvas.width, canvas.height);
  };
  const [a, b] = [await drawn(accepted), await drawn(taken)];
  const across = Math.ceil(Math.min(a.width, b.width) / side), down = Math.floor(Math.min(a.height, b.height) / side);
  const means = (image) => {
    const sums = new Float64Array(across * down * 3), counts = new Float64Array(across * down);
    for (let y = 0; y < down * side; y++) for (let x = 0; x < Math.min(image.width, across * side); x++) {
      const block = Math.floor(y / side) * across + Math.floor(x / side), at = (y * image.width + x) * 4;
      counts[block]++;
      for (let c = 0; c < 3; c++) sums[block * 3 + c] += image.data[at + c];
    }
    return sums.map((sum, place) => sum / counts[Math.floor(place / 3)]);
  };
  const [one, other] = [means(a), means(b)], blocks = [];
  for (let block = 0; block < across * down; block++) {
    const apart = Math.max(...[0, 1, 2].map(c => Math.abs(one[block * 3 + c] - other[block * 3 + c])));
    if (apart > 2) blocks.push([block % across * side, Math.floor(block / across) * side, Math.round(apart)]);
  }
  return {accepted: [a.width, a.height], taken: [b.width, b.height], blocks};
}"""
_SMALLER = """async ([taken, quality]) => {
  const picture = new Image(); picture.src = taken; await picture.decode();
  const canvas = new OffscreenCanvas(picture.naturalWidth, picture.naturalHeight);
  canvas.getContext('2d').drawImage(picture, 0, 0);
  const blob = await canvas.convertToBlob({type: 'image/webp', quality});
  const reader = new FileReader();
  return await new Promise(done => { reader.onload = () => done(reader.result); reader.readAsDataURL(blob); });
}"""
_BOXES = """() => [...document.querySelectorAll(
    'body > header, nav, main, aside, body > footer, form, h1, h2, figure, [role=region]')]
  .filter(one => one.checkVisibility() && one.getBoundingClientRect().width > 1)
  .map(one => [one.tagName.toLowerCase() + (one.id ? '#' + one.id : ''), ...['x', 'width', 'height'].map(
    side => Math.round(one.getBoundingClientRect()[side]))])"""


def compared(blank: Page, accepted: bytes, taken: bytes) -> str:
    """What sets a picture apart from the accepted one, compared on a blank page; empty where nothing does."""
    found: dict[str, Any] = blank.evaluate(_BLOCKS, [_address(accepted), _address(taken), BLOCK])
    (width, height), (now_width, now_height) = found["accepted"], found["taken"]
    if width != now_width or abs(height - now_height) > HEIGHT_PX:
        return f"{now_width} x {now_height} pixels, accepted {width} x {height}"
    others = [(x, y, apart) for x, y, apart in found["blocks"] if apart > SEEN]
    if len(others) <= MAY_DIFFER:
        return ""
    left, top = min(x for x, _, _ in others), min(y for _, y, _ in others)
    right, bottom = max(x for x, _, _ in others) + BLOCK, max(y for _, y, _ in others) + BLOCK
    return (
        f"{len(others)} blocks of {BLOCK} x {BLOCK} pixels differ ({MAY_DIFFER} may), "
        f"between ({left}, {top}) and ({right}, {bottom})"
    )


def small_picture(blank: Page, taken: bytes) -> bytes:
    """The picture as a webp file, of a quality in which its text can be read."""
    address = str(blank.evaluate(_SMALLER, [_address(taken), 0.35]))
    return base64.b64decode(address.partition(",")[2])


def boxes_of(page: Page) -> list[list[Any]]:
    """The landmarks in the page's order: name, left edge, width and height in pixels."""
    return list(page.evaluate(_BOXES))


def boxes_apart(accepted: list[list[Any]], now: list[list[Any]]) -> list[str]:
    """What is said of landmarks that are other ones, moved or of another size."""
    names, now_names = [one[0] for one in accepted], [one[0] for one in now]
    if names != now_names:
        return [f"the landmarks are {now_names}, accepted {names}"]
    return [
        f"{name}: left, width, height {[x, width, height]}, accepted {[was_x, was_width, was_height]}"
        for (name, was_x, was_width, was_height), (_, x, width, height) in zip(accepted, now, strict=True)
        if abs(x - was_x) > WIDTH_PX
        or abs(width - was_width) > WIDTH_PX
        or abs(height - was_height) > HEIGHT_ROWS_PX + HEIGHT_SHARE * was_height
    ]


def accepted_boxes() -> dict[str, list[list[Any]]]:
    """The accepted landmarks of every picture, by its name."""
    return dict(json.loads(BOXES.read_text(encoding="utf-8")))


def same_browser(browser: Browser) -> bool:
    """Whether pictures can be compared: the first number of Chromium's version is that of the accepted ones."""
    return browser.version.partition(".")[0] == BROWSER.read_text(encoding="utf-8").strip().partition(".")[0]


def _address(content: bytes) -> str:
    kind = "png" if content.startswith(b"\x89PNG") else "webp"
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"
