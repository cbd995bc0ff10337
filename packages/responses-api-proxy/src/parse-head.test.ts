import { expect, test } from "bun:test";
import {
  endToEnd,
  parseRequestHead,
  parseResponseHead,
  requestFraming,
  responseFraming,
  staysOpen,
} from "./parse-head.ts";

const request = (...fields: string[]) => parseRequestHead(["POST /v1/responses HTTP/1.1", ...fields].join("\r\n"));
const framingOf = (...fields: string[]) => {
  const head = request(...fields);
  return head && requestFraming(head);
};

test("a head is read with names in lower case, blanks around values dropped, duplicates kept", () => {
  expect(request("Host: x", "X-A:\t 1 2 \t", "x-a:", "X-É: é".replace("É", "B"))).toEqual({
    method: "POST",
    target: "/v1/responses",
    minor: 1,
    headers: [
      ["host", "x"],
      ["x-a", "1 2"],
      ["x-a", ""],
      ["x-b", "é"],
    ],
  });
  expect(parseResponseHead("HTTP/1.0 200")).toEqual({ status: 200, reason: "", minor: 0, headers: [] });
});

test.each(["x", "x : 1", " x: 1", "x: a\0", "x: a\rb", "x: a\nb", ": 1", "x\t: 1", "x: \x7f"])(
  "%j is no header",
  (field) => {
    expect(request(field)).toBeUndefined();
  },
);

test.each(["GET  / HTTP/1.1", "GET /a b HTTP/1.1", "GET / HTTP/1.2", "GET / HTTP/2.0", "GET /", "", "GET / http/1.1"])(
  "%j is no request",
  (line) => {
    expect(parseRequestHead(line)).toBeUndefined();
  },
);

test("a request's length is known, or it is refused", () => {
  expect(framingOf()).toEqual({ type: "none" });
  expect(framingOf("content-length: 7")).toEqual({ type: "length", length: 7 });
  expect(framingOf("content-length: 7", "content-length: 7")).toEqual({ type: "length", length: 7 });
  expect(framingOf("transfer-encoding: Chunked")).toEqual({ type: "chunked" });
  for (const fields of [
    ["content-length: 7", "content-length: 8"],
    ["content-length: 7, 7"],
    ["content-length: -7"],
    ["content-length: 1e3"],
    ["content-length:"],
    ["content-length: 9999999999999999999"],
    ["content-length: 7", "transfer-encoding: chunked"],
    ["transfer-encoding: identity"],
    ["transfer-encoding: chunked, chunked"],
    ["transfer-encoding:"],
  ])
    expect(framingOf(...fields)).toBeUndefined();
  expect(
    requestFraming({ method: "POST", target: "/", minor: 0, headers: [["transfer-encoding", "chunked"]] }),
  ).toBeUndefined();
});

test("an answer without a length ends with its connection, one without content has none", () => {
  const framing = (status: number, headers: [string, string][] = []) =>
    responseFraming({ status, reason: "", minor: 1, headers })?.type;
  expect([framing(200), framing(204), framing(304), framing(103), framing(200, [["content-length", "0"]])]).toEqual([
    "close",
    "none",
    "none",
    "none",
    "length",
  ]);
});

test("headers of one connection, and those that it names, go no further", () => {
  const names =
    "connection: X-A , close|x-a: 1|keep-alive: 1|te: x|trailer: x|upgrade: x|proxy-authorization: x|content-length: 1|x-b: 2";
  const head = request(...names.split("|"));
  expect(head && endToEnd(head.headers)).toEqual([["x-b", "2"]]);
  expect(head && staysOpen(head)).toBe(false);
});
