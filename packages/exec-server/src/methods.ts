import type { Method } from "./method.ts";
import { environmentInfo, environmentStatus } from "./methods/environment.ts";
import * as handles from "./methods/file-handles.ts";
import * as files from "./methods/files.ts";
import { httpRequest } from "./methods/http-request.ts";
import * as control from "./methods/process-control.ts";
import { processStart } from "./methods/process-start.ts";
import { watchMissing } from "./methods/watch-missing.ts";

/** Everything but the handshake. */
export const methods: ReadonlyMap<string, Method> = new Map(
  Object.entries({
    "environment/info": environmentInfo,
    "environment/status": environmentStatus,
    "process/start": processStart,
    "process/read": control.processRead,
    "process/write": control.processWrite,
    "process/signal": control.processSignal,
    "process/resize": control.processResize,
    "process/terminate": control.processTerminate,
    "fs/readFile": files.readFile,
    "fs/writeFile": files.writeFile,
    "fs/createDirectory": files.createDirectory,
    "fs/getMetadata": files.getMetadata,
    "fs/canonicalize": files.canonicalize,
    "fs/readDirectory": files.readDirectory,
    "fs/walk": files.walk,
    "fs/remove": files.remove,
    "fs/copy": files.copy,
    "fs/open": handles.open,
    "fs/readBlock": handles.readBlock,
    "fs/writeBlock": handles.writeBlock,
    "fs/close": handles.close,
    "fs/watchMissing": watchMissing,
    "http/request": httpRequest,
  }),
);
