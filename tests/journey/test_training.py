"""The pictures of the training sheet can be taken anew from the screens as they are: whoever changes one runs the command."""

import pytest
from PIL import Image

from fieldapp.gallery.camera import PHONE
from fieldapp.gallery.training import take
from fieldapp.paper.training_sheet import STEPS, picture

pytestmark = pytest.mark.browser


def test_every_step_of_the_sheet_is_still_a_screen_of_the_phone(tmp_path):
    assert list(take(tmp_path / "training")) == [name for name, _title, _words in STEPS]
    assert {Image.open(picture(tmp_path / "training", name)).size for name, *_rest in STEPS} == {PHONE}
