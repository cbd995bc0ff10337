import { Type as T, type Static } from "@sinclair/typebox";
import { OptionalNull, Words } from "../schema.ts";

export const LoginAppBrand = Words(["codex", "chatgpt"], { title: "LoginAppBrand" });
export type LoginAppBrand = Static<typeof LoginAppBrand>;

export const Params = T.Union(
  [
    T.Object({ type: T.Literal("apiKey"), apiKey: T.String() }),
    T.Object({
      type: T.Literal("chatgpt"),
      codexStreamlinedLogin: T.Optional(T.Boolean()),
      useHostedLoginSuccessPage: T.Optional(T.Boolean()),
      appBrand: OptionalNull(LoginAppBrand),
    }),
    T.Object({ type: T.Literal("chatgptDeviceCode") }),
    T.Object(
      {
        type: T.Literal("chatgptAuthTokens"),
        accessToken: T.String(),
        chatgptAccountId: T.String(),
        chatgptPlanType: OptionalNull(T.String()),
      },
      { experimental: "account/login/start.chatgptAuthTokens" },
    ),
    T.Object({ type: T.Literal("amazonBedrock"), apiKey: T.String(), region: T.String() }),
    T.Object({
      type: T.Literal("amazonBedrockAccessKeys"),
      accessKeyId: T.String(),
      secretAccessKey: T.String(),
      sessionToken: OptionalNull(T.String()),
      region: T.String(),
    }),
  ],
  { title: "LoginAccountParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Union(
  [
    T.Object({ type: T.Literal("apiKey") }),
    T.Object({ type: T.Literal("chatgpt"), loginId: T.String(), authUrl: T.String() }),
    T.Object({
      type: T.Literal("chatgptDeviceCode"),
      loginId: T.String(),
      verificationUrl: T.String(),
      userCode: T.String(),
    }),
    T.Object({ type: T.Literal("chatgptAuthTokens") }),
    T.Object({ type: T.Literal("amazonBedrock") }),
  ],
  { title: "LoginAccountResponse" },
);
export type Result = Static<typeof Result>;
