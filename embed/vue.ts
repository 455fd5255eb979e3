import { defineComponent, type MaybeRefOrGetter, onBeforeUnmount, onMounted, type PropType, toValue, watch } from "vue";
import { deskbell } from "./deskbell.ts";
import { type DeskbellProps, EVENTS, keyOf, mount } from "./hooks.ts";
import type { Deskbell as Calls, Identity } from "./options.ts";

export { deskbell } from "./deskbell.ts";
export type { DeskbellProps } from "./hooks.ts";
export type * from "./options.ts";

/** The widget for as long as the component is mounted. Returns its calls. */
export function useDeskbell(source: MaybeRefOrGetter<DeskbellProps>): Calls {
  let end: (() => void) | undefined;
  const options = () => {
    const { identity: _identity, on: _on, ...rest } = toValue(source);
    return rest;
  };
  const begin = () => {
    end?.();
    end = mount(options(), () => toValue(source).on);
  };
  const identify = (now: string, before?: string) => {
    const { identity } = toValue(source);
    if (identity) deskbell.identify(identity);
    else if (before && !now) deskbell.logout();
  };
  onMounted(() => {
    begin();
    identify(keyOf(toValue(source).identity));
  });
  watch(
    () => JSON.stringify(options()),
    () => end && begin(),
  );
  watch(() => keyOf(toValue(source).identity), identify);
  onBeforeUnmount(() => end?.());
  return deskbell;
}

/** The same, as a component that draws nothing itself. What happens is emitted. */
export const Deskbell = defineComponent({
  props: {
    host: { type: String, required: true },
    site: { type: String, required: true },
    nonce: String,
    lang: String,
    mode: String as PropType<DeskbellProps["mode"]>,
    position: String as PropType<DeskbellProps["position"]>,
    theme: String as PropType<DeskbellProps["theme"]>,
    launcher: String as PropType<DeskbellProps["launcher"]>,
    label: String,
    color: String,
    offset: String,
    z: Number,
    consent: String as PropType<DeskbellProps["consent"]>,
    identity: Object as PropType<Identity>,
  },
  emits: [...EVENTS],
  setup(props, { emit }) {
    const on = Object.fromEntries(EVENTS.map((event) => [event, (detail: unknown) => emit(event, detail)]));
    useDeskbell(() => {
      const given = Object.entries(props).filter(([, value]) => value !== undefined);
      return { ...(Object.fromEntries(given) as unknown as DeskbellProps), on };
    });
    return () => null;
  },
});
