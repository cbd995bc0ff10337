import type { Handler } from "../handler.ts";

export const threadItemsList: Handler<"thread/items/list"> = (params, { server }) => server.engine.listItems(params);
