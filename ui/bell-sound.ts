import { alone } from "./alone.ts";

/** Two soft strokes of a bell, Hz. */
const TONES = [880, 1174.7];
const STROKE_S = 0.14;
const FADE_S = 0.5;
const LOUDNESS = 0.08;
/** A burst of messages rings once. */
const APART_MS = 2_000;

let context: AudioContext | undefined;
let rang = 0;

/**
 * Rings, of all pages of a browser that share a lock's name in one, where somebody has touched the page. `silent` takes
 * the bell from the others and leaves it still. Never throws, never asks for anything.
 */
export function ring(lock: string, silent = false): void {
  if (Date.now() < rang + APART_MS) return;
  // Before a gesture browsers refuse, and say so in the page's console.
  if (navigator.userActivation && !navigator.userActivation.hasBeenActive) return;
  rang = Date.now();
  alone(lock, () => {
    if (!silent) strike();
  });
}

export function strike(): void {
  try {
    context ??= new AudioContext();
    const { currentTime: now } = context;
    for (const [at, hertz] of TONES.entries()) stroke(context, hertz, now + at * STROKE_S);
    context.resume().catch(() => {});
  } catch {
    // A page without sound is a page without sound.
  }
}

function stroke(context: AudioContext, hertz: number, at: number) {
  const tone = new OscillatorNode(context, { frequency: hertz });
  const loud = new GainNode(context, { gain: 0 });
  loud.gain.setValueAtTime(0, at);
  loud.gain.linearRampToValueAtTime(LOUDNESS, at + 0.01);
  loud.gain.exponentialRampToValueAtTime(0.0001, at + FADE_S);
  tone.connect(loud).connect(context.destination);
  tone.start(at);
  tone.stop(at + FADE_S);
}
