import { signal } from "../signals.ts";
import { type Storage, storagePrefix } from "../storage.ts";

/** The key under which the visitor's wish for silence is kept. */
const KEY = "silent";
/** Two soft strokes of a bell, Hz; a burst of messages rings once. */
const TONES = [880, 1174.7];
const STROKE_S = 0.14;
const FADE_S = 0.5;
const LOUDNESS = 0.08;
const APART_MS = 2_000;

let context: AudioContext | undefined;
let rang = 0;

/**
 * Rings, where the visitor has touched the page and does not want silence; of several tabs one. Never throws, never asks
 * for anything.
 */
export function ring(storage: Storage, site: string): void {
  if (storage.get(KEY) || Date.now() < rang + APART_MS) return;
  // Before a gesture browsers refuse, and say so in the page's console.
  if (navigator.userActivation && !navigator.userActivation.hasBeenActive) return;
  rang = Date.now();
  const alone = async (lock: unknown) => {
    if (!lock) return;
    strike();
    await new Promise((over) => setTimeout(over, APART_MS));
  };
  // A page without HTTPS has no locks: there each rings.
  const { locks } = navigator as { locks?: LockManager };
  if (locks) locks.request(`${storagePrefix(site)}ring`, { ifAvailable: true }, alone).catch(strike);
  else strike();
}

function strike(): void {
  try {
    context ??= new AudioContext();
    const { currentTime: now } = context;
    for (const [at, hertz] of TONES.entries()) stroke(context, hertz, now + at * STROKE_S);
    context.resume().catch(() => {});
  } catch {
    // A page without sound is a page without sound.
  }
}

/** Whether it rings, as a switch. */
export function createSound(storage: Storage) {
  const on = signal(!storage.get(KEY));
  return {
    on,
    toggle() {
      on.value = !on.peek();
      if (on.peek()) {
        storage.remove(KEY);
        // What one has switched on is heard at once.
        strike();
      } else storage.set(KEY, true);
    },
  };
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
