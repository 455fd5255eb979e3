import { useEffect, useRef } from "../hooks.ts";
import type { Held } from "../models/uploads.ts";

/** Sharp enough for what it is shown at, px. */
const WIDE = 416;

/** A picture of the visitor's own, before the server has it. */
export function Drawn({ held }: { held: Held }) {
  const ref = useRef<HTMLCanvasElement | null>(null);
  const picture = held.picture.value;
  useEffect(() => {
    const canvas = ref.current;
    if (!canvas || !picture) return;
    const scale = Math.min(1, WIDE / picture.width);
    canvas.width = Math.max(1, picture.width * scale);
    canvas.height = Math.max(1, picture.height * scale);
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  }, [picture]);
  return <canvas ref={ref} role="img" aria-label={held.name} />;
}
