"""A camera that shows one QR code: raw video for the browser's fake device, so that scanning is really done."""

from __future__ import annotations

from pathlib import Path

import segno

WIDTH, HEIGHT = 640, 480


def film_of(text: str, path: Path) -> Path:
    """Write a video of the code, white around it, and return its path."""
    matrix = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    scale = (HEIGHT - 80) // len(matrix)
    side = scale * len(matrix)
    left, top = (WIDTH - side) // 2, (HEIGHT - side) // 2
    luma = bytearray(b"\xeb" * (WIDTH * HEIGHT))
    for y in range(side):
        row = matrix[y // scale]
        line = b"".join((b"\x10" if cell else b"\xeb") * scale for cell in row)
        start = (top + y) * WIDTH + left
        luma[start : start + side] = line
    frame = b"FRAME\n" + bytes(luma) + b"\x80" * (WIDTH * HEIGHT // 2)
    path.write_bytes(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode() + frame * 10)
    return path


def flags(film: Path) -> list[str]:
    """Return the browser's words for that camera, without asking anybody."""
    return ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", f"--use-file-for-fake-video-capture={film}"]
