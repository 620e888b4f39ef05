# syntax=docker/dockerfile:1
# The whole product in one image: portals, then the binary that carries them, then nothing else.

FROM node:20-bookworm-slim AS portals
WORKDIR /src
ENV PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
# What is installed depends on these alone, and is kept while they stay the same.
COPY package.json package-lock.json ./
COPY frontend-shared/package.json frontend-shared/
COPY frontend-customer/package.json frontend-customer/
COPY frontend-admin/package.json frontend-admin/
COPY frontend-codegen/package.json frontend-codegen/
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build

FROM rust:1.95-bookworm AS binary
WORKDIR /src
COPY Cargo.toml Cargo.lock ./
COPY crates crates
COPY migrations migrations
COPY demo demo
# A member of the workspace: Cargo wants to see it, but builds nothing of it.
COPY tests tests
COPY --from=portals /src/frontend-customer/dist frontend-customer/dist
COPY --from=portals /src/frontend-admin/dist frontend-admin/dist
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --profile dist --locked -p bsm-api --bin bsm \
    && cp target/dist/bsm /usr/local/bin/bsm

FROM debian:bookworm-slim
RUN useradd --system --uid 10001 --no-create-home bsm \
    && install -d -o bsm -g bsm -m 0700 /data
COPY --from=binary /usr/local/bin/bsm /usr/local/bin/bsm
USER bsm
ENV BSM_BIND=0.0.0.0:3000 BSM_DATA_DIR=/data
# The embedded database; with PostgreSQL nothing is written here.
VOLUME /data
EXPOSE 3000
# No curl in the image: bash can ask, too.
HEALTHCHECK --interval=10s --timeout=4s --start-period=30s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/3000 && printf 'GET /readyz HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["bsm"]
CMD ["serve"]
