/**
 * What Codex promises its users, and the tests that hold it to it: words of a test's name by its file. A promise without a test,
 * or a test that is gone, fails `requirements.test.ts`.
 */
export type Requirement = { readonly says: string; readonly heldBy: Readonly<Record<string, readonly string[]>> };

export const requirements: readonly Requirement[] = [
  {
    says: "A newcomer sees the agent repair a failing test with one command.",
    heldBy: { "tests/demo.test.ts": ["the demo repairs its project and says so"] },
  },
  {
    says: "A tool starts when its call is whole, not when the response is; calls of one response run side by side.",
    heldBy: {
      "tests/turn.test.ts": [
        "a tool starts before the response has ended",
        "calls of one response run side by side, and their outputs stand in the order of the calls",
        "a patch runs alone",
      ],
    },
  },
  {
    says: "A stream that breaks does not run a call twice.",
    heldBy: { "tests/turn.test.ts": ["a call whose stream breaks is run once, and the retry knows its output"] },
  },
  {
    says: "Whatever the model gets wrong is told to the model; a model caught in a loop is stopped.",
    heldBy: {
      "tests/turn.test.ts": [
        "whatever the model gets wrong is told to the model",
        "a model that makes one call for ever is stopped",
      ],
    },
  },
  {
    says: "The model is told the world once, and later only what changed.",
    heldBy: { "tests/turn.test.ts": ["the world is told once, and later only what has changed in it"] },
  },
  {
    says: "A kill at any moment loses nothing that was shown.",
    heldBy: {
      "tests/kill.test.ts": ["random moments"],
      "packages/core/src/store/killed-writer.test.ts": ["kill"],
    },
  },
  {
    says: "An interrupt at any point leaves a valid history and no process behind.",
    heldBy: {
      "tests/interrupt.test.ts": [
        "random moments",
        "a command that ignores signals, and its daemon, do not outlive it",
      ],
    },
  },
  {
    says: "Nothing in a folder acts before it is trusted, and nothing planted in it ever runs.",
    heldBy: { "tests/planted-files.test.ts": ["a whole turn runs nothing of a planted folder"] },
  },
  {
    says: "Every mistake ends in one clear sentence and the right exit code.",
    heldBy: { "tests/bad-input.test.ts": ["whose file is", "output", "a command"], "tests/cli.test.ts": ["words"] },
  },
  {
    says: "One process at a time writes a thread.",
    heldBy: { "tests/bad-input.test.ts": ["that is open in another process"] },
  },
  {
    says: "A prompt never waits for an open standard input that says nothing.",
    heldBy: { "tests/cli.test.ts": ["a prompt does not wait for an open pipe that says nothing"] },
  },
  {
    says: "Sessions go on by id, by name and by --last, and forks leave their source as it was.",
    heldBy: {
      "tests/store.test.ts": [
        "a thread goes on from process to process, by --last, id and name, and a fork leaves it as it is",
      ],
    },
  },
  {
    says: "Commands in the sandbox cannot write, reach or see what the policy does not allow, by either route.",
    heldBy: { "packages/sandbox/src/attempts.test.ts": [""] },
  },
  {
    says: "`codex sandbox` works at any number at once and inside other sandboxes, or says what stands in the way.",
    heldBy: {
      "tests/sandbox-command.test.ts": [
        "that bubblewrap works is found out once",
        "fifty at once",
        "inside another sandbox",
      ],
    },
  },
  {
    says: "Folders in place of forbidden names are shared between processes, and nothing of them lasts.",
    heldBy: {
      "packages/sandbox/src/placeholders.test.ts": [""],
      "packages/sandbox/src/attempts.test.ts": ["many at once share the placeholders"],
    },
  },
  {
    says: "A patch is all or nothing, byte-exact outside its lines, and never leaves the writable folders.",
    heldBy: {
      "packages/core/src/patch/apply-patch-text.test.ts": [""],
      "packages/core/src/patch/parse-patch.test.ts": [""],
    },
  },
  {
    says: "Any cut of a stream's bytes reads as the same events.",
    heldBy: { "packages/model/src/read-sse.test.ts": [""] },
  },
  {
    says: "Every line of a rollout comes back as what was stored.",
    heldBy: { "packages/core/src/store/codec.test.ts": ["every record comes back from its line as it was"] },
  },
  {
    says: "Settings have one documented order, and each knows where it comes from.",
    heldBy: {
      "packages/config/src/load-config.test.ts": ["each wins over the one below, and tables merge across all"],
    },
  },
  {
    says: "An edit of config.toml keeps every comment and every other value.",
    heldBy: { "packages/config/src/edit-toml.test.ts": [""] },
  },
  {
    says: "Each failure of the service has its bounded answer.",
    heldBy: { "packages/model/src/retry.test.ts": [""], "packages/model/src/stream.test.ts": [""] },
  },
  {
    says: "Faces hear of a turn in one order, and every item that begins ends.",
    heldBy: { "tests/app-server/turn-events.test.ts": [""], "tests/app-server/approvals.test.ts": [""] },
  },
  {
    says: "A command reaches the hosts that the rules name and nothing else, by no name, address or protocol; where that cannot be held, it does not run.",
    heldBy: {
      "packages/sandbox/src/network/judge-request.test.ts": [
        "evil.test\\0.good.test",
        "is blocked unless named",
        "leads to a private address",
        "the old spelling",
        "limited mode reads by plain HTTP only",
      ],
      "packages/sandbox/src/network/network-gate.test.ts": [
        "there is no way around the proxies",
        "a NUL or a private address by SOCKS is refused",
        "a second request on a connection goes nowhere",
        "ending the command closes its tunnels",
        "rules are not dropped: nothing runs",
      ],
      "tests/network.test.ts": ["an empty list of hosts is none", "holds the same rules"],
      "tests/app-server/network-approval.test.ts": ["a host that no rule covers is asked about"],
    },
  },
  {
    says: "A reviewer answers for an absent user, and only a clear yes is one.",
    heldBy: {
      "tests/reviewer.test.ts": [
        "what it denies does not run",
        "three times is a no",
        "a reviewer that does not answer in time denies",
        "an interrupt while it thinks ends the turn",
      ],
      "packages/core/src/review-approval/transcript.test.ts": ["only what the user typed is the user's word"],
    },
  },
  {
    says: "The published SDK and ccusage work unchanged; ours works on Node 20 and Bun.",
    heldBy: {
      "tests/clients.test.ts": ["@openai/codex-sdk", "@ccusage/codex"],
      "tests/sdk.test.ts": ["in plain Node, as built"],
    },
  },
  {
    says: "Where both programs play the same scenario they agree, or the difference is listed with its reason.",
    heldBy: { "tests/parity/parity.test.ts": [""] },
  },
  {
    says: "A script counts as plain only where bash's grammar and the shells read exactly the same words.",
    heldBy: {
      "packages/sandbox/src/split-shell-proof.test.ts": [
        "tree-sitter's grammar reads the same commands",
        "bash runs exactly our words",
        "found in a PATH of programs that only record",
      ],
    },
  },
  {
    says: "A process that swaps folders for links while the tools run gains nothing: nothing outside is written or shown.",
    heldBy: {
      "packages/core/src/patch/symlink-race.test.ts": [
        "patches write, change and remove nothing outside",
        "an image that a profile denies is never shown",
        "what a profile denies never comes into the workspace by a patch",
      ],
    },
  },
  {
    says: "Every published attack on coding agents that applies here has a test that names it.",
    heldBy: { "tests/advisories.test.ts": ["each advisory has a test that names it"] },
  },
  {
    says: "The app server gives each request exactly one answer, in order where requests are about one thing, whatever is sent.",
    heldBy: {
      "tests/app-server-stdio.test.ts": [
        "20,000 requests at once",
        "the answer comes before what it causes",
        "what is no message gets an error",
        "a line of 64 MiB",
        "random bytes and mangled messages",
        "what was asked before the end of input",
      ],
      "packages/app-server/src/serve-channel.test.ts": ["requests about one thread are answered in order"],
      "packages/app-server/src/outbox.test.ts": ["waits for the answer"],
      "packages/app-server/src/transports/read-frames.test.ts": ["wherever the bytes are cut"],
      "packages/app-server/src/transports/split-lines.test.ts": ["wherever the bytes are cut"],
    },
  },
  {
    says: "The end of an app server leaves no command behind and is in the history; with many clients, what runs may end first.",
    heldBy: {
      "tests/app-server-stdio.test.ts": ["the end of input in the middle of a turn", "SIGTERM does the same"],
      "tests/app-server-sockets.test.ts": ["SIGTERM lets the turn that runs end", "a second signal stops at once"],
    },
  },
  {
    says: "Only who may come in reaches an app server: no browser's page, nobody without the token, no other user.",
    heldBy: {
      "tests/app-server-sockets.test.ts": [
        "the door: health, pages of a browser",
        "a signed token lets in",
        "a capability token is compared",
        "the background server",
      ],
    },
  },
  {
    says: "A client that does not read costs an app server little and holds up nobody; it is told why it is sent away.",
    heldBy: {
      "tests/app-server-sockets.test.ts": ["a client that does not read", "fifty clients at once"],
      "packages/app-server/src/serve-channel.test.ts": ["sent away with a word"],
    },
  },
  {
    says: "The background server copies nothing and leaves no process and no file behind when it is stopped.",
    heldBy: { "tests/app-server-sockets.test.ts": ["the background server", "a server that was killed"] },
  },
  {
    says: "Experimental parts of the protocol need the client's word, and notifications it does not want are not sent.",
    heldBy: { "tests/app-server-stdio.test.ts": ["experimental parts and notifications"] },
  },
  {
    says: "A line of commands is judged by its strictest part, and nothing put around a command makes it freer.",
    heldBy: {
      "packages/sandbox/src/strictest-wins.test.ts": [
        "at least as strictly as each of its commands",
        "nothing put around a command makes it freer",
        "what one forbids no other allows",
      ],
    },
  },
  {
    says: "Root and ordinary users, with bubblewrap, without it and without user namespaces: commands are held, or refused in words.",
    heldBy: { "tests/sandbox-cells.test.ts": ["an ordinary user", "no bubblewrap", "no user namespaces"] },
  },
  {
    says: "By Landlock alone nothing can be done that the documentation does not tell; read-only keeps the attributes of files, too.",
    heldBy: { "tests/attempts.test.ts": ["%s"] },
  },
  {
    says: "What an administrator demands holds for every session, turn and command, whatever users, files and clients say.",
    heldBy: {
      "tests/administrator.test.ts": [
        "their rules hold over the user's, part by part",
        "nothing leaves them out",
        "what must not be read is not, in any sandbox",
        "a damaged file stops everything",
        "their hosts are reached in every sandbox",
      ],
      "packages/sandbox/src/permissions/demands.test.ts": [""],
      "packages/sandbox/src/rules/open-rules.test.ts": ["what an administrator forbids stays forbidden"],
      "packages/core/src/network/network-rules.test.ts": ["what an administrator demands is added"],
    },
  },
  {
    says: "What a permission profile denies is read by no command, patch or image, not even by a command that the user lets out.",
    heldBy: {
      "tests/profiles.test.ts": [""],
      "packages/sandbox/src/permissions/profile-attempts.test.ts": ["a command that was let out", "stays closed where"],
    },
  },
  {
    says: "Where a system has no sandbox, every command that does more than read is asked about.",
    heldBy: {
      "packages/sandbox/src/decide-command.test.ts": ["on native Windows", "the sandbox %s", "what only a person"],
    },
  },
  {
    says: "Rules that cannot be read never widen anything, and are told.",
    heldBy: {
      "packages/sandbox/src/rules/open-rules.test.ts": ["a folder that cannot be listed", "what is damaged is told"],
      "packages/config/src/load-config.test.ts": ["rules that are left out are told"],
    },
  },
  {
    says: "A model that keeps asking for what the reviewer denies is stopped, and only the user lifts a denial.",
    heldBy: {
      "tests/reviewer.test.ts": ["three denials in a row", "what the user approves by hand"],
      "packages/core/src/review-approval/too-many-denials.test.ts": [""],
    },
  },
  {
    says: "A sandbox that another program was told of is taken as it is, or refused.",
    heldBy: { "tests/sandbox-command.test.ts": ["the state that", "a root that may be read", "network_rule in files"] },
  },
  {
    says: "What a client writes into config.toml keeps its comments, and never overwrites what it has not seen.",
    heldBy: { "tests/app-server/config.test.ts": ["keeps the comments", "of two writers", "a stronger source"] },
  },
  {
    says: "Feedback is saved on this machine and sent nowhere.",
    heldBy: { "tests/app-server/config.test.ts": ["feedback is saved"] },
  },
  {
    says: "The app server's documentation says of each stable method whether it is there.",
    heldBy: { "tests/app-server-methods-docs.test.ts": [""] },
  },
  {
    says: "Cheap calls of the app server are answered as by the original.",
    heldBy: { "tests/parity/survey.test.ts": ["cheap calls"] },
  },
  {
    says: "What the program prints of its protocol is the original's, in files, names and types; each difference has a reason.",
    heldBy: {
      "tests/contract/schemas.test.ts": [
        "the JSON Schemas are those of the original",
        "the TypeScript has the original's files, names and types",
        "the TypeScript compiles on its own",
      ],
    },
  },
  {
    says: "Wrong params are refused in the words that clients of the original know, experimental ones without consent too.",
    heldBy: {
      "tests/contract/wrong-params.test.ts": ["wrong params are refused", "experimental parts need the same consent"],
      "packages/protocol/src/read-value.test.ts": ["absent fields are filled in"],
      "packages/protocol/src/find-experimental.test.ts": ["needs consent"],
    },
  },
  {
    says: "A client's commands run in the sandbox and answer as the original's do; they and its processes end with it.",
    heldBy: {
      "tests/parity/machine.test.ts": ["commands", "processes", "environments"],
      "tests/app-server-machine.test.ts": [
        "end with it, with all that they started",
        "the end of the input ends what runs",
        "in the same breath",
        "held by the sandbox of the config",
        "no panic",
      ],
      "packages/platform/src/run-limited.test.ts": ["cuts each stream at the cap", "holds the process up"],
    },
  },
  {
    says: "A client's file operations answer as the original's do, with a code for each failure; watches miss nothing that comes back.",
    heldBy: {
      "tests/parity/machine.test.ts": ["files"],
      "tests/app-server-machine.test.ts": [
        "failures of files have a code",
        "copied onto itself",
        "watches belong to one client",
      ],
      "packages/platform/src/file-operations.test.ts": ["is not copied into itself", "not what it leads to"],
      "packages/platform/src/watch-path.test.ts": ["goes and comes back", "not there yet", "two who watch one folder"],
    },
  },
  {
    says: "File searches rank as the original's do, leave out .git, and hold up nobody; a diff to the remote has all that is not there.",
    heldBy: {
      "tests/parity/machine.test.ts": ["searches", "diffs"],
      "tests/app-server-machine.test.ts": ["a search of a big tree", "a diff to the remote has"],
      "packages/app-server/src/file-search/rank-paths.test.ts": ["others have their turn", "the fifty best"],
    },
  },
  {
    says: "A question of a thread belongs to the thread: it outlives clients, is put to whoever comes, and the first answer counts.",
    heldBy: {
      "tests/app-server/questions.test.ts": [
        "outlives its client",
        "waits while no client is there",
        "the first answer counts",
        "an answer that is none declines",
      ],
    },
  },
  {
    says: "Clients bring tools of their own; in plan mode the model may ask the user; wider permissions are granted as far as asked for.",
    heldBy: {
      "tests/app-server/questions.test.ts": [
        "the client's own tools",
        "fails the call and not the turn",
        "tools that the service would refuse",
        "in plan mode",
        "a proposed plan is an item",
        "outside of plan mode",
        "what the user grants",
        "a grant for the session",
        "nobody may be asked",
      ],
    },
  },
  {
    says: "A turn is steered, interrupted and given new settings with the original's words; nothing said while it runs is lost.",
    heldBy: {
      "tests/app-server/live-turns.test.ts": [
        "answered before it has begun",
        "becomes part of it",
        "cannot be steered or interrupted",
        "stays for the next",
        "settings can be changed without a turn",
        "beside the user's words",
        "text keeps its marks",
        "rate limits are told",
        "a retry names what it replaces",
      ],
    },
  },
  {
    says: "The user's own commands, items that a client puts in, and commands left running are part of a thread, and can be ended.",
    heldBy: {
      "tests/app-server/live-turns.test.ts": [
        "a command of the user runs outside the sandbox",
        "ends with its time",
        "beside a running turn",
        "items that a client puts in",
        "commands that outlive their call",
      ],
    },
  },
  {
    says: "A long conversation is compacted, when asked for or when the window is nearly full; what fails changes nothing.",
    heldBy: {
      "tests/app-server/compaction.test.ts": [
        "a turn of its own",
        "after a resume",
        "nearly full",
        "begins with a compaction",
        "a compaction that fails",
        "what comes while",
        "its beginning is left out",
        "cannot be steered",
      ],
    },
  },
  {
    says: "Threads on disk are listed, read in pages, noted, put away, deleted and taken back to before a turn, and nothing of it is lost.",
    heldBy: {
      "tests/app-server/stored-threads.test.ts": [
        "turns are read in pages",
        "items are read in pages",
        "the list is sorted as asked",
        "has lost it for good",
        "is archived with all its files",
        "outlives the server",
      ],
      "tests/session-commands.test.ts": ["archive, unarchive and delete", "only a yes at the terminal"],
    },
  },
  {
    says: "A resumed thread runs with what it ran with, and never with more leave to write than the config gives.",
    heldBy: {
      "tests/app-server/stored-threads.test.ts": [
        "runs with what it ran with",
        "leave to write that a thread once had",
      ],
    },
  },
  {
    says: "A thread that nobody hears of is closed, and loaded again when it is needed.",
    heldBy: {
      "tests/app-server/stored-threads.test.ts": ["is closed after a while", "a turn in a thread that is stored only"],
    },
  },
  {
    says: "A message queued for a thread is said in its turn, once, and never lost or said while nobody can see it.",
    heldBy: {
      "tests/app-server/stored-threads.test.ts": ["what is queued for a thread"],
      "tests/session-commands.test.ts": ["a queued message is heard"],
    },
  },
  {
    says: "Editors that speak ACP, and the AI SDK, work over this program with their published clients unchanged.",
    heldBy: {
      "tests/clients-acp.test.ts": ["codex-acp"],
      "tests/clients-ai-sdk.test.ts": ["text, a stream with a tool", "over the app server"],
    },
  },
  {
    says: "A client of the app server hears what it would hear of the original, but for differences that each have a reason.",
    heldBy: { "tests/parity/app-server/exchanges.test.ts": ["exchange.name", "differences.yaml names"] },
  },
  {
    says: "Signing in by browser, code, key or personal access token stores one login for its owner alone; no address, log or error holds a token.",
    heldBy: {
      "tests/sign-in.test.ts": [
        "signs in by the browser",
        "an API key is read from stdin",
        "a personal access token is asked whose it is once",
        "tokens, keys and codes are in no log",
      ],
      "packages/auth/src/sign-in/browser-sign-in.test.ts": [
        "no address holds a token",
        "only the right request counts",
      ],
      "packages/auth/src/sign-in/device-sign-in.test.ts": ["asks until the code was typed"],
    },
  },
  {
    says: "A sign-in that fails leaves the old login, which is revoked only when the new one is stored.",
    heldBy: { "tests/sign-in.test.ts": ["revoked when the new one is stored, and not before"] },
  },
  {
    says: "However many threads and processes need a fresh token, one request is made; a refused refresh token is never sent again.",
    heldBy: {
      "tests/sign-in.test.ts": [
        "two servers of four threads",
        "no later run sends the token again",
        "by three servers that are asked a hundred times",
      ],
      "packages/auth/src/open-session.test.ts": [
        "refresh an expired token once",
        "a refused refresh token is sent once",
      ],
    },
  },
  {
    says: "A running conversation keeps its account, and a login that the config does not allow is refused, not deleted.",
    heldBy: {
      "packages/auth/src/open-session.test.ts": ["keeps its account when another is signed in to"],
      "tests/sign-in.test.ts": ["no run deletes a login that it may not use"],
    },
  },
  {
    says: "A command that the sandbox stops may run again with exactly what it lacked, where that is switched on and the user or reviewer says yes.",
    heldBy: {
      "tests/app-server/offered-grants.test.ts": [
        "exactly the folder that it lacked",
        "a file that is there is opened alone",
        "nothing else that is protected",
        "a host is opened alone",
        "or what is too much",
        "cancelling ends the turn",
      ],
      "tests/reviewer.test.ts": ["what the sandbox stops may run again"],
      "packages/sandbox/src/read-denials.test.ts": [""],
    },
  },
  {
    says: "What changes in a trusted project has nobody's trust until the user says so, where that is switched on.",
    heldBy: {
      "packages/config/src/load-config.test.ts": [
        "the project counts as not trusted until --trust",
        "what is damaged in the list of hashes",
      ],
      "tests/app-server/safer-options.test.ts": ["instructions that change in a trusted project"],
    },
  },
  {
    says: "Users say how far an approval for the session goes, which dangers are asked about, and whose skills and startup files speak.",
    heldBy: {
      "tests/app-server/safer-options.test.ts": [
        "a beginning of commands is approved",
        "does not let a command out",
        "what destroys is asked about",
        "in a disposable environment",
        "skills of a project that is not trusted",
        "what startup files of the shell print",
      ],
    },
  },
  {
    says: "A value that an administrator does not allow gives way, and programs are told with the start.",
    heldBy: { "tests/administrator.test.ts": ["told to programs as well"] },
  },
  {
    says: "A hundred threads run turns at once; a client that does not listen costs a bounded share and holds up nobody.",
    heldBy: { "tests/app-server-load.test.ts": ["a hundred threads", "does not listen", "frames that are binary"] },
  },
  {
    says: "Clients of the app server sign in and out in each way there is; the answer comes before the news, and every end is told.",
    heldBy: {
      "tests/app-server-account.test.ts": [
        "is stored, and forgotten again",
        "in the browser: one sign-in at a time",
        "in the browser: a server that ends leaves nothing",
        "by a code typed elsewhere",
        "is known from its tokens while the service does not say",
        "that no header can carry is refused",
      ],
    },
  },
  {
    says: "A login that the service has refused for good is asked about once, and clients are told why somebody has to sign in.",
    heldBy: { "tests/app-server-account.test.ts": ["that is refused for good is not asked about again"] },
  },
  {
    says: "Tokens that a client brings stay in memory, belong to an allowed workspace, and only that client is asked for others, once.",
    heldBy: {
      "tests/app-server-account.test.ts": [
        "stay in memory, keep other logins out",
        "are renewed by the client that brought them",
        "belong to the workspaces that the config allows",
      ],
    },
  },
  {
    says: "Clients of 0.58 sign in and out by the names they know.",
    heldBy: { "tests/app-server-account.test.ts": ["older clients sign in and out"] },
  },
  {
    says: "A client elsewhere runs processes and works on files of this machine by `codex exec-server`, in order and in the sandbox it asks for.",
    heldBy: {
      "tests/exec-server.test.ts": [
        "a process on pipes",
        "a terminal: its size",
        "files: written, described, walked",
        "a sandbox holds processes and file operations alike",
        "messages that are none",
      ],
      "packages/exec-server/src/request-queue.test.ts": [
        "files: reading overlaps",
        "a process: all wait for its start",
      ],
    },
  },
  {
    says: "What exec-server's clients started survives a lost connection for a while, and never the server.",
    heldBy: {
      "tests/exec-server.test.ts": [
        "a session is taken up again",
        "a connection that was lost without a word",
        "what it started ends with it",
      ],
    },
  },
  {
    says: "Requests that exec-server makes for a client stream as they come, and take no credentials to another host.",
    heldBy: { "tests/exec-server.test.ts": ["HTTP: a body that streams as it comes"] },
  },
  {
    says: "Nobody without the token, and no page of a browser, reaches an exec-server that asks for one.",
    heldBy: { "tests/exec-server.test.ts": ["clients prove who they are", "clients with a signed token"] },
  },
  {
    says: "Only the hosts that the login needs are called, and where a workspace or an administrator binds requests to a place they go nowhere else.",
    heldBy: {
      "tests/hosts.test.ts": [
        "with an API key only the API",
        "with a provider of one's own only that",
        "with a ChatGPT login its service is asked",
        "a FedRAMP account's are not sent",
        "where the administrator demands a residency",
      ],
      "tests/parity/hosts.test.ts": ["hosts and headers, beside the original"],
    },
  },
  {
    says: "Cookies by which Cloudflare routes a client last as long as the process, and go to ChatGPT's hosts alone.",
    heldBy: {
      "tests/hosts.test.ts": ["keep a process at its place", "are for no other host"],
      "packages/auth/src/cloudflare-cookies/with-cookies.test.ts": ["a caller's own cookies go out alone"],
    },
  },
  {
    says: "A cloud task's diff is applied whole or not at all but for marked conflicts, with a true count, and leaves no other file.",
    heldBy: {
      "tests/cloud.test.ts": ["its diff is applied with the true count", "leaves their conflict, or nothing at all"],
      "tests/parity/cloud.test.ts": ["the tasks of the cloud, beside the original"],
    },
  },
  {
    says: "A saved login goes to no address that only the environment names, and no service's answer brings a token onto the screen.",
    heldBy: {
      "tests/cloud.test.ts": ["another service gets the token that was given for it", "sends the token back"],
    },
  },
  {
    says: "The proxy for the Responses API passes one route on, byte for byte as it comes, and tells its failures as JSON.",
    heldBy: {
      "tests/responses-api-proxy.test.ts": [
        "passes one route on, with the key in place of what the client says",
        "arrives before the next one is sent",
        "the pieces of a request, too",
        "and does not pile up",
        "ends the client's connection",
        "takes its request to the service with it",
        "200 at once get all their answers",
        "is refused, and nothing behind it is read as another",
        "are told as JSON, and the connection goes on",
        "within the times that were asked for",
        "only the owner reads it",
      ],
      "tests/parity/proxy.test.ts": ["passes on and answers as the original does"],
      "tests/responses-api-proxy-github.test.ts": ["the runner's token becomes GitHub's", "says so without a token"],
    },
  },
  {
    says: "The proxy's key stands in one locked place of its memory, and no other process of its user can look there.",
    heldBy: {
      "tests/responses-api-proxy-shield.test.ts": [
        "holds the key in one locked place only",
        "nobody can read memory or environment, nor attach",
        "is gone before the key is read",
      ],
      "tests/responses-api-proxy-github.test.ts": ["over TLS, too", "whose certificate nobody vouches for gets no key"],
      "tests/responses-api-proxy.test.ts": ["no secret of either side", "does not repeat it"],
    },
  },
  {
    says: "Where no setting says what may be written, only what the person trusts may be.",
    heldBy: { "packages/sandbox/src/permissions/demands.test.ts": ["a trusted project may be written"] },
  },
  {
    says: "No secret stands in anything that is printed, logged, recorded, dumped or left by a crash, nor before a command without network.",
    heldBy: {
      "tests/secrets.test.ts": [
        "exec with a ChatGPT login",
        "exec with keys and tokens of the environment",
        "a command that prints whatever it can see",
        "a run that dies of",
        "the app server through every way to sign in",
        "the commands that sign in and out",
        "the server that works for another machine",
        "the proxy and its dumps",
      ],
    },
  },
  {
    says: "The documents name only pages, headings, commands and options that exist, and every command is named.",
    heldBy: {
      "tests/docs.test.ts": [
        "each link leads somewhere",
        "each page can be reached from the first",
        "each command and option of an example is there",
        "the page of the command line names each command",
      ],
    },
  },
  {
    says: "The account methods answer, tell and ask the services what the original's do, but for listed differences with reasons.",
    heldBy: {
      "tests/parity/account.test.ts": ["account methods, beside the original"],
    },
  },
];
