/** A list of 32-bit numbers that grows: a plain array takes twice the memory, and there is one per article. */
export interface Numbers {
  push(value: number): void;
  readonly length: number;
  values(): Int32Array;
}

export function createNumbers(room = 16): Numbers {
  let array = new Int32Array(room);
  let length = 0;
  return {
    push(value) {
      if (length === array.length) {
        const larger = new Int32Array(Math.ceil(length * 1.5) + 1);
        larger.set(array);
        array = larger;
      }
      array[length++] = value;
    },
    get length() {
      return length;
    },
    values: () => array.subarray(0, length),
  };
}
