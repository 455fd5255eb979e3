import { LinkedText } from "../../ui/linked-text.tsx";

/** A message in which addresses are links: fetched by the first message that has one. */
export const View = LinkedText;
