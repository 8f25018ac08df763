/** What came off the wire: a message's bytes, or a piece of the stream that could not be one, told by its size alone. */
export type SyslogFrame = { message: Uint8Array<ArrayBuffer> } | { malformed: MalformedFrame; bytes: number };

export type MalformedFrame = "too_long" | "no_message" | "cut_off";

export interface SyslogFramer {
  /** The frames that this chunk completes. Holds on to at most one incomplete message. */
  push(chunk: Uint8Array): SyslogFrame[];
  /** What is left when the connection ends. */
  end(): SyslogFrame[];
}

/** A message of more bytes than an event may have cannot become one. */
const syslogMessageBytesMax = 65_536;
/** Digits of a length. */
const lengthDigitsMax = 9;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const zero = 0x30;
const nine = 0x39;
const less = 0x3c;

/**
 * Takes messages out of a stream after RFC 6587, however it is cut into chunks. Each frame tells its own framing: one that begins with a digit is
 * counted in octets (`LEN SP MSG`), one that begins with `<` ends at a line feed. What is neither is passed over to the next line feed.
 */
export function openSyslogFramer({ bytesMax = syslogMessageBytesMax } = {}): SyslogFramer {
  let state: "start" | "length" | "octets" | "line" | "skip_octets" | "skip_line" = "start";
  let length = 0;
  let digits = 0;
  let skipped = 0;
  let skipReason: MalformedFrame = "no_message";
  let held: Uint8Array[] = [];
  let heldBytes = 0;

  return {
    push(chunk) {
      const frames: SyslogFrame[] = [];
      for (let at = 0; at < chunk.length;) at = step(chunk, at, frames);
      return frames;
    },
    end() {
      const frames: SyslogFrame[] = [];
      // Some senders close in place of the last line feed.
      if (state === "line") frames.push(message());
      else if (state === "octets") frames.push({ malformed: "cut_off", bytes: heldBytes });
      else if (state === "length") frames.push({ malformed: "cut_off", bytes: digits });
      else if (state !== "start") frames.push({ malformed: skipReason, bytes: skipped });
      reset();
      return frames;
    },
  };

  /** Reads on from `at` within one state, and returns how far it came. */
  function step(chunk: Uint8Array, at: number, frames: SyslogFrame[]): number {
    switch (state) {
      case "start":
        return begin(chunk, at);
      case "length":
        return readLength(chunk, at);
      case "octets":
        return readOctets(chunk, at, frames);
      case "line":
        return readLine(chunk, at, frames);
      case "skip_octets":
        return skipOctets(chunk, at, frames);
      case "skip_line":
        return skipLine(chunk, at, frames);
    }
  }

  function begin(chunk: Uint8Array, at: number): number {
    const byte = chunk[at] ?? 0;
    // Blank lines, and the line feed that some senders put behind counted octets, are nobody's message.
    if (byte === lineFeed || byte === carriageReturn || byte === space || byte === 0) return at + 1;
    if (byte > zero && byte <= nine) state = "length";
    else if (byte === less) state = "line";
    else skipFrom("skip_line", "no_message");
    return at;
  }

  function readLength(chunk: Uint8Array, at: number): number {
    const byte = chunk[at] ?? 0;
    if (byte >= zero && byte <= nine && digits < lengthDigitsMax) {
      length = length * 10 + (byte - zero);
      digits += 1;
      return at + 1;
    }
    if (byte !== space) {
      const before = digits;
      skipFrom("skip_line", "no_message");
      skipped = before;
      return at;
    }
    if (length > bytesMax) skipFrom("skip_octets", "too_long");
    else state = "octets";
    return at + 1;
  }

  function readOctets(chunk: Uint8Array, at: number, frames: SyslogFrame[]): number {
    const end = Math.min(chunk.length, at + length - heldBytes);
    hold(chunk.subarray(at, end));
    if (heldBytes === length) {
      frames.push(message());
      reset();
    }
    return end;
  }

  function readLine(chunk: Uint8Array, at: number, frames: SyslogFrame[]): number {
    const found = chunk.indexOf(lineFeed, at);
    const end = found === -1 ? chunk.length : found;
    if (heldBytes + end - at > bytesMax) {
      const before = heldBytes;
      skipFrom("skip_line", "too_long");
      skipped = before;
      return at;
    }
    hold(chunk.subarray(at, end));
    if (found === -1) return end;
    frames.push(message());
    reset();
    return end + 1;
  }

  function skipOctets(chunk: Uint8Array, at: number, frames: SyslogFrame[]): number {
    const end = Math.min(chunk.length, at + length - skipped);
    skipped += end - at;
    if (skipped === length) {
      frames.push({ malformed: skipReason, bytes: skipped });
      reset();
    }
    return end;
  }

  function skipLine(chunk: Uint8Array, at: number, frames: SyslogFrame[]): number {
    const found = chunk.indexOf(lineFeed, at);
    const end = found === -1 ? chunk.length : found;
    skipped += end - at;
    if (found === -1) return end;
    frames.push({ malformed: skipReason, bytes: skipped });
    reset();
    return end + 1;
  }

  function skipFrom(next: "skip_octets" | "skip_line", reason: MalformedFrame): void {
    held = [];
    heldBytes = 0;
    skipped = 0;
    skipReason = reason;
    state = next;
  }

  /** A copy: the chunk belongs to whoever read it, and would keep 64 kB alive for a message of a hundred bytes. */
  function hold(bytes: Uint8Array): void {
    held.push(bytes.slice());
    heldBytes += bytes.length;
  }

  function message(): SyslogFrame {
    const whole = new Uint8Array(heldBytes);
    let at = 0;
    for (const part of held) {
      whole.set(part, at);
      at += part.length;
    }
    return { message: whole };
  }

  function reset(): void {
    state = "start";
    length = 0;
    digits = 0;
    skipped = 0;
    held = [];
    heldBytes = 0;
  }
}
