"""Evidence as tiles: what a picture or a type icon, when, where, by whom, and the digest that proves it."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.dossier.models import Case
from cases.investigation.models import Exhibit

ICONS = {"application/pdf": "file-text", "video/mp4": "video"}


def tiles_of(case: Case, exhibits: Iterable[Exhibit]) -> list[dict[str, Any]]:
    """Return what components/evidence_tile.html shows of each exhibit."""
    return [_tile(case, exhibit) for exhibit in exhibits]


def _tile(case: Case, exhibit: Exhibit) -> dict[str, Any]:
    url = reverse("case_file", args=[case.pk, exhibit.file.sha256])
    return {
        "number": f"{exhibit.number:02d}",
        "title": exhibit.title,
        "when": exhibit.collected_at,
        "place": exhibit.place,
        "by": "、".join(exhibit.collectors),
        "digest": exhibit.file.sha256,
        "kind": exhibit.get_kind_display(),
        "proves": exhibit.proves,
        "verified": None,
        "missing": _("已作废") if exhibit.voided_at else "" if exhibit.proves else _("缺证明对象"),
        "url": url,
        "image_url": f"{url}?size=thumbnail" if exhibit.file.is_image else "",
        "icon": ICONS.get(exhibit.file.content_type, "music"),
    }
