import { useEntrance, useSentences } from "../context.ts";
import { AuthFrame } from "./frame.tsx";

/** Until the server has said who we are. */
export function Splash() {
  const { session } = useEntrance();
  const t = useSentences();
  return (
    <AuthFrame>
      {session.state.value === "unreachable" ? (
        <>
          <h1 class="sr">Deskbell</h1>
          <p role="alert">{t.unreachable}</p>
          <button type="button" class="btn btn-secondary" onClick={() => void session.ask()}>
            {t.tryAgain}
          </button>
        </>
      ) : (
        <p class="muted">{t.loading}</p>
      )}
    </AuthFrame>
  );
}
