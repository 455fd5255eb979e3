/** As people read it: "312 kB", "1.4 MB", in the numbers of their language. */
export function fileSize(bytes: number, locale: string): string {
  const [unit, amount] =
    bytes < 1_000_000 ? (["kilobyte", Math.ceil(bytes / 1_000)] as const) : (["megabyte", bytes / 1_000_000] as const);
  const options = { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: amount < 10 ? 1 : 0 } as const;
  return new Intl.NumberFormat(locale, options).format(amount);
}
