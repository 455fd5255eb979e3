import { CopyButton } from "./copy-button.tsx";

/** What is shown once: a link, a key. */
export function Once({ say, text }: { say: string; text: string }) {
  return (
    <div class="once" role="status">
      <p>{say}</p>
      <p class="secret">
        <code>{text}</code>
        <CopyButton text={text} />
      </p>
    </div>
  );
}
