import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Fault } from "../../../protocol/fault.ts";
import { useEntrance, useSentences } from "../context.ts";
import { wrongIn } from "../form.ts";
import { Link } from "../link.tsx";
import { AuthFrame } from "./frame.tsx";

/** A sign-in link that works once: following it is all there is to do. */
export function Enter({ token }: { token: string }) {
  const { session, router } = useEntrance();
  const t = useSentences();
  const fault = useSignal<Fault | undefined>(undefined);
  useEffect(() => {
    void session.signIn({ token }).then((refused) => {
      fault.value = refused;
      // The token is worth nothing now and has no place in the history.
      if (!refused) router.go({ page: "inbox", view: "waiting" }, { replace: true });
    });
  }, [token]);
  return (
    <AuthFrame>
      {fault.value === undefined ? (
        <h1>{t.entering}</h1>
      ) : (
        <>
          <h1>{t.signInTitle}</h1>
          <p role="alert">{wrongIn(fault.value, t, () => t.linkUsed)}</p>
          <p>
            <Link class="link" to={{ page: "sign-in" }}>
              {t.signIn}
            </Link>
          </p>
        </>
      )}
    </AuthFrame>
  );
}
