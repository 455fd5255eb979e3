/** Why something was refused, read out as it appears. Draws nothing where there is nothing to say. */
export function Wrong({ say }: { say: string | undefined }) {
  if (!say) return null;
  return (
    <p class="form-wrong" role="alert">
      {say}
    </p>
  );
}
