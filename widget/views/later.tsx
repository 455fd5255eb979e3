import type { ComponentChild, FunctionComponent } from "preact";
import type { Sentences } from "../../ui/sentences.ts";
import type { App } from "../app.ts";
import { useSurroundings } from "../context.ts";
import { useEffect, useSignal } from "../hooks.ts";

/** A part of the widget that comes when it is needed: its view, its styles, its English. */
export interface Part<P extends object = object> {
  View: FunctionComponent<P>;
  css?: string;
  sentences?: Sentences;
}

export type Load<P extends object = object> = (app: App) => Promise<Part<P>>;

/** Fetches a part that is about to be used; whoever uses it hears of a failure. */
export const ahead = (load: () => Promise<unknown>) => void load().catch(() => {});

/**
 * Fetches a part that was asked for, and then does what it is for. Where it cannot be had, the banner says so and tries
 * again; so does the next part that can be had.
 */
export function want(app: App, load: () => Promise<unknown>, act: () => void): void {
  const { lost } = app;
  load().then(
    () => {
      act();
      app.askAgain();
    },
    () => {
      lost.value = [...lost.peek(), () => want(app, load, act)];
    },
  );
}

/** Fetches a part and what it needs, and makes it ready to be drawn: at once, from then on. */
export async function bring<P extends object>(app: App, adopt: (css: string) => void, load: Load<P>): Promise<Part<P>> {
  const part = await load(app);
  if (part.css) adopt(part.css);
  if (part.sentences) app.learn(part.sentences);
  app.parts.set(load, part);
  return part;
}

/** Draws a part once it has come, and what it needs. `load` must be the same function at each drawing. */
export function Later<P extends object>(props: {
  load: Load<P>;
  /** Shown until then; grey lines unless given. */
  meanwhile?: ComponentChild;
  /** What the part is given. */
  with?: P;
}) {
  const { load, meanwhile = <Bones /> } = props;
  const { app, adopt } = useSurroundings();
  const part = useSignal<Part<P> | "failed" | undefined>(app.parts.get(load) as Part<P>);
  const tries = useSignal(0);
  useEffect(() => {
    let gone = false;
    bring(app, adopt, load).then(
      (loaded) => {
        if (!gone) part.value = loaded;
      },
      () => {
        if (!gone) part.value = "failed";
      },
    );
    return () => {
      gone = true;
    };
  }, [load, tries.value]);
  const come = part.value;
  if (come === "failed")
    return props.meanwhile !== undefined ? (
      meanwhile
    ) : (
      <button type="button" class="btn btn-quiet" onClick={() => (tries.value += 1)}>
        {app.say("retry")}
      </button>
    );
  return come ? <come.View {...(props.with as P)} /> : meanwhile;
}

/** Grey lines where text will be. They stand still. */
export function Bones() {
  return (
    <div class="bones" aria-hidden="true">
      {[60, 35, 80, 65, 75].map((width) => (
        <div key={width} class="bone" style={{ inlineSize: `${width}%` }} />
      ))}
    </div>
  );
}
