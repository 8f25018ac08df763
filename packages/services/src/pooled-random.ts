/** Bytes asked of the system at once: each call costs some 14 µs whatever its size, as much as storing an event's row. */
const poolBytes = 8_192;

/** Random bytes from a pool that is filled in one call. No byte is ever handed out twice. */
export function pooledRandom(fill: (bytes: number) => Uint8Array): (bytes: number) => Uint8Array {
  let pool: Uint8Array = new Uint8Array();
  let at = 0;
  return (bytes) => {
    if (bytes > poolBytes) return fill(bytes);
    if (at + bytes > pool.length) {
      pool = fill(poolBytes);
      at = 0;
    }
    at += bytes;
    return pool.subarray(at - bytes, at);
  };
}
