import { initials } from "./initials.ts";

export type Presence = "online" | "away";

/** Initials on a quiet tint, and a person's photo over them once it has come. Decorative: their name stands beside it. `size` in px. */
export function Avatar(props: {
  name: string;
  avatar?: string | undefined;
  size?: number;
  presence?: Presence | undefined;
}) {
  const { name, avatar, size = 36, presence } = props;
  return (
    <span class="avatar" style={{ "--size": `${size}px` }} data-presence={presence} aria-hidden="true">
      {initials(name)}
      {avatar && <img src={avatar} alt="" loading="lazy" />}
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
