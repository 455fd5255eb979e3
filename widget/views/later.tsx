import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Sentences } from "../../ui/sentences.ts";
import { useSurroundings } from "../context.ts";

/** A part of the widget that comes when it is needed: its view, its styles, its English. */
export interface Part {
  View: FunctionComponent;
  css: string;
  sentences: Sentences;
}

/** Draws a part once it has come. `load` must be the same function at each drawing. */
export function Later({ load }: { load(): Promise<Part> }) {
  const { app, adopt } = useSurroundings();
  const [part, setPart] = useState<Part | "failed">();
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let gone = false;
    load().then(
      (loaded) => {
        if (gone) return;
        adopt(loaded.css);
        app.learn(loaded.sentences);
        setPart(loaded);
      },
      () => gone || setPart("failed"),
    );
    return () => {
      gone = true;
    };
  }, [load, tries]);
  if (part === "failed")
    return (
      <button type="button" class="btn btn-quiet" onClick={() => setTries(tries + 1)}>
        {app.say("retry")}
      </button>
    );
  return part ? <part.View /> : <Bones />;
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
