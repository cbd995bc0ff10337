import { configureGlobal } from "fast-check";

// The same examples in every run, so that a failure is one's own change; CODEX_TEST_SEED looks for new ones.
configureGlobal({ seed: Number(process.env["CODEX_TEST_SEED"] ?? 169) });
