import { type Rewrite, rewriteOnLoad } from "./rewrite.ts";

/*
 * The checker is itself checked: each of these breaks the product on purpose, in the server's process
 * (`--import` this file, `FAULTS_BREAKAGE` names one) or in the people's, where the widget runs, and each must be found.
 */

export const BREAKAGES = {
  "acknowledge-before-commit": [
    {
      file: "/server/store/writer.ts",
      find: "    transaction.commit();\n",
      // Not the first few, which set the stage.
      put: `    globalThis.commits = (globalThis.commits ?? 0) + 1;
    if (globalThis.commits > 25) {
      for (const one of batch) one.settle();
      await new Promise((later) => setTimeout(later, 250));
    }
    transaction.commit();\n`,
    },
  ],
  "no-unique-id": [
    {
      file: "/server/desk/conversations/posting.ts",
      find: "if (!row) return undefined;",
      put: "if (row || !row) return undefined;",
    },
    {
      file: "/server/store/migrations/0012-sent-in-order.ts",
      find: 'createIndex("event_sent").unique()',
      put: 'createIndex("event_sent")',
    },
  ],
  "free-running-sequence": [
    {
      file: "/server/desk/conversations/log.ts",
      find: "const seq = record.view.head[stream] + 1;",
      // As a database's own sequence does: what is rolled back leaves a hole, and nobody counts by conversation.
      put: "globalThis.freeRunning = Math.max((globalThis.freeRunning ?? 0) + 1, record.view.head[stream] + 1); const seq = globalThis.freeRunning;",
    },
  ],
  "fetch-then-subscribe": [
    { file: "/server/live/visitor.ts", find: "    live.audience.enterVisitor(member);\n", put: "" },
    {
      file: "/server/live/visitor.ts",
      find: '    peer.send("hello", {',
      put: '    await new Promise((later) => setTimeout(later, 10));\n    live.audience.enterVisitor(member);\n    peer.send("hello", {',
    },
  ],
  "lost-pushes": [
    {
      file: "/server/live/socket-io.ts",
      find: "      client.writeToEngine(packets, options);\n",
      put: '      if (name === "event" && Math.random() < 0.01) return;\n      client.writeToEngine(packets, options);\n',
    },
  ],
  "synchronous-normal": [
    { file: "/server/store/sqlite.ts", find: 'pragma("synchronous = full")', put: 'pragma("synchronous = normal")' },
    { file: "/server/store/sqlite.ts", find: "const FULL = 2;", put: "const FULL = 1;" },
  ],
  "restore-without-epoch": [{ file: "/server/store/backup.ts", find: "run(mintId(now));", put: "bind(mintId(now));" }],
  /** An edit is acknowledged as it was asked for, and stored as something else. */
  "edit-stored-otherwise": [
    {
      file: "/server/desk/conversations/log.ts",
      find: "body: JSON.stringify(body),",
      put: 'body: JSON.stringify(type === "edited" ? { ...body, text: "Edited" } : body),',
    },
  ],
  "edit-of-anybodys": [
    {
      file: "/server/desk/conversations/own-messages.ts",
      find: "if (row.kind !== events.KINDS.agent || row.author !== agent.key) {",
      put: "if (row.kind === events.KINDS.system) {",
    },
  ],
  "redacted-in-edits": [
    {
      file: "/server/desk/conversations/own-messages.ts",
      find: 'const emptied = JSON.stringify({ target, text: "" });',
      put: "const emptied = JSON.stringify(change);",
    },
  ],
  "redacted-in-search": [
    {
      file: "/server/store/search.ts",
      find: 'new Set(["posted", "noted", "edited", "redacted"])',
      put: 'new Set(["posted", "noted", "edited"])',
    },
  ],
  /** In lists and greetings the newest message is still the one that was taken back. */
  "redacted-in-rows": [
    {
      file: "/protocol/apply-talk.ts",
      find: 'conversation.latest = { ...conversation.latest, text: "" };',
      put: "conversation.latest = { ...conversation.latest };",
    },
  ],
  "marks-go-back": [
    {
      file: "/server/desk/conversations/agent-commands.ts",
      find: "if (seq <= record.view.read.agents) return undefined;",
      put: "",
    },
    {
      file: "/server/desk/conversations/visitor-commands.ts",
      find: "if (seq <= record.view.read.visitor) return undefined;",
      put: "",
    },
  ],
  "notes-to-visitors": [
    {
      file: "/server/live/audience.ts",
      find: 'events.filter((event: Event) => event.stream === "talk")',
      put: 'events.filter((event: Event) => event.stream === "talk" || Math.random() < 0.1)',
    },
  ],
  /** Of a note no event reaches a visitor, but the conversation that they are greeted with names its words. */
  "note-in-greeting": [
    {
      file: "/protocol/apply.ts",
      find: "      event.type satisfies",
      put: '      if (event.type === "noted") conversation.subject = event.text;\n      event.type satisfies',
    },
  ],
  "typing-told-to-all": [
    {
      file: "/server/live/visitor.ts",
      find: 'audience.pulse(place, { type: "typing", conversation, by, on }, member.peer);',
      put: 'for (const one of audience.visitors()) one.peer.send("pulse", { type: "typing", conversation, by, on });',
    },
  ],
  "head-before-events": [
    {
      file: "/server/desk/conversations/reading.ts",
      find: "const listed = await",
      put: "await new Promise((later) => setTimeout(later, 20));\n  const listed = await",
    },
    {
      file: "/server/desk/conversations/reading.ts",
      find: "withinLength(listed.filter((row) => row.seq <= head))",
      put: "withinLength(listed)",
    },
  ],
  /** In the people's process: the widget forgets what was not acknowledged when the page is gone. */
  "outbox-in-memory": [
    { file: "/widget/models/outbox.ts", find: "    storage.set(KEY + outgoing.post.id, outgoing);\n", put: "" },
  ],
} satisfies Record<string, readonly Rewrite[]>;

export type Breakage = keyof typeof BREAKAGES;

const named = process.env.FAULTS_BREAKAGE;
if (named !== undefined) {
  if (!(named in BREAKAGES)) throw new Error(`No such breakage: ${named}`);
  rewriteOnLoad(BREAKAGES[named as Breakage]);
}
