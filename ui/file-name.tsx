/** A file's name that is cut in its middle where there is no room: what it ends in is always seen. */
export function FileName({ name }: { name: string }) {
  const [end = ""] = /\.\w{1,10}$/.exec(name) ?? [];
  return (
    <bdi class="file-name" title={name}>
      <span>{name.slice(0, name.length - end.length)}</span>
      <span>{end}</span>
    </bdi>
  );
}
