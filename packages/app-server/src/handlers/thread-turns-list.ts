import type { Handler } from "../handler.ts";

export const threadTurnsList: Handler<"thread/turns/list"> = (params, { server }) => server.engine.listTurns(params);
