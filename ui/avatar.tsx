import { initials } from "./initials.ts";

export type Presence = "online" | "away";

/** A person's photo, or initials on a quiet tint. Decorative: their name stands beside it. `size` in px. */
export function Avatar(props: {
  name: string;
  avatar?: string | undefined;
  size?: number;
  presence?: Presence | undefined;
}) {
  const { name, avatar, size = 36, presence } = props;
  return (
    <span class="avatar" style={{ "--size": `${size}px` }} data-presence={presence} aria-hidden="true">
      {avatar ? <img src={avatar} alt="" width={size} height={size} /> : initials(name)}
    </span>
  );
}

/** Up to three people, overlapping. */
export function Faces({
  people,
  size = 28,
}: {
  people: readonly { name: string; avatar?: string | undefined }[];
  size?: number;
}) {
  return (
    <span class="faces">
      {people.slice(0, 3).map((person) => (
        <Avatar key={person.name} {...person} size={size} />
      ))}
    </span>
  );
}
