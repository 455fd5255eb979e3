import { useApp, useSentences } from "../context.ts";

/** What was just done, or could not be. Read out politely; never takes the focus. */
export function ToastsView() {
  const { toasts } = useApp();
  const t = useSentences();
  return (
    <div class="toasts" role="status">
      {toasts.shown.value.map((toast) => (
        <div class="toast" key={toast.id}>
          <span>{toast.say(t)}</span>
          {toast.action && (
            <button
              type="button"
              onClick={() => {
                toasts.close(toast.id);
                toast.action?.run();
              }}
            >
              {toast.action.say(t)}
            </button>
          )}
        </div>
      ))}
    </div>
  );
}
