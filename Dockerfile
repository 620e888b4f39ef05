# syntax=docker/dockerfile:1
# Three images from one file, none with a shell of its own to spare, none that runs as root or
# writes anywhere but where it is told:
#   docker build --target customer .   the customer portal behind its web server
#   docker build --target admin .      the admin portal behind its web server
#   docker build .                     bsm, with both portals inside: the whole product in one image

FROM node:20-bookworm-slim AS portals
WORKDIR /src
ENV PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
# What is installed depends on these alone, and is kept while they stay the same.
COPY package.json package-lock.json ./
COPY frontend-shared/package.json frontend-shared/
COPY frontend-customer/package.json frontend-customer/
COPY frontend-admin/package.json frontend-admin/
COPY frontend-codegen/package.json frontend-codegen/
COPY clients/typescript/package.json clients/typescript/
RUN npm ci --no-audit --no-fund
COPY tsconfig.base.json ./
COPY clients/typescript clients/typescript
COPY frontend-shared frontend-shared
COPY frontend-customer frontend-customer
COPY frontend-admin frontend-admin
RUN npm run build

FROM nginx:1.28-alpine AS web
COPY --chmod=0755 deploy/portal/start.sh /opt/portal/
COPY deploy/portal/*.template /opt/portal/
USER 10001:10001
EXPOSE 8080
# start.sh becomes nginx, which takes this as: finish what runs.
STOPSIGNAL SIGQUIT
ENTRYPOINT ["/opt/portal/start.sh"]
CMD []

FROM web AS customer
ENV PORTAL=customer
COPY --from=portals /src/frontend-customer/dist /srv/portal/customer

FROM web AS admin
ENV PORTAL=admin
COPY --from=portals /src/frontend-admin/dist /srv/portal/admin

FROM rust:1.95-bookworm AS binary
WORKDIR /src
COPY Cargo.toml Cargo.lock ./
COPY .cargo .cargo
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
    && cp target/dist/bsm /usr/local/bin/bsm \
    && install -d -m 0700 /data

# The C library and root certificates; no shell, no package manager. Its user is 65532.
FROM gcr.io/distroless/cc-debian12:nonroot AS api
COPY --from=binary /usr/local/bin/bsm /usr/local/bin/bsm
COPY --from=binary --chown=65532:65532 /data /data
ENV BSM_BIND=0.0.0.0:3000 BSM_DATA_DIR=/data
# The embedded database; with PostgreSQL nothing is written here.
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["bsm", "ready"]
ENTRYPOINT ["/usr/local/bin/bsm"]
CMD ["serve"]
