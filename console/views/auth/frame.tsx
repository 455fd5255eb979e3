import type { ComponentChildren } from "preact";
import { Logo } from "../../../ui/logo.tsx";

/** What every page before the console looks like. */
export function AuthFrame({ children, side }: { children: ComponentChildren; side?: ComponentChildren }) {
  return (
    <div class={side ? "auth" : "auth auth-alone"}>
      <main class="auth-form">
        <span class="wordmark">
          <Logo size={32} />
          Deskbell
        </span>
        {children}
      </main>
      {side && (
        <aside class="auth-side">
          <Logo size={480} />
          {side}
        </aside>
      )}
    </div>
  );
}
