/** The answers that the proxy gives by itself, as whole messages. */

const phrases: Readonly<Record<number, string>> = {
  200: "OK",
  400: "Bad Request",
  403: "Forbidden",
  408: "Request Timeout",
  417: "Expectation Failed",
  431: "Request Header Fields Too Large",
  502: "Bad Gateway",
  504: "Gateway Timeout",
};

export type AnswerStatus = 200 | 400 | 403 | 408 | 417 | 431 | 502 | 504;

/** A failure as the service itself would tell it; `code` for programs, `message` for people. */
export type ProxyError = { readonly status: AnswerStatus; readonly code: string; readonly message: string };

export const emptyAnswer = (status: AnswerStatus, keepOpen: boolean): string => answer(status, keepOpen, "", "");

export function errorAnswer({ status, code, message }: ProxyError, keepOpen: boolean): string {
  const body = JSON.stringify({ error: { message, type: "proxy_error", param: null, code } });
  return answer(status, keepOpen, "content-type: application/json\r\n", body);
}

/** `body` is ASCII or escaped to be so. */
function answer(status: AnswerStatus, keepOpen: boolean, type: string, body: string): string {
  const head = `HTTP/1.1 ${status} ${phrases[status] ?? ""}\r\ndate: ${new Date().toUTCString()}\r\n${type}`;
  const ending = keepOpen ? "" : "connection: close\r\n";
  const ascii = body.replace(/[^\x20-\x7e]/g, "?");
  return `${head}content-length: ${ascii.length}\r\n${ending}\r\n${ascii}`;
}

export const continueAnswer = "HTTP/1.1 100 Continue\r\n\r\n";
