import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Logo } from "../../../ui/logo.tsx";

/** What every page before the console looks like. */
export function AuthFrame({ children, side }: { children: ComponentChildren; side?: ComponentChildren }) {
  const form = useRef<HTMLElement>(null);
  // There is nothing else to do here than to fill it in.
  useEffect(() => {
    const fields = [...(form.current?.querySelectorAll("input") ?? [])];
    (fields.find(({ value }) => value === "") ?? fields[0])?.focus();
  }, []);
  return (
    <div class={side ? "auth" : "auth auth-alone"}>
      <main class="auth-form" ref={form}>
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
