# Yiju with its bundled models: no torch, no GPU, nothing is downloaded when it runs.
# docker build --tag yiju .
FROM debian:bookworm-slim AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates python3 python3-venv \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/*
WORKDIR /source
COPY . .
ARG EXTRAS=""
RUN python3 -m venv /opt/yiju \
    && /opt/yiju/bin/pip install --no-cache-dir --no-compile --constraint constraints.txt ".${EXTRAS}" \
    && /opt/yiju/bin/pip uninstall --yes pip

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends python3 tini \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/* \
    && useradd --system --uid 10001 --no-create-home yiju \
    && install --directory --owner yiju /articles /store
COPY --from=build /opt/yiju /opt/yiju
ENV PATH=/opt/yiju/bin:$PATH HOME=/tmp PYTHONDONTWRITEBYTECODE=1 YIJU_STORE=/store
USER 10001
VOLUME ["/store"]
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
    CMD ["python3", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/readyz')"]
ENTRYPOINT ["tini", "--", "yiju"]
CMD ["serve", "--articles", "/articles", "--host", "0.0.0.0", "--no-open"]
