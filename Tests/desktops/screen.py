"""What a person sees of a screen, and their hand on the mouse: for `run`."""
import csv, io, os, re, subprocess, time
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageGrab, ImageOps

PATIENCE = 30  # seconds for what must happen, on a slow and busy machine too
PAPER = (252, 251, 247)  # what the pictures of the stretches are drawn on
CORNER = (5, 600)  # where the pointer is in nobody's way
ZOOM = 3  # tesseract reads letters of 30 pixels and more well


class Failure(Exception):
    """What was seen instead of what is right."""


def expect(fact, seen):
    if not fact:
        raise Failure(seen)


def wait_for(what, condition, limit=PATIENCE):
    """What the condition finds; a condition that raises `Failure` is asked again, too."""
    end = time.monotonic() + limit
    while True:
        late, reason = time.monotonic() > end, ""
        try:
            if found := condition():
                return found
        except Failure as failure:
            reason = f"; {failure}"
        if late:
            raise Failure(f"waited {limit} s in vain for {what}{reason}")
        time.sleep(0.1)


@dataclass
class Word:
    text: str
    x: int
    y: int

    def says(self, text):
        return text.lower() in re.findall("[a-z]+", self.text.lower())


class Screen:
    """The screen of an X server; `area` is where notifications come, so without a panel with a clock."""

    def __init__(self, display, area, album):
        self.display, self.area, self.album = display, area, album
        self.pictures = 0
        self.empty = None
        self.read = (None, [])

    def look(self):
        return ImageGrab.grab(xdisplay=self.display).convert("RGB")

    def settle(self, seconds=1.0):
        """Waits until nothing moves any more; the picture then."""
        def still():
            before = self.look()
            time.sleep(seconds)
            return before if not ImageChops.difference(before, self.look()).crop(self.area).getbbox() else None

        return wait_for("the screen to come to rest", still)

    def remember(self):
        """From here on what differs from now is a notification."""
        self.empty = self.settle(2)

    def changed(self, picture=None):
        """Where something is that was not there: left, top, right, bottom; None: nowhere."""
        difference = ImageChops.difference(picture or self.look(), self.empty).convert("L").point(
            lambda value: 255 * (value > 12))
        left, top = self.area[:2]
        box = difference.crop(self.area).getbbox()
        return box and (box[0] + left, box[1] + top, box[2] + left, box[3] + top)

    def words(self):
        """What can be read where something changed."""
        picture = self.look()
        box = self.changed(picture)
        if not box:
            return []
        part = picture.crop(box)
        if self.read[0] != (box, part.tobytes()):
            self.read = ((box, part.tobytes()), self.recognise(part, box))
        return self.read[1]

    @staticmethod
    def recognise(part, box):
        file = io.BytesIO()
        ImageOps.grayscale(part).resize(
            (part.width * ZOOM, part.height * ZOOM), Image.Resampling.LANCZOS).save(file, "PNG")
        said = subprocess.run(
            ["tesseract", "-", "-", "--psm", "11", "--dpi", "200", "tsv"], input=file.getvalue(), capture_output=True,
            env=os.environ | {"OMP_THREAD_LIMIT": "1"}, check=True).stdout.decode()
        words = []
        for row in csv.DictReader(io.StringIO(said), delimiter="\t", quoting=csv.QUOTE_NONE):
            text = (row["text"] or "").strip()
            if text:
                x = box[0] + (int(row["left"]) + int(row["width"]) // 2) // ZOOM
                y = box[1] + (int(row["top"]) + int(row["height"]) // 2) // ZOOM
                words.append(Word(text, x, y))
        return words

    def find(self, text):
        """Where the word is, at the lowest place if there are several: buttons are below the text."""
        return max((word for word in self.words() if word.says(text)), key=lambda word: word.y, default=None)

    def count(self, text):
        """How often the word is there."""
        return sum(word.says(text) for word in self.words())

    def has_picture(self):
        """Whether the picture of a stretch is there: its paper, of a colour that no desktop has."""
        picture = self.look()
        box = self.changed(picture)
        if not box:
            return False
        paper = sum(
            count for count, colour in picture.crop(box).getcolors(1 << 24)
            if all(abs(a - b) < 2 for a, b in zip(colour, PAPER)))
        return paper > 200

    def shoot(self, title):
        """A picture for people, of the screen."""
        self.pictures += 1
        self.look().save(self.album / f"{self.pictures}-{title}.png")

    def point(self, x, y):
        self.xdotool("mousemove", str(x), str(y))

    def click(self, x, y, button=1):
        self.point(x, y)
        # A pointer that has just come: GNOME and Plasma draw the button first.
        time.sleep(0.3)
        self.xdotool("mousedown", str(button))
        # As a finger does it; Cinnamon takes less for no click.
        time.sleep(0.1)
        self.xdotool("mouseup", str(button))
        # Under the pointer a button changes its colours, and cannot be read.
        time.sleep(0.2)
        self.point(*CORNER)

    def xdotool(self, *arguments):
        subprocess.run(["xdotool", *arguments], env={"DISPLAY": self.display, "PATH": os.environ["PATH"]}, check=True)
