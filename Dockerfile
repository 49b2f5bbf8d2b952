FROM python:3.13-slim-trixie AS packages
# With what pictures in S3-compatible storage need, so that LANYARD_MEDIA alone chooses them.
COPY requirements-s3.txt .
RUN python -m venv /packages \
    && /packages/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements-s3.txt

FROM python:3.13-slim-trixie
# pg_dump and pg_restore for `backup`; they must not be older than the server in docker-compose.yml.
RUN apt-get update \
    && apt-get install -y --no-install-recommends postgresql-client-17 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin lanyard \
    && install -d -o lanyard -g lanyard -m 700 /data
COPY --from=packages /packages /packages
COPY manage.py pyproject.toml /lanyard/
COPY config /lanyard/config
COPY events /lanyard/events
COPY journal /lanyard/journal
COPY locale /lanyard/locale
COPY static /lanyard/static
COPY templates /lanyard/templates

ENV PATH=/packages/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 LANYARD_DATA=/data LANYARD_LOG=json
WORKDIR /lanyard
USER lanyard
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["python", "config/health.py"]
CMD ["python", "manage.py", "serve", "--host", "0.0.0.0"]
