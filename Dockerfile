# syntax=docker/dockerfile:1

# The dependencies in a stage of their own: npm, its cache and its scripts stay behind, and a change
# of the sources does not install them again. Production dependencies only; the package `node`, which
# gives older development machines a Node 24, is not one of them.
FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
COPY scripts/production-manifest.ts ./scripts/
# Not `npm ci`, which takes the platform for a part of development; the lock file counts all the same.
RUN --mount=type=cache,target=/var/cache/npm \
    node scripts/production-manifest.ts && npm install --cache=/var/cache/npm --omit=dev --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    DATABASE_URL=file:/data/objectstack.db
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json schema.graphql openapi.json ./
# Node 24 runs the sources as they are.
COPY src ./src
# The only place that is written to, and only with SQLite: the root file system may be read-only.
RUN install -d -m 0700 -o node -g node /data
VOLUME ["/data"]
USER node
EXPOSE 3000
# The database is not asked: its failure is no reason to restart the server. A balancer asks /readyz.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
# Not through npm, which would stand between the signals and the server.
CMD ["node", "src/server.ts"]
