import { expect, test } from "bun:test";
import { prepareUserInput, userMessage } from "./user-input.ts";
import { countingStamp } from "./testing.ts";

const png = Buffer.from("89504e470d0a1a0a0000000d", "hex");
const url = `data:image/png;base64,${png.toString("base64")}`;
const files: Record<string, Uint8Array> = {
  "/w/a.jpg": png,
  "/w/text.png": Buffer.from("hello"),
  "/w/big.png": Buffer.concat([png, Buffer.alloc(21 * 1024 * 1024)]),
};
const options = { cwd: "/w", imageDetail: "original", readBytes: async (path: string) => files[path] } as const;

test("text and images become one message, numbered and tagged", async () => {
  const prepared = await prepareUserInput(
    [
      { type: "text", text: "look" },
      { type: "image", url },
      { type: "localImage", path: "a.jpg", detail: "low" },
      { type: "mention", name: "m", path: "/x" },
    ],
    options,
  );
  if (!prepared.ok) throw new Error(prepared.error.message);
  expect(userMessage(prepared.value, countingStamp())).toEqual({
    type: "message",
    id: "msg_1",
    role: "user",
    content: [
      { type: "input_text", text: "look" },
      { type: "input_image", image_url: url, detail: "original" },
      { type: "input_text", text: '<image name=[Image #2] path="a.jpg">' },
      { type: "input_image", image_url: url, detail: "low" },
      { type: "input_text", text: "</image>" },
    ],
    internal_chat_message_metadata_passthrough: {
      turn_id: "turn-1",
      create_time: 1000.5,
      content_item_kinds: ["user.text", "user.image", "user.text", "user.image", "user.text"],
      content_item_metadata: Array.from({ length: 5 }, () => ({ provenance: { type: "user" } })),
    },
  });
});

const unreadable = "is not an image that models can read. Give a PNG, JPEG, GIF or WebP file.";
test.each([
  ["text.png", `\`text.png\` ${unreadable}`],
  ["none.png", "Cannot read the image `none.png`: no such file, or no permission to read it."],
  ["big.png", "`big.png` has 22 MB; an image may have 20 at most. Make it smaller and try again."],
])("%s is refused with a sentence", async (path, message) => {
  expect(await prepareUserInput([{ type: "localImage", path }], options)).toEqual({
    ok: false,
    error: { code: "usage", message },
  });
});

test.each([
  ["https://example.com/x.png", "remote image URLs are not supported; use an inline data URL instead"],
  ["data:image/png;base64,aGVsbG8=", `Image 1 ${unreadable}`],
  ["data:text/plain,hello", `Image 1 ${unreadable}`],
])("the image URL %s is refused", async (url, message) => {
  expect(await prepareUserInput([{ type: "image", url }], options)).toMatchObject({ ok: false, error: { message } });
});
