# wirewatch in two sizes. Default: everything. `--target slim`: polls, reads pages, alerts, delivers and serves the web,
# all but the reading of articles, without spaCy.
#
#   docker build -t wirewatch .
#   docker build -t wirewatch:slim --target slim .
#
# The base is pinned by its exact tag; where you build for production, pin its digest as well:
#   --build-arg PYTHON_IMAGE=python:3.11.13-slim-bookworm@sha256:…
ARG PYTHON_IMAGE=python:3.11.13-slim-bookworm

FROM ${PYTHON_IMAGE} AS builder
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never UV_NO_PROGRESS=1
WORKDIR /src
COPY requirements-build.lock ./
RUN python -m venv /opt/build && /opt/build/bin/python -m pip install --no-cache-dir --require-hashes -r requirements-build.lock

FROM builder AS wheel
COPY . ./
RUN /opt/build/bin/uv build --wheel --no-build-isolation --python /opt/build/bin/python --out-dir /opt/wheel /src

# Dependencies first: they change less often than the code. Wheels only, so that nothing is compiled here.
FROM builder AS built-slim
COPY requirements-slim.lock ./
RUN --mount=type=cache,target=/root/.cache/uv \
    /opt/build/bin/uv venv /opt/wirewatch && \
    /opt/build/bin/uv pip install --python /opt/wirewatch --only-binary :all: --require-hashes -r requirements-slim.lock
COPY --from=wheel /opt/wheel /opt/wheel
RUN /opt/build/bin/uv pip install --python /opt/wirewatch --no-deps --no-index --find-links /opt/wheel wirewatch && \
    /opt/build/bin/cyclonedx-py environment --of JSON -o /opt/wirewatch/sbom.json /opt/wirewatch

FROM builder AS built-full
COPY requirements.lock ./
RUN --mount=type=cache,target=/root/.cache/uv \
    /opt/build/bin/uv venv /opt/wirewatch && \
    /opt/build/bin/uv pip install --python /opt/wirewatch --only-binary :all: --require-hashes -r requirements.lock
COPY --from=wheel /opt/wheel /opt/wheel
RUN /opt/build/bin/uv pip install --python /opt/wirewatch --no-deps --no-index --find-links /opt/wheel wirewatch && \
    /opt/build/bin/cyclonedx-py environment --of JSON -o /opt/wirewatch/sbom.json /opt/wirewatch

# What runs: no build tools, no root, nothing to write to but the data folder and /tmp.
FROM ${PYTHON_IMAGE} AS runtime
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="wirewatch" \
      org.opencontainers.image.description="Watches the news wires: who is mentioned, who says what, told once per story with the sentence as proof." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
RUN groupadd --system --gid 10001 wirewatch && \
    useradd --system --uid 10001 --gid 10001 --home-dir /var/lib/wirewatch --shell /usr/sbin/nologin wirewatch && \
    install -d -o 10001 -g 10001 -m 0750 /var/lib/wirewatch
# The place of the token's file, not a token.
# hadolint ignore=DL3064
ENV PATH=/opt/wirewatch/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    WIREWATCH_DATA=/var/lib/wirewatch \
    WIREWATCH_LISTEN=0.0.0.0:8080 \
    WIREWATCH_API__TOKEN_FILE=/run/secrets/wirewatch_token
WORKDIR /var/lib/wirewatch
USER 10001:10001
VOLUME ["/var/lib/wirewatch"]
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["wirewatch", "health", "--live"]
ENTRYPOINT ["wirewatch"]
CMD ["run"]

FROM runtime AS slim
COPY --from=built-slim /opt/wirewatch /opt/wirewatch

FROM runtime AS full
COPY --from=built-full /opt/wirewatch /opt/wirewatch
