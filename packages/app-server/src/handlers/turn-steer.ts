import type { Handler } from "../handler.ts";
import { loadedThread } from "../loaded-thread.ts";

export const turnSteer: Handler<"turn/steer"> = async (params, { server }) => {
  const thread = loadedThread(server, params.threadId);
  return thread.ok ? thread.value.steer(params) : thread;
};
