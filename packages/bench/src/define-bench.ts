/** A bench is a value: a name, the size that ends within 45 seconds, and a run that returns its figures. */
export interface Bench {
  name: string;
  eventsDefault: number;
  run(options: BenchOptions): Promise<Figures>;
}

export interface BenchOptions {
  events: number;
  say: (line: string) => void;
  /** Where loaded data stay for the next run; without it they are thrown away. */
  keep?: string | undefined;
}

/** Flat, in the names of the goals: ratios are taken in one run over the same rows, so that they hold on any machine. */
type Figures = Record<string, number | string>;

export const defineBench = (bench: Bench): Bench => bench;
