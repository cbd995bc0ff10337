import type { Handler } from "../handler.ts";

export const threadQueueList: Handler<"thread/queue/list"> = async (params, { server }) =>
  server.engine.queue.list(params);
