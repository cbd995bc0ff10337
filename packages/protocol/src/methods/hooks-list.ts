import { Type as T, type Static } from "@sinclair/typebox";
import { AllOf, BigInt64, BigUint64, Defaulted, Nullable, OptionalNull, Path, Uint, Words } from "../schema.ts";
import { HookEventName, HookSource } from "../hooks.ts";
import { AbsolutePathBuf } from "../values.ts";

export const HookErrorInfo = T.Object({ path: T.String(), message: T.String() }, { title: "HookErrorInfo" });
export type HookErrorInfo = Static<typeof HookErrorInfo>;

export const HookTrustStatus = Words(["managed", "untrusted", "trusted", "modified"], { title: "HookTrustStatus" });
export type HookTrustStatus = Static<typeof HookTrustStatus>;

export const HookMetadata = AllOf(
  [
    T.Object({
      key: T.String(),
      eventName: HookEventName,
      matcher: Nullable(T.String()),
      timeoutSec: BigUint64,
      statusMessage: Nullable(T.String()),
      additionalContextLimit: Nullable(Uint),
      sourcePath: AbsolutePathBuf,
      source: HookSource,
      pluginId: Nullable(T.String()),
      environmentId: Nullable(T.String()),
      displayOrder: BigInt64,
      enabled: T.Boolean(),
      isManaged: T.Boolean(),
      currentHash: T.String(),
      trustStatus: HookTrustStatus,
    }),
    T.Union([
      T.Object({ handlerType: T.Literal("command"), command: T.String(), async: Defaulted(T.Boolean(), false) }),
      T.Object({ handlerType: T.Literal("mcpTool"), server: T.String(), tool: T.String() }),
      T.Object({ handlerType: T.Literal("prompt") }),
      T.Object({ handlerType: T.Literal("agent") }),
    ]),
  ],
  { title: "HookMetadata" },
);
export type HookMetadata = Static<typeof HookMetadata>;

export const HooksListEntry = T.Object(
  { cwd: T.String(), hooks: T.Array(HookMetadata), warnings: T.Array(T.String()), errors: T.Array(HookErrorInfo) },
  { title: "HooksListEntry" },
);
export type HooksListEntry = Static<typeof HooksListEntry>;

export const Params = T.Object(
  { cwds: T.Optional(T.Array(Path)), threadId: OptionalNull(T.String()) },
  { title: "HooksListParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({ data: T.Array(HooksListEntry) }, { title: "HooksListResponse" });
export type Result = Static<typeof Result>;
