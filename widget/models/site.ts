import type { Http, SiteConfig } from "../http.ts";
import { signal } from "../signals.ts";

/** The site's own name, colours and greeting; fetched once, when the panel first opens. */
export function createSite(ports: { http: Http; arrived(site: SiteConfig): void }) {
  const config = signal<SiteConfig | undefined>(undefined);
  let coming: Promise<void> | undefined;
  const fetchIt = async () => {
    try {
      const come = await ports.http.site();
      // Whoever else answers at this address is not asked again before the next opening.
      if (typeof come.name !== "string") return;
      config.value = come;
      ports.arrived(come);
    } catch {
      // The panel works without a name and a colour; the next opening asks again.
    } finally {
      coming = undefined;
    }
  };
  return {
    config,
    /** What is under way, if anything is. */
    coming: () => coming,
    load() {
      if (!config.peek()) coming ??= fetchIt();
    },
  };
}

export type Site = ReturnType<typeof createSite>;
