import type { Command } from "./commands.ts";
import { isField, keyOf, type Pressed, takenByInputMethod, withCommand } from "./keys.ts";
import type { Overlays } from "./overlays.ts";
import type { Preferences } from "./preferences.ts";
import type { Session } from "./session.ts";

/** The second key of a sequence (G I) must follow soon. */
const SEQUENCE_MS = 1_000;

export interface Keyboard {
  /** Handles a press that no field or list has taken. Returns whether it did something. */
  press(event: Pressed, target: EventTarget | null): boolean;
}

export function createKeyboard(
  commands: readonly Command[],
  session: Session,
  overlays: Overlays,
  preferences: Preferences,
): Keyboard {
  let begun: { readonly key: string; readonly at: number } | undefined;

  function run(key: string): boolean {
    const command = commands.find((command) => command.key === key && command.when());
    command?.run();
    return command !== undefined;
  }

  return {
    press(event, target) {
      const inField = isField(target);
      if (takenByInputMethod(event, inField)) return false;
      if (session.state.peek() !== "in") return false;
      const key = keyOf(event);
      if (key === "Escape") {
        const wasOpen = overlays.open.peek() !== undefined;
        overlays.close();
        return wasOpen;
      }
      if (withCommand(event)) {
        if (key.toLowerCase() !== "k" || event.altKey) return false;
        overlays.toggle("palette");
        return true;
      }
      // Letters are text in a field, belong to a list that is open, and can be turned off (WCAG 2.1.4).
      if (inField || event.altKey || overlays.open.peek() !== undefined || !preferences.letters.peek()) return false;
      const first = begun && Date.now() - begun.at < SEQUENCE_MS ? begun.key : undefined;
      begun = undefined;
      if (first) return run(`${first} ${key}`);
      if (key === "g") {
        begun = { key, at: Date.now() };
        return true;
      }
      return run(key);
    },
  };
}
