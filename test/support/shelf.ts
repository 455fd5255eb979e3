import { nextVersion } from "../../server/store/article-versions.ts";
import { insert } from "../../server/store/articles.ts";
import { mintId, toBytes } from "../../server/store/ids.ts";
import type { TestDesk } from "./desk.ts";

const OPEN = { locale: "en", visibility: "public", state: "published" } as const;

/** As many public articles as stand in a large help centre, straight into the store. */
export async function fillShelf({ store, shop }: Pick<TestDesk, "store" | "shop">, count: number): Promise<void> {
  await store.write(async (db) => {
    for (let n = 0; n < count; n++) {
      const uid = toBytes(mintId());
      const texts = { title: `Article ${n}`, slug: `article-${n}`, body: "", rich: "[]", plain: "", excerpt: "" };
      const from = {
        category: null,
        pages: "[]",
        source: null,
        source_id: null,
        dangling: 0,
        created_at: n,
        updated_at: n,
      };
      const version = await nextVersion(db, shop.key);
      await insert(db, { uid, grp: uid, site: shop.key, ...OPEN, ...texts, ...from, version });
    }
  });
}
