"""How static files are kept: by digest, each with a smaller twin."""

from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class GzippedManifestStorage(CompressedManifestStaticFilesStorage):
    """Keep gzip alone: brotli takes a first start ten seconds, and the proxy does not send it."""

    def create_compressor(self, **options: Any) -> Compressor:
        """Return what compresses the files."""
        return Compressor(use_brotli=False, **options)
