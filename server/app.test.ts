import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ConversationId, EventId } from "../protocol/index.ts";
import { photo } from "../test/support/pictures.ts";
import type { AgentActor, VisitorActor } from "./desk/actors.ts";
import type { Desk } from "./desk/desk.ts";
import { type Started, start } from "./start.ts";
import { agentByEmail, updateAgent } from "./store/agents.ts";
import { mintId } from "./store/ids.ts";

const OWNER = { email: "olga@desk.example", password: "correct horse battery" };

let folder: string;
let started: Started | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "deskbell-"));
});
afterEach(async () => {
  await started?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The server, anew, where it is reached at another address. */
async function startAt(address: string | undefined): Promise<{ url: string; desk: Desk; owner: AgentActor }> {
  await started?.close();
  started = await start({
    env: {
      PORT: "0",
      HOST: "127.0.0.1",
      DATA_DIR: join(folder, "data"),
      LOG_LEVEL: "silent",
      DESKBELL_OWNER_EMAIL: OWNER.email,
      DESKBELL_OWNER_PASSWORD: OWNER.password,
      ...(address !== undefined && { PUBLIC_URL: address }),
    },
  });
  const { desk } = started.app;
  return { url: started.url, desk, owner: await ownerOf(desk) };
}

/** As they are known now: with the face and the sites that they have. */
async function ownerOf(desk: Desk): Promise<AgentActor> {
  const row = await desk.store.read((db) => agentByEmail(db, OWNER.email));
  const owner = await desk.agents.byKey(row?.id ?? 0);
  if (!owner) throw new Error("No owner");
  return owner;
}

async function showFace({ photos }: Desk, agent: AgentActor): Promise<void> {
  const path = join(folder, "me.jpg");
  writeFileSync(path, await photo({ width: 300, height: 300 }));
  await photos.put(agent, { path, name: "me.jpg", size: 1, hash: new Uint8Array(32) });
}

/**
 * What stands for the agent's face, once each: for themself, colleagues, and the visitor whom they answered. That somebody
 * joined is a stored fact, which reads as it did (D11).
 */
async function facesIn(desk: Desk, owner: AgentActor, { visitor, conversation }: Talk): Promise<string[]> {
  const opened = await desk.asAgent.execute(owner, { type: "open", conversation });
  const synced = await desk.asVisitor.execute(visitor, { type: "sync", conversation, after: 0 });
  const people = await desk.people.list(owner);
  const said = JSON.stringify([owner, people, opened, synced], (key, value) => (key === "agent" ? undefined : value));
  expect(said.match(/"avatar"/g)?.length).toBeGreaterThanOrEqual(5);
  return [...new Set(Array.from(said.matchAll(/"avatar":"([^"]+)"/g), ([, avatar = ""]) => avatar))];
}

interface Talk {
  visitor: VisitorActor;
  conversation: ConversationId;
}

async function talk(desk: Desk, owner: AgentActor): Promise<Talk> {
  const site = await desk.sites.create(owner, { name: "Shop", origins: ["https://shop.example"] });
  const { visitor } = await desk.visitors.welcome(site);
  const conversation = mintId<ConversationId>();
  const id = () => mintId<EventId>();
  await desk.asVisitor.execute(visitor, { type: "post", conversation, id: id(), text: "Hello?" });
  await desk.asAgent.execute(await ownerOf(desk), { type: "post", conversation, id: id(), text: "Hello!", seen: 1 });
  return { visitor, conversation };
}

test("a face stands at the server's address of today for everybody who is told of it, wherever it was uploaded", async () => {
  const before = await startAt("http://localhost:3000");
  await showFace(before.desk, before.owner);
  const said = await talk(before.desk, before.owner);
  const now = await startAt("https://desk.example");
  const [face, ...others] = await facesIn(now.desk, now.owner, said);
  expect(others).toEqual([]);
  expect(face).toMatch(/^https:\/\/desk\.example\/files\/[\w-]+\/[\w-]+$/);

  // A server whose port says where it is knows only once it listens.
  const local = await startAt(undefined);
  const path = new URL(face ?? "").pathname;
  expect(await facesIn(local.desk, local.owner, said)).toEqual([`${local.url}${path}`]);
  const answer = await fetch(`${local.url}${path}`);
  expect(answer.headers.get("content-type")).toBe("image/webp");
});

test("an address of another server's file that was entered as a face stays as it is", async () => {
  const { desk, owner } = await startAt("http://localhost:3000");
  const avatar = "https://other.example/files/01a230b0-d898-7017-b17b-d0e65515a207/AAAAAAAAAAAAAAAAAAAAAAAA";
  await desk.store.write((db) => updateAgent(db, owner.key, { avatar }));
  const now = await startAt("https://desk.example");
  expect(now.owner.avatar).toBe(avatar);
});
