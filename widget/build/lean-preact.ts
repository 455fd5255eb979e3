import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

/*
 * Preact without what the widget never does: hydration, Suspense, portals, `createContext`, life cycles of old, MathML, HTML
 * strings, styles as text, hooks for devtools. A third of it, and of the work at each drawing. Functions are no components
 * here, because `hooks.ts` has made a class of each; a Fragment is the class whose drawing is its children. What is cut is
 * named by its first and last words in Preact's sources; a version in which they have moved fails the build.
 */

const SOURCES = join(dirname(fileURLToPath(import.meta.resolve("preact"))), "../src");
const source = (file: string) => JSON.stringify(join(SOURCES, file));

/** What the widget imports. JSX goes through the one maker of vnodes. */
const DOORS: Record<string, string> = {
  preact: `
export { render } from ${source("render.js")};
export { BaseComponent as Component, BaseComponent as Fragment } from ${source("component.js")};
export { default as options } from ${source("options.js")};`,
  "preact/jsx-runtime": `
import { createVNode } from ${source("create-element.js")};
export { BaseComponent as Fragment } from ${source("component.js")};
export function jsx(type, props, key) {
  if (typeof type == "function" || !("ref" in props)) return createVNode(type, props, key);
  const { ref, ...rest } = props;
  return createVNode(type, rest, key, ref);
}
export { jsx as jsxs };`,
};

/** From the first words up to the last, which stay; what stands there instead. */
type Cut = readonly [from: string, to: string, instead?: string];

const CUTS: Record<string, readonly Cut[]> = {
  "util.js": [[" && node.parentNode", ") node.remove()"]],
  "component.js": [
    ["Fragment;\n", "\n/**", "props => props.children;\n"],
    ["\t// only clone state", "\tif (this._vnode) {"],
    ["\t\tif (callback) {\n\t\t\tthis._state", "\t\tenqueueRender(this);"],
    ["/**\n * Immediately perform", "/**\n * Accepts `props`"],
    [" && !vnode.props._parentDom\n", "\t\t? getDomSibling"],
    ["\t\tif (options.vnode)", "\t\tdiff("],
    ["oldVNode._flags & MODE_HYDRATE ? [oldDom] : NULL,", "\n\t\t\tcommitQueue"],
    ["oldVNode._flags & MODE_HYDRATE,", "\n\t\t\trefQueue"],
    [" && !vnode.props._parentDom) {", "\n\t\t// _dom starts", ") {"],
    [" ||\n\t\tprevDebounce !=", "\n\t) {"],
    ["\t\tprevDebounce = options", "\t}\n}\n", "\t\tqueueMicrotask(process);\n"],
    ["(prevDebounce || queueMicrotask)", "(process);\n\t\t}\n\t}", "queueMicrotask"],
  ],
  "create-element.js": [
    ["if (!original && options.vnode)", " options.vnode(vnode);", "if (!original)"],
    ["export function Fragment", "/**\n * Check if", "export { BaseComponent as Fragment } from './component';\n"],
  ],
  "render.js": [
    ["\tif (options._root)", "\t// To be able to support"],
    ["isHydrating ? NULL : ", "parentDom._children;"],
    ["oldVNode\n\t\t\t? NULL\n\t\t\t: parentDom.firstChild", "\n\t\tcommitQueue,\n\t\toldVNode ?"],
    ["oldVNode ? oldVNode._dom : parentDom.firstChild", ",\n\t\t// @ts-expect-error we", "oldVNode && oldVNode._dom"],
    ["isHydrating,\n\t\trefQueue", "\n\t);", "refQueue"],
  ],
  "diff/catch-error.js": [
    ["\t\t\tcomponent._bits |= COMPONENT_FORCE;", "\n\t\t\ttry"],
    ["\t\t\t\tctor = component.constructor;", "\t\t\t\tif (component.componentDidCatch", "\t\t\t\thandled = 0;\n"],
  ],
  "diff/children.js": [
    [" ||\n\t\t\ttypeof childVNode == 'function'", "\n\t\t) {"],
    [" ||\n\t\t\tchildVNode.constructor === String", "\n\t\t) {"],
    [" || oldVNode._flags & REF_DETACHED", ") {\n\t\t\tif (oldVNode.ref)"],
    ["\t\t// Root children live in another", "\t\tlet children = parentVNode"],
    ["\t\t// A cursor a parked Suspense", "\t\tlet dom = parentVNode"],
    ["\t\tlet next = oldDom;", "\t\tif (dom != next)", ""],
    ["dom != next", ") {\n\t\t\t// Containers", "dom != oldDom"],
    [
      "\twhile (\n\t\t(oldDom = oldDom && oldDom.next",
      "\treturn oldDom;\n}",
      "\toldDom = oldDom && oldDom.nextSibling;\n",
    ],
  ],
  "diff/index.js": [
    ["\t// If the previous diff bailed out", "\touter: if"],
    ["\t\t\tconst isClassComponent", "\t\t\t// Get component and", "\t\t\tconst componentContext = globalContext;\n"],
    [
      "\t\t\t\tif (isClassComponent) {\n\t\t\t\t\t// @ts-expect-error",
      "\t\t\t\tif (!c.state)",
      "\t\t\t\tnewVNode._component = c = new newType(newProps, componentContext);\n",
    ],
    ["\t\t\t\tif (!c.state)", "\t\t\t\tc._globalContext"],
    ["\t\t\t\tc._stateCallbacks = [];\n\t\t\t}\n", "\t\t\tif (isClassComponent) {\n\t\t\t\tif (!c._next", "\t\t\t}\n"],
    ["\t\t\tif (isClassComponent) {\n\t\t\t\tif (!c._next", "\t\t\toldProps = c.props;"],
    ["\t\t\toldProps = c.props;", "\t\t\tc._vnode ="],
    [
      "\t\t\t\tif (\n\t\t\t\t\tisClassComponent &&\n\t\t\t\t\t!newType.getDerived",
      "c.componentDidMount)",
      "\t\t\t\tif (",
    ],
    ["\t\t\t\tif (\n\t\t\t\t\tnewProps !== oldProps", "\t\t\t\tif (\n\t\t\t\t\t(newVNode._original"],
    [" ||\n\t\t\t\t\t(!(c._bits & COMPONENT_FORCE)", "\n\t\t\t\t) {\n\t\t\t\t\t// More info"],
    ["\t\t\t\t\t// More info", "\t\t\t\t\tnewVNode._dom = oldVNode"],
    ["\t\t\t\t\tEMPTY_ARR.push.apply", "\t\t\t\t\tif (c._renderCallbacks"],
    ["\t\t\t\tif (c.componentWillUpdate)", "c.componentDidUpdate)", "\t\t\t\tif ("],
    ["() => {\n\t\t\t\t\t\tc.componentDidUpdate(", ");\n\t\t\t\t}\n\t\t\t}", "c.componentDidUpdate"],
    [
      "\t\t\tc._bits &= ~COMPONENT_FORCE;",
      "\t\t\tif (c.getChildContext)",
      "\t\t\tc._bits &= ~COMPONENT_DIRTY;\n\t\t\ttmp = c.render(c.props);\n",
    ],
    ["\t\t\tif (\n\t\t\t\tisClassComponent &&\n\t\t\t\toldVNode._component &&", "\t\t\tconst renderResult"],
    ["\t\t\t// A vnode carrying", "\t\t\toldDom = diffChildren("],
    ["\t\t\t// When we exit a portal", "\t\t\tif (c._renderCallbacks.length)"],
    [
      "\t\t\tif (isHydrating || excessDomChildren) {",
      "\t\t\tif (!newVNode._children)",
      "\t\t\tnewVNode._dom = oldVNode._dom;\n",
    ],
    ["\t\t\tif (!(e && e.then))", "\t\t\toptions._catchError"],
    ["\tif ((tmp = options.diffed))", "\treturn oldDom;"],
    ["/**\n * Find the closing marker", "/**\n * @param {Array<Component>} commitQueue List"],
    ["\tif (options._commit)", "\tcommitQueue.some"],
    ["\telse if (nodeType == 'math')", "\telse if (!namespace)"],
    ["\tif (excessDomChildren) {\n\t\tfor", "\tif (!dom) {"],
    ["\t\tconst doc = parentDom.", "\t\tif (!nodeType)", "\t\tconst doc = document;\n"],
    [",\n\t\t\tnewProps.is ?", "\n\t\t);\n\n\t\t// we are"],
    ["\t\t// we are creating a new node, so", "\t}\n\n\tif (!nodeType) {\n\t\t// During"],
    [" && (!isHydrating || dom.data != newProps)", ") {\n\t\t\tdom.data"],
    ["(nodeType == 'template' && dom.content) || dom", ";", "dom"],
    ["\t\t// If excessDomChildren was not null, repop", "\t\tfor (i in oldProps)"],
    [" &&\n\t\t\t\t!(i == 'value' && 'defaultValue'", "\n\t\t\t) {\n\t\t\t\tsetProperty(dom, i, NULL"],
    ["if (i == 'dangerouslySetInnerHTML') {\n\t\t\t\toldHtml", "if (\n\t\t\t\ti != 'children'"],
    ["if (i == 'dangerouslySetInnerHTML') {\n\t\t\t\tnewHtml", "if (i == 'value')"],
    ["if (i == 'checked') {", "if (\n\t\t\t\t(!isHydrating"],
    ["(!isHydrating || typeof value == 'function') &&", "\n\t\t\t\toldProps[i] !== value"],
    ["\t\t// If the new vnode didn't have", "\t\t\tdiffChildren(\n\t\t\t\tparentDom", "\t\t{\n"],
    ["excessDomChildren\n\t\t\t\t\t? excess", "oldVNode._children && getDomSibling(oldVNode, 0)"],
    ["\t\t\t// Remove children that are not", "\t\t}\n\n\t\t// As above"],
    ["if (!isHydrating || nodeType == 'textarea')", " {\n\t\t\ti = 'value'", ""],
    ["if (nodeType == 'progress' && inputValue", "if (\n\t\t\t\tinputValue != UNDEFINED"],
    ["\t\t\ti = 'checked'", "\t\t}\n\t}\n\n\treturn dom"],
    [
      "\ttry {\n\t\tif (typeof ref == 'function')",
      "}\n\n/**\n * Unmount",
      "\tif (typeof ref == 'function') ref(value);\n\telse ref.current = value;\n",
    ],
    ["\tif (options.unmount)", "\tif ((r = vnode.ref)"],
    ["skipRemove && !vnode.props._parentDom", "\n\t\t\t\t\t\t: true", "skipRemove"],
    ["\t// A component that suspended while", "\tif (!skipRemove) removeNode"],
  ],
  "diff/props.js": [
    ["if (typeof value == 'string') {", "\t\t\tif (oldValue) {", "{\n"],
    ["if (oldValue) {", "\n\t\t\t\tfor (name in oldValue)", "{"],
    ["if (value) {", "\n\t\t\t\tfor (name in value)", "{"],
    ["\t\tif (typeof value != 'function')", "\t\t// Handlers are keyed"],
    ["\t\t\tuseCapture = name != ", "\n\t\t\t// Infer correct", ""],
    ["if (name[0] < 'a')", "name = name.toLower"],
    [", useCapture", ");\n\t\t\t} else"],
    [", useCapture", ");\n\t\t\t}\n\t\t}"],
    ["if (namespace == SVG_NAMESPACE) {", "name != 'width'", "if (\n\t\t\tnamespace != SVG_NAMESPACE &&\n"],
    ["\t\t\tname != 'list' &&", "\t\t\t// Default value"],
    ["\t\t\tname != 'rowSpan' &&", "\t\t\tname != 'role' &&"],
    ["\t\t// Never serialize", "\t\tif (value != NULL && (value !== false"],
    ["\t\t\tname != 'popover' &&", "\n\t\t\tname in dom"],
    ["name == 'popover' && value == true ? '' : ", "value);"],
    ["options.event ? options.event(e) : ", "e);"],
  ],
};

/** What is handed down for hydration alone. */
const HANDED_DOWN = /^\s*(excessDomChildren|isHydrating),\n/gm;
/** Preact's own build makes these short as well. */
const PRIVATE = /\b_[a-z]\w*\b/g;

export function leanPreact(): Plugin {
  const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".js"));
  const names = new Set(files.flatMap((file) => readFileSync(join(SOURCES, file), "utf8").match(PRIVATE) ?? []));
  const short = new Map([...names].sort().map((name, at) => [name, `_${at.toString(36)}`]));
  return {
    name: "deskbell:lean-preact",
    apply: "build",
    enforce: "pre",
    resolveId: (id) => (id in DOORS ? `\0${id}` : undefined),
    load: (id) => DOORS[id.slice(1)],
    transform(code, id) {
      if (!id.startsWith(SOURCES)) return;
      return lean(code, id.slice(SOURCES.length + 1))
        .replace(HANDED_DOWN, "")
        .replace(PRIVATE, (name) => short.get(name) ?? name);
    },
  };
}

function lean(code: string, file: string): string {
  let left = code;
  for (const [from, to, instead = ""] of CUTS[file] ?? []) {
    const at = left.indexOf(from);
    const end = left.indexOf(to, at + from.length);
    if (at < 0 || end < 0) throw new Error(`Cannot cut Preact: ${file} has no ${JSON.stringify(at < 0 ? from : to)}`);
    left = left.slice(0, at) + instead + left.slice(end);
  }
  return left;
}
