/** A file's name that is cut in its middle where there is no room: what it ends in is always seen. Read out as one. */
export function FileName({ name }: { name: string }) {
  const [end = ""] = /\.\w{1,10}$/.exec(name) ?? [];
  return (
    <bdi class="file-name" title={name}>
      <span class="sr">{name}</span>
      <span class="file-stem" aria-hidden="true">
        {name.slice(0, name.length - end.length)}
      </span>
      <span aria-hidden="true">{end}</span>
    </bdi>
  );
}
