import type { ComponentChildren } from "preact";
import { Icon } from "../../ui/icon.tsx";

/** The keys of a shortcut, as caps. */
export function Keys({ keys }: { keys: readonly string[] | undefined }) {
  return (
    <>
      {keys?.map((key) => (
        <kbd class="kbd" key={key}>
          {key === "Mod" ? MOD : key}
        </kbd>
      ))}
    </>
  );
}

/** ⌘ where keyboards have it. */
export const MOD = typeof navigator !== "undefined" && /Mac|iP(hone|ad)/.test(navigator.platform) ? "⌘" : "Ctrl";

/** An icon that is a button: its label shows on hover and focus, the key behind it. */
export function IconButton(props: {
  icon: string;
  label: string;
  keys?: readonly string[] | undefined;
  onClick: () => void;
  expanded?: boolean;
  pressed?: boolean;
  class?: string;
  size?: number;
}) {
  const { icon, label, keys, onClick, expanded, pressed, size = 18 } = props;
  return (
    <button
      type="button"
      class={`icon-btn icon-btn-32 has-tip ${props.class ?? ""}`}
      aria-label={label}
      aria-expanded={expanded}
      aria-pressed={pressed}
      aria-keyshortcuts={keys?.join("+")}
      onClick={onClick}
    >
      <Icon d={icon} size={size} />
      <Tip keys={keys}>{label}</Tip>
    </button>
  );
}

/** Hidden from readers: the button's own label says the same. */
export function Tip({ children, keys }: { children: ComponentChildren; keys?: readonly string[] | undefined }) {
  return (
    <span class="tip" aria-hidden="true">
      {children}
      <Keys keys={keys} />
    </span>
  );
}
