"""Keep files by the SHA-256 of their bytes: written once, never overwritten, checked when read."""

import contextlib
import hashlib
import os
import tempfile
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Protocol

from django.conf import settings

from audit.county import this_county
from law.errors import RuleViolation
from papers import pictures
from papers.models import StoredFile
from papers.sniffing import content_type_of, refusal


class Upload(Protocol):
    """Whatever brings bytes and a name: an uploaded file, an opened file, a ContentFile."""

    name: Any

    def read(self, size: int = -1, /) -> bytes:
        """Return at most so many bytes."""
        ...


class Uploader(Protocol):
    """Whoever uploads: anything with a key and a name."""

    pk: Any
    name: str


def store(
    *,
    upload: Upload | IO[bytes],
    actor: Uploader | None,
    at: datetime,
    name: str = "",
) -> StoredFile:
    """Keep an upload and return its row; the same bytes always give the same row.

    Its type is what the bytes prove, whatever its name or its sender claims.
    """
    limit = int(settings.UPLOAD_LIMIT_BYTES)
    data = upload.read(limit + 1)
    if len(data) > limit:
        raise refusal(
            "size",
            f"文件超过 {limit // 1024 // 1024} MB",
            "请压缩或拆分后再上传",
            f"The file is larger than {limit // 1024 // 1024} MB",
            "Compress or split it, then upload it",
        )
    if not data:
        raise refusal("empty", "文件是空的", "请重新选择文件", "The file is empty", "Choose the file again")
    proven = content_type_of(data)
    return keep(data, content_type=proven, name=name or str(upload.name or ""), actor=actor, at=at)


def keep(
    data: bytes, *, content_type: str, name: str, at: datetime, actor: Uploader | None = None
) -> StoredFile:
    """Keep bytes this system made or has checked."""
    sha256 = hashlib.sha256(data).hexdigest()
    place = f"{sha256[:2]}/{sha256}"
    _write_once(Path(settings.MEDIA_ROOT) / place, data)
    stored, _created = StoredFile.objects.get_or_create(
        county_id=this_county(),
        sha256=sha256,
        defaults={
            "size": len(data),
            "content_type": content_type,
            "name": Path(name.replace("\\", "/")).name[-200:] or sha256[:12],
            "file": place,
            "created_by_id": actor.pk if actor else None,
            "created_by_name": actor.name if actor else "",
            "created_at": at,
        },
    )
    return stored


def open_checked(stored: StoredFile) -> bytes:
    """Return the bytes of a file after proving that they are still the ones that were stored."""
    try:
        data = (Path(settings.MEDIA_ROOT) / str(stored.file)).read_bytes()
    except FileNotFoundError:
        data = b""
    if hashlib.sha256(data).hexdigest() != stored.sha256:
        raise RuleViolation(
            code="file_damaged",
            message=f"文件“{stored.name}”与入库时的校验值不一致",
            unblock="请系统管理员从备份恢复该文件",
            message_en=f"The file '{stored.name}' is not what was stored: its checksum differs",
            unblock_en="Ask the system administrator to restore the file from a backup",
            field="file",
        )
    return data


def thumbnail(stored: StoredFile) -> Path:
    """Return the small copy of a picture for lists, made when first asked for."""
    return pictures.copy_of(stored.sha256, pictures.THUMBNAIL)


def _write_once(place: Path, data: bytes) -> None:
    """Put the bytes in place whole or not at all; a file that is there already is left alone."""
    if place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent) as draft:
        draft.write(data)
        draft.flush()
        os.fsync(draft.fileno())
        os.fchmod(draft.fileno(), 0o440)
        with contextlib.suppress(FileExistsError):
            os.link(draft.name, place)
