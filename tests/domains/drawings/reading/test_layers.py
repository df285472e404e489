"""What layers and blocks are by their names, in the habits of three languages."""

import pytest

from gongjia.domains.drawings.reading.layers import block_role, role_of


@pytest.mark.parametrize(
    ("layer", "role"),
    [
        ("WALL", "wall"), ("A-WALL-FIRE", "wall"), ("墙", "wall"), ("建-墙柱", "wall"), ("COLUMN", "wall"), ("CURTWALL", "wall"),
        ("xref$0$A-WALL", "wall"),
        ("xref|WALL", "wall"), ("TRAGENDE WAND", "wall"), ("A-AREA", "room"), ("SPACE", "room"), ("房间", "room"), ("RAUM", "room"),
        ("A-AREA-IDEN", "label"), ("房间编号", "label"), ("房间标注", "label"), ("A-ANNO-TEXT", "label"), ("文字标注", "label"),
        ("ROOM_NAME", "label"),
        ("DOOR", "door"), ("WINDOW_TEXT", "door"), ("WINDOW", "window"), ("门窗", "window"), ("A-GLAZ", "window"),
        ("A-ANNO-DIMS", "skip"), ("PUB_DIM", "skip"), ("AXIS", "skip"), ("家具", "skip"), ("A-WALL-PATT", "skip"),
        ("S-STEM-WALL", "skip"), ("标注", "skip"),
        ("0", ""), ("图层1", ""), ("STAIR", ""),
    ],
)  # fmt: skip
def test_a_layer_is_known_by_its_name(layer: str, role: str):
    assert role_of(layer) == role


@pytest.mark.parametrize(
    ("block", "role"),
    [
        ("M0921", "door"),
        ("单开门", "door"),
        ("$DorLib2D$00000001", "door"),
        ("C1518", "window"),
        ("办公桌", "skip"),
        ("A4图框", "skip"),
        ("1F", ""),
        ("A$C3F2", ""),
    ],
)
def test_a_block_is_known_by_its_name(block: str, role: str):
    assert block_role(block) == role
