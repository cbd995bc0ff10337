import { either, flag, mapOf, oneOf, path, table, text, usize } from "./key.ts";

const tls = table({ "ca-certificate": path, "client-certificate": path, "client-private-key": path });

const exporter = either(
  oneOf("none", "statsig"),
  table({
    "otlp-http": table({ endpoint: text, headers: mapOf(text), protocol: oneOf("binary", "json"), tls }, [
      "endpoint",
      "protocol",
    ]),
    "otlp-grpc": table({ endpoint: text, headers: mapOf(text), tls }, ["endpoint"]),
  }),
);

/** What is measured and where it is sent. */
export const telemetryKeys = {
  otel: table({
    environment: text,
    exporter,
    trace_exporter: exporter,
    metrics_exporter: exporter,
    log_user_prompt: flag,
    log_agent_responses: flag,
    log_guardian_assessments: flag,
    log_sse_deltas: flag,
    tool_result: table({ max_bytes: usize }),
    span_attributes: mapOf(text),
    tracestate: mapOf(mapOf(text)),
  }),
  analytics: table({ enabled: flag }),
  feedback: table({ enabled: flag }),
} as const;
