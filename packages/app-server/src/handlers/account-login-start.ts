import { logIn } from "../account/log-in.ts";
import type { Handler } from "../handler.ts";

/** Signs in, or begins to. */
export const accountLoginStart: Handler<"account/login/start"> = logIn;
