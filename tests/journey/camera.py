"""What a phone's camera sees: a picture with a QR code, as the endless film that Chromium takes for a camera."""

import io
from pathlib import Path

import qrcode
from PIL import Image

WIDTH, HEIGHT, FRAMES = 640, 480, 30


def film(path: Path, text: str) -> Path:
    """Write the film of a card with this code, held a little unevenly; its path comes back."""
    code = qrcode.make(text, border=4, box_size=8).get_image().convert("RGB")
    scene = Image.new("RGB", (WIDTH, HEIGHT), "#777a70")
    scene.paste(code, ((WIDTH - code.width) // 2, (HEIGHT - code.height) // 2))
    frames = []
    for frame in range(FRAMES):
        held = io.BytesIO()
        scene.rotate(frame / 10, fillcolor="#777a70").save(held, "JPEG", quality=85)
        frames.append(held.getvalue())
    path.write_bytes(b"".join(frames))
    return path


def seeing(path: Path) -> dict[str, list[str]]:
    """Options of a browser whose camera plays this film, and is allowed."""
    flags = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={path}"]
    return {"args": flags, "permissions": ["camera"]}
