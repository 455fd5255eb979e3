import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import * as whole from "preact";
import { jsx } from "preact/jsx-runtime";
import { build, type Rollup } from "vite";
import { afterEach, beforeAll, expect, test } from "vitest";
import { leanPreact } from "./lean-preact.ts";

type Preact = Pick<typeof whole, "render" | "Component" | "Fragment" | "options">;
type Jsx = (type: unknown, props: object, key?: string) => whole.VNode;

/** A tree as data: what both Preacts are to draw. */
type Tree =
  | string
  | null
  | {
      tag: "p" | "ul" | "svg" | "textarea" | "progress" | "Shown" | "Fragment";
      key?: string;
      title?: string;
      inside: Tree[];
    };

let lean: Preact & { jsx: Jsx };

beforeAll(async () => {
  const entry = "both-doors";
  const built = (await build({
    configFile: false,
    logLevel: "error",
    plugins: [
      leanPreact(),
      {
        name: "entry",
        resolveId: (id) => (id.endsWith(entry) ? entry : undefined),
        load: (id) => (id === entry ? 'export * from "preact"; export { jsx } from "preact/jsx-runtime";' : undefined),
      },
    ],
    build: { write: false, lib: { entry, formats: ["iife"], name: "lean" }, rolldownOptions: { treeshake: false } },
  })) as Rollup.RollupOutput[];
  lean = new Function(`${built[0]?.output[0].code}; return lean`)();
  // The widget's hooks always listen: nobody looks whether anybody does.
  lean.options.vnode = () => {};
});

afterEach(() => {
  document.body.replaceChildren();
});

test("draws, and draws anew, as the whole of Preact does", () => {
  fc.assert(
    fc.property(fc.array(tree(), { minLength: 2, maxLength: 4 }), (trees) => {
      const [ours, theirs] = [document.createElement("div"), document.createElement("div")];
      for (const one of trees) {
        lean.render(drawn(one, lean, lean.jsx), ours);
        whole.render(drawn(one, whole, jsx as Jsx), theirs);
        expect(ours.innerHTML).toBe(theirs.innerHTML);
      }
    }),
    { numRuns: 300 },
  );
});

test("keeps an element that only moves, and puts what was said into its ref", () => {
  const place = document.body.appendChild(document.createElement("div"));
  const ref = { current: null };
  const list = (keys: string) =>
    lean.jsx("ul", {
      children: [...keys].map((key) => lean.jsx("li", { children: key, ...(key === "c" && { ref }) }, key)),
    });
  lean.render(list("abcd"), place);
  const before = [...place.querySelectorAll("li")];
  lean.render(list("dbca"), place);
  const after = [...place.querySelectorAll("li")];
  expect(after.map(({ textContent }) => textContent).join("")).toBe("dbca");
  expect(new Set(after)).toEqual(new Set(before));
  expect(ref.current).toBe(before[2]);
  lean.render(null as never, place);
  expect(ref.current).toBeNull();
});

test("draws a component again that asks for it, and tells it of its life", async () => {
  const place = document.body.appendChild(document.createElement("div"));
  const life: string[] = [];
  let count = 0;
  class Counter extends lean.Component {
    override componentDidMount() {
      life.push("mount");
    }
    override componentDidUpdate() {
      life.push("update");
    }
    override componentWillUnmount() {
      life.push("unmount");
    }
    override render() {
      const onClick = () => {
        count++;
        this.setState({});
      };
      return lean.jsx("button", { onClick, children: `${count}` });
    }
  }
  lean.render(lean.jsx(Counter, {}), place);
  place.querySelector("button")?.click();
  await Promise.resolve();
  expect(place.textContent).toBe("1");
  lean.render(null as never, place);
  expect(life).toEqual(["mount", "update", "unmount"]);
});

test("gives a broken drawing to the one above that catches, which draws something else", async () => {
  const place = document.body.appendChild(document.createElement("div"));
  let broken = true;
  class Above extends lean.Component {
    override componentDidCatch() {
      broken = false;
      this.setState({});
    }
    override render() {
      return lean.jsx(Below, {});
    }
  }
  class Below extends lean.Component {
    override render() {
      if (broken) throw new Error("broken");
      return lean.jsx("p", { children: "mended" });
    }
  }
  lean.render(lean.jsx(Above, {}), place);
  await Promise.resolve();
  expect(place.innerHTML).toBe("<p>mended</p>");
});

test("hears from the drawing on that a handler is there, and not any more once it is gone", () => {
  const place = document.body.appendChild(document.createElement("div"));
  let heard = 0;
  const draw = (listens: boolean) =>
    lean.render(lean.jsx("button", { onPointerEnter: listens && (() => heard++) }), place);
  for (const listens of [false, true, false]) {
    draw(listens);
    place.querySelector("button")?.dispatchEvent(new Event("pointerenter"));
  }
  expect(heard).toBe(1);
});

test("is asked for nothing that was cut", () => {
  const views = ["widget", "ui"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".tsx") && !file.includes(".test."))
      .map((file) => readFileSync(`${folder}/${file}`, "utf8")),
  );
  expect(views.length).toBeGreaterThan(20);
  const cut = /\s(?:dangerouslySetInnerHTML|defaultChecked|checked|popover)=|\sstyle=(?:"|\{["`])/;
  expect(views.filter((view) => cut.test(view))).toEqual([]);
});

function tree(): fc.Arbitrary<Tree> {
  return fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom("", "a", "b", null),
      fc.record(
        {
          tag: fc.constantFrom("p", "ul", "svg", "textarea", "progress", "Shown", "Fragment"),
          key: fc.constantFrom("1", "2", "3", "4"),
          title: fc.constantFrom("x", "y"),
          inside: fc.array(tie("tree"), { maxLength: 4 }),
        },
        { requiredKeys: ["tag", "inside"] },
      ) as fc.Arbitrary<Tree>,
    ),
  })).tree;
}

function drawn(tree: Tree, preact: Preact, make: Jsx): whole.ComponentChild {
  if (tree === null || typeof tree === "string") return tree;
  const { tag, key, inside, ...props } = tree;
  const keys = inside.map((one) => (typeof one === "object" ? one?.key : undefined));
  // Two of the same key beside each other are nobody's right.
  const children = inside
    .filter((_, at) => keys[at] === undefined || keys.indexOf(keys[at]) === at)
    .map((one) => drawn(one, preact, make));
  if (tag === "Fragment") return make(preact.Fragment, { children }, key);
  if (tag === "textarea" || tag === "progress")
    return make(tag, { ...props, value: children.length, class: "field" }, key);
  if (tag !== "Shown") return make(tag, { ...props, style: { order: children.length }, children }, key);
  return make(shownBy(preact), { children }, key);
}

const shown = new WeakMap<Preact, unknown>();

/** A component in that Preact: the same one at each drawing. */
function shownBy(preact: Preact): unknown {
  const known = shown.get(preact);
  if (known) return known;
  class Shown extends preact.Component<{ children: whole.ComponentChild[] }> {
    override render() {
      return this.props.children.length > 2 ? null : this.props.children;
    }
  }
  shown.set(preact, Shown);
  return Shown;
}
