import { x } from "../../../ui/icons.ts";
import { titleOf } from "../../models/commands.ts";
import { useApp, useSentences } from "../context.ts";
import { IconButton, Keys } from "../tip.tsx";
import { Dialog } from "./dialog.tsx";

/** Every key there is (?). */
export function KeySheet() {
  const { commands, preferences, overlays } = useApp();
  const t = useSentences();
  const listed = (group: "conversation" | "go") => (
    <section>
      <h3>{group === "go" ? t.goTo : t.thisConversation}</h3>
      <dl class="key-list">
        {commands
          .filter((command) => command.group === group && command.keys)
          .map((command) => (
            <div key={command.id}>
              <dt>{titleOf(command.id, t)}</dt>
              <dd class="keys">
                <Keys keys={command.keys} />
              </dd>
            </div>
          ))}
      </dl>
    </section>
  );
  return (
    <Dialog label={t.shortcuts} class="key-sheet">
      <header class="bar">
        <h2 class="bar-title">{t.shortcuts}</h2>
        <div class="bar-end">
          <IconButton icon={x} label={t.close} onClick={overlays.close} />
        </div>
      </header>
      <div class="key-columns">
        {listed("conversation")}
        {listed("go")}
      </div>
      <p class="sheet-foot small muted">{preferences.letters.value ? t.keysHint : t.keysOff}</p>
    </Dialog>
  );
}
