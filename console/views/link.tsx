import type { ComponentChildren } from "preact";
import { pathOf, type Route } from "../models/routes.ts";
import { useEntrance } from "./context.ts";

/** A link within the console: a real address, followed without loading the page. */
export function Link(props: {
  to: Route;
  class: string;
  title?: string;
  children: ComponentChildren;
  "aria-label"?: string;
  "aria-current"?: "page" | "true" | undefined;
}) {
  const { router } = useEntrance();
  const { to, ...rest } = props;
  const onClick = (event: MouseEvent) => {
    // Another tab is the browser's business.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    router.go(to);
  };
  return <a {...rest} href={pathOf(to)} onClick={onClick} />;
}
