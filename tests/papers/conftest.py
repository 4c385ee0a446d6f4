import io
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

AT = datetime(2026, 3, 2, 9, 5, tzinfo=ZoneInfo("Asia/Shanghai"))


class Uploader:
    pk = 7
    name = "王铉"


@pytest.fixture
def at() -> datetime:
    return AT


@pytest.fixture
def actor() -> Uploader:
    return Uploader()


@pytest.fixture(autouse=True)
def media(settings, tmp_path_factory):
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    return settings.MEDIA_ROOT


def picture(size=(800, 600), form="JPEG", colour=(200, 30, 30), exif=None) -> bytes:
    target = io.BytesIO()
    options = {"exif": exif} if exif else {}
    Image.new("RGB", size, colour).save(target, form, **options)
    return target.getvalue()
